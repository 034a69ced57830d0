"""Where contacts come from, a file a kind of source."""
