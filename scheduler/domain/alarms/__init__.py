"""What needs a person: its kinds, and when one is raised."""
