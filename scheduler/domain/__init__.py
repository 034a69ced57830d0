"""What the program knows, in plain Python: values and rules, no input or output."""
