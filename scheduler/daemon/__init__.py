"""The daemon: start, look, send, stop. No rules live here; it only calls the steps."""
