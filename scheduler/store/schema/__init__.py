"""The tables, as they are now; migrations/ says how they came to be."""
