"""What people do to a sending by hand."""
