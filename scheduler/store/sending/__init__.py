"""Batches, intents, outcomes, and what holds a lane back."""
