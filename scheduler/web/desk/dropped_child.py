"""The process that looks at a dropped file, or takes it in: ``reflexe import``, held to limits."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from threading import Thread

from scheduler.config.configuration import Configuration
from scheduler.sources.dropped import Drop, Drops, Order

#: By its name: what it runs is the command, a floor above this one.
_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "scheduler.cli.people.dropped")


def drops_of(configuration: Configuration) -> Drops:
    return Drops(configuration.var / "dropped")


def set_to_work(configuration: Configuration, drop: Drop, order: Order, now: datetime) -> bool:
    """Begin to carry an order out, or let it wait while too many others are worked on; False while
    somebody works on this very file."""
    drops = drops_of(configuration)
    # Whoever waits goes before.
    begin_next(configuration)
    asked = drops.ask(drop, order)
    if asked is None:
        return drops.wait(drop, order, now)
    _begin(configuration, drop, asked[1])
    return True


def begin_next(configuration: Configuration) -> None:
    """Those whose turn has come. Asked whenever a process of ours ends and whenever somebody looks:
    a process outlives the desk that began it."""
    while found := drops_of(configuration).next():
        with suppress(OSError):
            # Its page says that it stopped, and offers to begin again.
            _begin(configuration, *found)


def _begin(configuration: Configuration, drop: Drop, lock: int) -> None:
    """The lock goes with the process, so nobody else begins until it has ended, whatever ended it;
    it outlives the desk, and ends by itself."""
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
    Thread(target=_ended, args=(child, configuration), name="reaper", daemon=True).start()


def _ended(child: subprocess.Popen[bytes], configuration: Configuration) -> None:
    child.wait()
    begin_next(configuration)
