"""What desk, public pages and reports show, put together."""
