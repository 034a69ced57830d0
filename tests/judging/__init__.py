"""Judges of whole samples, to be run by hand: ``python -m tests.judging.sms FILE``."""
