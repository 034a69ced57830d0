"""What people do by hand; each act stands in the audit log."""
