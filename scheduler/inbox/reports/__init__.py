"""Reads a message that came back: whose it is, and what it says of the address."""
