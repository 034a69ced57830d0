"""The password battle: one page that works offline, in a file or at /bataille."""
