"""``python -m scheduler`` and the ``reflexe`` command."""

import gc
import os
import sys

#: Objects made between two looks for cycles among the young ones, and looks between two at older
#: ones. Python's own 700 take a tenth of a start, in which all that is made is there to stay.
RARELY = (20_000, 20, 20)


def main() -> None:
    """One command, in a process of its own: what it writes is for its user alone."""
    os.umask(0o077)
    gc.set_threshold(*RARELY)
    if sys.argv[-1:] == ["health"] and _is_well():
        return
    # Whether some package observes models is looked for among all that is installed; whoever wants
    # that says so.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from scheduler.cli import app

    try:
        app.main()
    finally:
        # All goes with the process: Python, leaving, would look through every object for cycles,
        # several times over, a quarter of what `status` takes.
        gc.freeze()


def _is_well() -> bool:
    """Asked before all else is loaded, which would take five times as long."""
    from scheduler.cli.upkeep import quick_health

    return quick_health.main(sys.argv[1:])


if __name__ == "__main__":
    main()
