"""What comes back of a message, and what its readers answer."""
