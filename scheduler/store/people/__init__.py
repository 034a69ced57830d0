"""Contacts, what they agreed to, and how they are forgotten."""
