"""What came back: bounces, replies, and what may have left."""
