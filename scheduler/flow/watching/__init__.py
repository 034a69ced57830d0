"""What a look finds that needs a person, or another process."""
