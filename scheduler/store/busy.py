"""A lock that was not had in time, as a sentence: who keeps the ledger busy, and what to do.

Who it is, is asked once it is too late: an act of several transactions says so in the ledger
itself, which can be read meanwhile; else the system names the process that has SQLite's lock, or
the server the session that has had a transaction open for the longest.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import LedgerBusy
from scheduler.store.schema.types import from_milliseconds

#: What PostgreSQL says when somebody else kept a row or a table for too long.
LOCK_NOT_AVAILABLE = "55P03"
LOCKS = Path("/proc/locks")
#: Seen from without, an act that holds a lease; its time is the clock of who renews it.
_ACTS = {
    "sqlite": "SELECT name, who, since FROM lease WHERE since IS NOT NULL "
    "AND \"until\" >= CAST(strftime('%s', 'now') AS INTEGER) * 1000 ORDER BY since",
    "postgresql": "SELECT name, who, since FROM lease WHERE since IS NOT NULL "
    'AND "until" >= extract(epoch FROM clock_timestamp()) * 1000 ORDER BY since',
}
_SESSIONS = (
    "SELECT pid, coalesce(nullif(application_name, ''), usename::text) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL "
    "AND state IS NOT NULL AND cardinality(pg_blocking_pids(pid)) = 0 ORDER BY xact_start LIMIT 1"
)


def is_busy(fault: BaseException) -> bool:
    """Somebody else had what this one waited for."""
    orig: Any = fault.orig if isinstance(fault, DBAPIError) else fault
    if getattr(orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
        return True
    # The low byte of an extended code is the code.
    code = (getattr(orig, "sqlite_errorcode", None) or 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def told(reader: Engine, seconds: float) -> LedgerBusy:
    """``reader``: of the same ledger. Never fails: at worst it names nobody."""
    acts, holder = None, None
    with suppress(DBAPIError, sqlite3.Error), reader.connect() as connection:
        acts = connection.exec_driver_sql(_ACTS[reader.dialect.name]).first()
    if acts is not None:
        return LedgerBusy(
            f"the ledger is busy, and was not free within {seconds:g} s: {acts.name} is under way "
            f"({acts.who}, since {from_milliseconds(acts.since):%Y-%m-%d %H:%M:%S} UTC). Nothing "
            "was changed: say it again when that has ended"
        )
    with suppress(DBAPIError, sqlite3.Error), reader.connect() as connection:
        holder = _holder(connection)
    if holder is not None:
        number, name = holder
        return LedgerBusy(
            f"the ledger is busy, and was not free within {seconds:g} s: process {number} ({name}) "
            "keeps it. Nothing was changed: wait until that has ended, or end it, and say it again"
        )
    return LedgerBusy(
        f"the ledger is busy, and was not free within {seconds:g} s. Nothing was changed: look for "
        "a backup, a copy or another program that has it open, let it end, and say it again"
    )


def _holder(connection: Connection) -> tuple[int, str] | None:
    if connection.dialect.name == "postgresql":
        row = connection.exec_driver_sql(_SESSIONS).first()
        return (row[0], str(row[1])) if row else None
    database = connection.engine.url.database
    number = _locker(Path(database)) if database else None
    return None if number is None else (number, _name(number))


def _locker(database: Path) -> int | None:
    """The process that has the write lock of SQLite's log: it lies on a byte of the index beside
    it, 120. The system's own list is read, for a lock that is asked after in the usual way would
    be let go of with the question."""
    try:
        inode = database.with_name(f"{database.name}-shm").stat().st_ino
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        words = line.split()
        if words[1] == "POSIX" and words[3] == "WRITE" and words[6:7] == ["120"]:
            number, place = int(words[4]), words[5]
            if number > 0 and int(place.rpartition(":")[2]) == inode:
                return number
    return None


def _name(number: int) -> str:
    """The program and its command, none of its arguments: they may be somebody's address."""
    try:
        raw = Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return "?"
    words = [Path(one.decode(errors="replace")).name for one in raw.split(b"\0") if one]
    known = next((n for n, one in enumerate(words) if one == "reflexe"), 0)
    command = words[known + 1 : known + 2] if words[known:] and words[known] == "reflexe" else []
    return " ".join([*words[known : known + 1], *command]) or "?"
