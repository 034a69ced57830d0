"""``python -m scheduler`` and the ``reflexe`` command."""

import os
import sys


def main() -> None:
    """One command, in a process of its own: what it writes is for its user alone."""
    os.umask(0o077)
    if sys.argv[-1:] == ["health"] and _is_well():
        return
    from scheduler.cli import app

    app.main()


def _is_well() -> bool:
    """Asked before all else is loaded, which would take five times as long."""
    from scheduler.cli.upkeep import quick_health

    return quick_health.main(sys.argv[1:])


if __name__ == "__main__":
    main()
