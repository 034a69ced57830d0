"""Real parts for the acceptance tests: a mail server, a stepped clock, a browser, PostgreSQL…

Each is started by a test's fixture (``fixtures.py``) from Debian's or a registry's own package.
"""
