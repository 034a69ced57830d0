"""Benches: figures beside a peer measured in the same run. Never tests."""
