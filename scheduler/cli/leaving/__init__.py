"""What leaves, to whom, and what a person does to it."""
