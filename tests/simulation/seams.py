"""Where the shipped code meets the world: clocks, files, engines, and the identity of a boot.

Nothing of the program's own is replaced; only what would lead out of the simulation.
"""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from scheduler.channels.smtp import left, pool
from scheduler.store import database
from scheduler.store.optouts import journal, second_mark
from scheduler.store.schema.types import from_milliseconds
from scheduler.store.sending import dated_ahead, replicas, wire_journal
from tests.simulation.disk import Files
from tests.simulation.ledger import engine_of
from tests.simulation.machine import Machine
from tests.simulation.wire import Socket

#: Rooms whose clocks are the machine's.
ROOMS = ("scheduler.flow", "scheduler.channels", "scheduler.engine", "scheduler.store")


@contextmanager
def seams(
    machine: Machine, files: Files, boot: Path, began: datetime, *, shares: bool, trust: int
) -> Iterator[None]:
    """For the time of one world. ``shares``: several owners work on the ledger. ``trust``: after so
    many messages a relay gets text and dot in one write."""
    system = files.system()
    with pytest.MonkeyPatch.context() as patches:
        put = patches.setattr
        ticking = SimpleNamespace(
            **{
                **vars(time),
                "monotonic": lambda: machine.now,
                "clock_gettime": lambda _clock: machine.now,
                "perf_counter": lambda: machine.now,
            }
        )
        for module in _modules():
            if getattr(module, "monotonic", None) is time.monotonic:
                put(module, "monotonic", ticking.monotonic)
            if getattr(module, "time", None) is time:
                put(module, "time", ticking)
        for module in (wire_journal, journal, second_mark):
            put(module, "os", system)
        put(wire_journal, "BOOT_ID", boot)
        put(pool, "_TRUST", trust)
        Socket.every.clear()
        put(left, "os", SimpleNamespace(**{**vars(os), "dup": lambda number: number}))
        asking = {**vars(socket), "socket": lambda fileno: Socket.every[fileno]}
        put(left, "socket", SimpleNamespace(**asking))
        put(database, "sqlite_engine", engine_of)
        if shares:
            for module in (replicas, dated_ahead):
                put(module, "is_shared", lambda _connection: True)
            put(replicas, "server_time", lambda _connection: _server_time(machine, began))
        yield


def _modules() -> list[ModuleType]:
    return [one for name, one in sys.modules.items() if name.startswith(ROOMS)]


def _server_time(machine: Machine, began: datetime) -> datetime:
    return from_milliseconds(int((began.timestamp() + machine.now) * 1000))
