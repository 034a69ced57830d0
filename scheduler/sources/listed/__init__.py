"""Sources that list an audience's people by themselves: a file a kind (docs/adding-a-source.md)."""
