"""What the keys do: seal, digest, and make tokens that nobody can guess."""
