"""How fast messages leave, how many a person gets, and what they cost."""
