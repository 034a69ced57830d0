"""What is found in a writer's files, and what two people let pass."""
