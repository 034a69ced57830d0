"""What writers ask: check, preview, trial."""
