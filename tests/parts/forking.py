"""A process that has imported the program and forks it for each command that a test says.

    python -m tests.parts.forking FD

Most of a short command's life is the import of its libraries, the same each time. Here they are
imported once, nothing is opened, and what is forked runs ``python -m scheduler`` to its own end: a
process with the arguments, environment, folder and outputs that were asked for, with its own
signals, exit code and last words. It ends when the tests do, for they hold FD's other end.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

#: The longest request: arguments and an environment.
LONGEST = 1 << 20
#: What only a few commands need, and what runs when it is imported.
LEFT = ("scheduler.__main__", "scheduler.store.migrations.")
#: Libraries that are imported where they are used.
LATE = (
    "aiohttp",
    "alembic.command",
    "apscheduler.schedulers.asyncio",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
    "uvicorn.protocols.http.httptools_impl",
)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    _import_all()
    control.send(b"ready")
    asked = _serve(control)
    if asked is not None:
        # Only what was forked comes here, and it is as if it had just been started.
        _become(asked)


def _import_all() -> None:
    import scheduler

    for module in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
        if not module.name.startswith(LEFT) and not module.name.endswith("_child"):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    _read_the_shipped_year()
    assert threading.active_count() == 1, "a fork takes no thread along"
    # What is imported is shared with each fork, and no collection looks through it again.
    gc.collect()
    gc.freeze()


def _read_the_shipped_year() -> None:
    """What a section of the configuration is checked by is built when one is first read, and takes
    longer than to read it."""
    from scheduler.config.loading import load

    load(Path(__file__).parents[2] / "config.yaml", {})


def _serve(control: socket.socket) -> dict[str, Any] | None:
    """Fork for each request until the tests are gone (None); in a fork, its request."""
    watched = selectors.DefaultSelector()
    watched.register(control, selectors.EVENT_READ)
    while True:
        for key, _ in watched.select():
            if key.fileobj is not control:
                child, told = key.data
                watched.unregister(key.fd)
                os.close(key.fd)
                _, ended = os.waitpid(child, 0)
                _tell(told, os.waitstatus_to_exitcode(ended))
                continue
            request, given, _, _ = socket.recv_fds(control, LONGEST, 3)
            if not request:
                return None
            out, err, told_fd = given
            child = os.fork()
            if child == 0:
                os.dup2(out, 1)
                os.dup2(err, 2)
                _let_go(watched, control)
                os.closerange(3, 1 + max(int(one.name) for one in Path("/proc/self/fd").iterdir()))
                return dict(json.loads(request))
            os.close(out)
            os.close(err)
            told = socket.socket(fileno=told_fd)
            told.send(str(child).encode())
            watched.register(os.pidfd_open(child), selectors.EVENT_READ, (child, told))


def _let_go(watched: selectors.BaseSelector, control: socket.socket) -> None:
    """In a fork: objects that would close their descriptors at some later time, when the command
    has files of its own under these numbers."""
    for key in watched.get_map().values():
        if key.data is not None:
            key.data[1].detach()
    watched.close()
    control.detach()


def _tell(told: socket.socket, code: int) -> None:
    """How it ended; whoever started it may not care."""
    with told:
        try:
            told.send(str(code).encode())
        except OSError:
            return


def _become(asked: dict[str, Any]) -> None:
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[1:] = asked["words"]
    runpy.run_module("scheduler", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
