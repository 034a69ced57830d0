"""What the operator sets: config.yaml, audiences/, the environment and its secret files."""
