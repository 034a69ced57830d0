"""What ``check`` holds messages to, a subject a file."""
