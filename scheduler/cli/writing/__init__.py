"""What writers need: check, preview, send-test, and a fault let pass."""
