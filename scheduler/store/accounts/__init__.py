"""Who signs in at the desk: accounts, sessions, second codes, addresses of their own."""
