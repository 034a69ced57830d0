"""How statements are made: once, with lists as one value, by portions, on either database."""
