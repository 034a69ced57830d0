"""Réflexe: a daemon that runs a cyber-awareness campaign and honours every opt-out."""

__version__ = "0.1.0"
