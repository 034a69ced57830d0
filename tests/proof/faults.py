"""The write that fails: the ledger's nth commit, or the wire journal's nth record.

As the disk, the database or the network would make it fail, below all of the program's own code:
in the driver's commit, and in ``write()``.
"""

import errno
import functools
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import local
from types import SimpleNamespace
from typing import Any

import psycopg
from sqlalchemy.engine.default import DefaultDialect

from scheduler.store.database import Database
from scheduler.store.ledger import Ledger
from scheduler.store.sending import wire_journal

#: In a row: the disk is full for a while, and then somebody has made room.
TIMES = 3
#: The step of the first message from which the commits are counted.
FIRST_OF_A_MESSAGE = "claim"


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerFault:
    on_sqlite: sqlite3.Error
    on_postgres: psycopg.Error
    #: The commit was done, and only its answer is lost.
    done: bool = False
    #: Counted from the start of the process, else from the first message.
    from_start: bool = False


FULL = LedgerFault(
    on_sqlite=sqlite3.OperationalError("database or disk is full"),
    on_postgres=psycopg.errors.DiskFull("could not extend file: No space left on device"),
)
LEDGER_FAULTS = {
    "ledger's disk full, at the start": replace(FULL, from_start=True),
    "ledger's disk full": FULL,
    "ledger's disk broken": LedgerFault(
        on_sqlite=sqlite3.OperationalError("disk I/O error"),
        on_postgres=psycopg.errors.IoError("could not fsync file: Input/output error"),
    ),
    "ledger locked": LedgerFault(
        on_sqlite=sqlite3.OperationalError("database is locked"),
        on_postgres=psycopg.errors.SerializationFailure("could not serialize access"),
    ),
    "commit's answer lost": LedgerFault(
        on_sqlite=sqlite3.OperationalError("disk I/O error"),
        on_postgres=psycopg.OperationalError("server closed the connection unexpectedly"),
        done=True,
    ),
}
JOURNAL_FAULTS = ("journal's disk full", "journal's record torn")
FAULTS = (*LEDGER_FAULTS, *JOURNAL_FAULTS)


def fail_at(name: str, number: int, struck: Callable[[], None]) -> None:
    """From the ``number``th write on, ``TIMES`` fail; ``struck`` is told of the first."""
    blow = _Blow(number, struck)
    if name in LEDGER_FAULTS:
        _fail_commits(LEDGER_FAULTS[name], blow)
    else:
        _fail_records(blow, torn=name == "journal's record torn")


class _Blow:
    """Counts the writes down."""

    def __init__(self, number: int, struck: Callable[[], None]) -> None:
        self._left = number
        self._struck = struck

    def falls(self) -> bool:
        self._left -= 1
        if self._left == 0:
            self._struck()
        return -TIMES < self._left <= 0


def _fail_commits(fault: LedgerFault, blow: _Blow) -> None:
    here = local()
    counting = [fault.from_start]
    commit: Any = DefaultDialect.do_commit
    write, first = Database.write, Ledger.claim

    @functools.wraps(commit)
    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        writing, here.writing = getattr(here, "writing", False), False
        falls = writing and counting[0] and blow.falls()
        if not falls or fault.done:
            commit(dialect, connection)
        if falls:
            raise fault.on_sqlite if dialect.name == "sqlite" else fault.on_postgres

    async def marked(database: Database, work: Any, *arguments: Any, **named: Any) -> Any:
        def noted(*inner: Any, **more: Any) -> Any:
            here.writing = True
            return work(*inner, **more)

        return await write(database, noted, *arguments, **named)

    async def claim(*arguments: Any, **named: Any) -> Any:
        counting[0] = True
        return await first(*arguments, **named)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]  # what this file is for
    Database.write = marked  # type: ignore[assignment, method-assign]  # the same
    setattr(Ledger, FIRST_OF_A_MESSAGE, claim)


def _fail_records(blow: _Blow, *, torn: bool) -> None:
    """The journal's header is a record too: the first write of a process."""

    def write(file: int, data: bytes) -> int:
        if not blow.falls():
            return os.write(file, data)
        if torn:
            # What a disk does that has room for some octets more.
            return os.write(file, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    setattr(wire_journal, "os", SimpleNamespace(**{**vars(os), "write": write}))  # noqa: B010 - typed otherwise
