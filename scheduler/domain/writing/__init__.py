"""Texts that are written on the desk: drafts, and edits that stand over their files."""
