"""A copy of a ledger, put where the ledger is.

The one in place is never overwritten: its files get another name. The opt-out journal and the
second mark stay as they are, for they alone know what happened since the copy was made;
``optouts.replaying`` asks them at the next start, and nothing leaves before a person has looked.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, inspect

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import KeysError, LedgerError
from scheduler.store.database import Database
from scheduler.store.keys.sealing import read_keys
from scheduler.store.notes import BACKED_UP, KEYS_CHECK, MOVED, MOVING, forget_note
from scheduler.store.schema.desk_tables import session
from scheduler.store.setup import HEAD
from scheduler.store.upkeep.backup import Copied, fetch, look, notes_of, reading, sign, sync

#: What belongs to one ledger's file and goes where it goes: its log, and what was on the wire.
WITH_IT = ("", "-wal", "-shm", ".wire")


def fetched(copy: Path, target: Path, keys_file: Path) -> Copied:
    """Bring a copy to ``target``, and look at all of it. Raises LedgerError for one that this
    program can't use, and KeysError where the keys in place don't open it."""
    fetch(copy, target)
    found = look(target, copy)
    notes = notes_of(target, reading)
    if found.schema > HEAD:
        raise LedgerError(
            f"{copy} has the schema {found.schema}, newer than this program's {HEAD}: restore it "
            "with the newer version"
        )
    if place := notes.get(MOVED):
        raise LedgerError(f"{copy} is what a ledger left behind that moved to {place}")
    if MOVING in notes:
        raise LedgerError(f"{copy} isn't whole: a move into it was cut short")
    check_keys(copy, notes.get(KEYS_CHECK), keys_file)
    return found


def check_keys(copy: Path, expected: str | None, keys_file: Path) -> None:
    """Raises KeysError unless the ring in place opens the copy."""
    if expected is None:
        raise LedgerError(f"{copy} was never used, it holds nobody")
    if not keys_file.exists():
        raise KeysError(
            f"keys.file {keys_file} is missing: put the keys of this backup there first, from "
            "where they are kept apart"
        )
    if read_keys(keys_file).check_value != expected:
        raise KeysError(
            f"keys.file {keys_file} doesn't open {copy}: it belongs to another ledger — put the "
            "keys of this one there first"
        )


async def put_in_place(
    fetched: Path, ledger: Path, *, copy: str, by: str, now: datetime
) -> Path | None:
    """Let ``fetched`` (on the same volume) be the ledger; where the one that was there lies now.

    No daemon may run. Killed half way, there is no ledger or the new one, and the old one's files
    have their new names; said again, it ends well. Raises LedgerError when a name can't be given.
    """
    await _forget(fetched)
    await sign(f"sqlite:///{fetched}", Act(actor=by, act=AuditAct.RESTORE, subject=copy), now)
    _fold_log(ledger)
    aside = _aside(ledger, now)
    try:
        sync(fetched)
        was_there = ledger.exists()
        for ending in WITH_IT:
            old = ledger.with_name(f"{ledger.name}{ending}")
            if old.exists():
                old.rename(aside.with_name(f"{aside.name}{ending}"))
        fetched.rename(ledger)
        sync(ledger.parent)
    except OSError as refused:
        raise LedgerError(f"{ledger.parent} can't be written: {refused.strerror}") from refused
    return aside if was_there else None


def _fold_log(ledger: Path) -> None:
    """Bring a ledger's log into its file, so that no kill between two names tears them apart. One
    that is damaged, which may be why a copy is put in its place, goes aside as it is."""
    if ledger.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(ledger)) as there:
            there.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _forget(fetched: Path) -> None:
    """What was true of the copy, and is not of a ledger that serves."""
    database = Database(f"sqlite:///{fetched}")
    try:
        await database.write(forget_note, BACKED_UP)
        await database.write(_end_sessions)
    finally:
        await database.close()


def _end_sessions(connection: Connection) -> None:
    """A ledger that was put back knows nothing of who has left the desk since."""
    if inspect(connection).has_table(session.name):
        connection.execute(delete(session))


def _aside(ledger: Path, now: datetime) -> Path:
    name = f"{ledger.name}.replaced-{now:%Y%m%dT%H%M%SZ}"
    taken = 0
    while (found := ledger.with_name(f"{name}-{taken}" if taken else name)).exists():
        taken += 1
    return found
