"""What is learnt of a message after it was handed over."""
