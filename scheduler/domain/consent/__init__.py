"""On what grounds we write to somebody, and what they asked of us."""
