"""The sentences of each vocabulary, one table a file; a test finds each complete."""
