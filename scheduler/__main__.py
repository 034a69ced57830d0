"""``python -m scheduler`` and the ``reflexe`` command."""

import os

from scheduler.cli import app


def main() -> None:
    """One command, in a process of its own: what it writes is for its user alone."""
    os.umask(0o077)
    app.main()


if __name__ == "__main__":
    main()
