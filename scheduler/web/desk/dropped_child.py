"""The process that looks at a dropped file, or takes it in: ``reflexe import``, held to limits."""

import os
import subprocess
import sys
from threading import Thread

from scheduler.config.loading import Configuration
from scheduler.sources.dropped import Drop, Drops, Order

#: By its name: what it runs is the command, a floor above this one.
_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "scheduler.cli.people.dropped")


def drops_of(configuration: Configuration) -> Drops:
    return Drops(configuration.var / "dropped")


def set_to_work(configuration: Configuration, drop: Drop, order: Order) -> bool:
    """Begin to carry an order out; False while somebody works on this file, or on too many.

    The lock goes with the process, so nobody else begins until it has ended, whatever ended it; it
    outlives the desk, and ends by itself.
    """
    asked = drops_of(configuration).ask(drop, order)
    if asked is None:
        return False
    _, lock = asked
    config = (configuration.root / configuration.file).resolve()
    try:
        child = subprocess.Popen(  # noqa: S603 (our own module, a folder of ours)
            [*_COMMAND, str(drop.folder), str(config), str(lock)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Its secrets are where the daemon's are.
            env=dict(os.environ),
            pass_fds=(lock,),
            start_new_session=True,
        )
    finally:
        os.close(lock)
    Thread(target=child.wait, name="reaper", daemon=True).start()
    return True
