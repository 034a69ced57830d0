"""Who works a batch: this process alone, or whichever replica takes its job."""
