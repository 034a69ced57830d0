"""Occurrences, and a row for every member of a slot."""
