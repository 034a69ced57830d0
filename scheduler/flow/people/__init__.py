"""People: taken in, heard, given their data, forgotten."""
