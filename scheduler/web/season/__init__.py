"""The report of a season as a page: on the desk, and in a file that stands alone."""
