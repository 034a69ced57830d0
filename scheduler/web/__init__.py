"""The two small web servers: the public pages, and the desk."""
