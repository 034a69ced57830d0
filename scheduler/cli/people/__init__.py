"""People: taking them in, what one may ask of their data, and what they told us."""
