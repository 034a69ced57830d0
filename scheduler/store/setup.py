"""Making a ledger, bringing it up to date, and refusing one that can't be used."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from scheduler import __version__
from scheduler.domain.errors import KeysError, LedgerError
from scheduler.domain.values import frozen
from scheduler.store import busy
from scheduler.store.connecting import BUSY_TIMEOUT, postgres_engine, sqlite_engine
from scheduler.store.database import Database, check_reachable
from scheduler.store.keys.sealing import Keys, make_keys, read_keys, write_keys
from scheduler.store.notes import (
    KEYS_CHECK,
    MADE_AT,
    MOVED,
    MOVING,
    PROGRAM,
    SCHEMA_MIN,
    note,
    note_first,
    note_of,
    schema_of,
)
from scheduler.store.people.folding_keys import fold_keys
from scheduler.store.schema.tables import address, consent, contact, delivery
from scheduler.store.statistics import refresh_statistics

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest migration; a test compares it with migrations/versions.
HEAD = "0033"
MIGRATIONS = Path(__file__).parent / "migrations"
#: The oldest program there is: until a migration says otherwise, it can live with any schema.
OLDEST = "0001"
#: Number of PostgreSQL's advisory lock for those who migrate (any that no other lock has).
_MIGRATION_LOCK = 7_305_002
#: A change of a table waits for those who read it, and all others wait behind it: not for long.
PATIENCE = "10s"
#: Takes a line of what a migration tells.
Tell = Callable[[str], None]


@frozen
class OpenedLedger:
    database: Database
    keys: Keys
    #: What fell due before concerns nobody.
    made_at: datetime


async def open_ledger(
    url: str, keys_file: Path, now: datetime, *, create: bool = True
) -> OpenedLedger:
    """Open a ledger; with ``create``, make a new SQLite one with its keys where there is none.

    Raises LedgerError (unreachable, missing, unknown or unfit schema) and KeysError (keys missing,
    damaged or another ledger's): an existing ledger never gets new keys in silence, and a name
    that is mistyped makes nothing for whoever only reads.
    """
    parsed = make_url(url)
    path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    is_new = path is not None and not path.exists()
    if not create:
        refuse_missing(url)
    if path is not None:
        _make_folder(path.parent)
        if is_new:
            migrate(url)
    database = Database(url)
    try:
        await check_reachable(database)
        await database.read(_check)
        keys = await _keys(database, keys_file, now, create=create)
        await fold_keys(database, keys)
        made_at = await database.read(note_of, MADE_AT)
    except BaseException:
        await database.close()
        raise
    return OpenedLedger(database=database, keys=keys, made_at=datetime.fromisoformat(made_at or ""))


async def open_to_read(url: str) -> Database:
    """The database of a ledger that is there, for whoever needs nothing that is sealed.

    Raises LedgerError as ``open_ledger`` does.
    """
    refuse_missing(url)
    database = Database(url)
    try:
        await check_reachable(database)
        await database.read(_check)
    except BaseException:
        await database.close()
        raise
    return database


def refuse_missing(url: str) -> None:
    """Raises LedgerError where a SQLite ledger would have to be made first."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        raise LedgerError(
            f"no ledger at {parsed.database}: look whether database.url names the right one, else "
            "start the daemon or run `reflexe migrate`, which make it"
        )


async def make_first_keys(url: str, keys_file: Path, now: datetime) -> None:
    """The keys of a SQLite ledger that was just made; one that has keys is left alone."""
    database = Database(url)
    try:
        if database.is_sqlite and await database.read(note_of, KEYS_CHECK) is None:
            await _first_keys(database, keys_file, now)
    finally:
        await database.close()


def migrate(url: str, tell: Tell | None = None) -> str:
    """Bring the schema to HEAD in one transaction; its version then. May be said twice, and by
    several at once, beside running daemons: whoever comes second finds it done. What it decided
    about rows that were there is told line by line, to whoever did it.

    A newer schema that this program can live with is left as it is. Raises LedgerError when it
    can't, when the database can't be opened, or when a table is in use without a break.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(Path(parsed.database or "").parent)
    engine = writer_engine(parsed)
    try:
        with engine.begin() as connection:
            _take_turns(connection)
            _upgrade(connection, tell)
            return schema_of(connection) or ""
    except DBAPIError as failed:
        if getattr(failed.orig, "sqlstate", "") == busy.LOCK_NOT_AVAILABLE:
            raise LedgerError(
                "a table is in use without a break, and the migration would hold everybody up: "
                "nothing was changed — say `reflexe migrate` again in a quieter moment"
            ) from failed
        if busy.is_busy(failed):
            raise busy.told(engine, BUSY_TIMEOUT / 1000) from failed
        reason = str(failed.orig).splitlines()[0]
        raise LedgerError(f"the ledger can't be opened: {reason}") from failed
    finally:
        engine.dispose()


def writer_engine(url: URL) -> Engine:
    """For transactions that write in the calling thread. Python's driver for SQLite begins none
    before a CREATE: ours does."""
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url, durable=True, writes=True)
    # What is moved to the other side takes its time: no transaction is too long.
    return postgres_engine(url, {})


def _take_turns(connection: Connection) -> None:
    """One migration at a time. On SQLite the transaction has begun as a writer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")


def _upgrade(connection: Connection, tell: Tell | None) -> None:
    from alembic import command
    from alembic.config import Config

    found = schema_of(connection)
    if found is not None and found > HEAD:
        _refuse_unfit(connection, found)
        return
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["tell"] = tell
    command.upgrade(config, "head")
    note(connection, SCHEMA_MIN, _oldest_program(config))
    note(connection, PROGRAM, __version__)
    if found is not None and found != HEAD:
        # Made by an older program, perhaps large, and perhaps counted by nobody.
        refresh_statistics(connection, address, contact, consent, delivery)


def _oldest_program(config: "Config") -> str:
    """Who can live with the schema: migrations that take something away say ``schema_min``."""
    from alembic.script import ScriptDirectory

    migrations = ScriptDirectory.from_config(config).walk_revisions()
    return max(getattr(one.module, "schema_min", OLDEST) for one in migrations)


def _make_folder(folder: Path) -> None:
    """The ledger's folder, writable. Raises LedgerError naming the user and the command."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        there = next(one for one in (folder, *folder.parents) if one.exists())
        raise LedgerError(
            f"{there} belongs to user {there.stat().st_uid} and this program runs as "
            f"{os.getuid()}, which can't write there: chown -R {os.getuid()} {there}"
        )


def _check(connection: Connection) -> None:
    """Raises LedgerError for what is no ledger, not this program's, or not to be used."""
    found = schema_of(connection)
    if found is None:
        raise LedgerError("the database holds no ledger yet: run `reflexe migrate` once")
    if found < HEAD:
        raise LedgerError(
            f"the ledger's schema is {found}, this program's is {HEAD}: run `reflexe migrate`"
        )
    _refuse_unfit(connection, found)
    if place := note_of(connection, MOVED):
        raise LedgerError(f"this ledger has moved to {place}: set database.url to that one")
    if note_of(connection, MOVING):
        raise LedgerError(
            "this ledger isn't whole: a move into it was cut short — say `reflexe move` again, "
            "with the database.url it comes from"
        )


def _refuse_unfit(connection: Connection, found: str) -> None:
    """A newer schema serves as long as nothing was taken from it that this program needs."""
    if found <= HEAD:
        return
    oldest = note_of(connection, SCHEMA_MIN)
    if oldest is None or oldest > HEAD:
        raise LedgerError(
            f"the ledger's schema is {found}, newer than this program's {HEAD}: "
            "start the newer version, or restore a ledger of this one"
        )


async def _keys(database: Database, file: Path, now: datetime, *, create: bool) -> Keys:
    expected = await database.read(note_of, KEYS_CHECK)
    if expected is None and not create:
        raise LedgerError("this ledger was never used, it holds nobody: start the daemon first")
    if expected is None:
        await _first_keys(database, file, now)
        # Another first start may have been quicker: the ledger's word counts.
        expected = await database.read(note_of, KEYS_CHECK)
    if not file.exists():
        raise KeysError(
            f"keys.file {file} is missing: this ledger's personal data is sealed with it — "
            "restore it from its backup"
        )
    keys = read_keys(file)
    if keys.check_value != expected:
        raise KeysError(
            f"keys.file {file} belongs to another ledger: restore the one made with this ledger"
        )
    return keys


async def _first_keys(database: Database, file: Path, now: datetime) -> None:
    """A ledger without a check value: brand new, or PostgreSQL's first start."""
    if file.exists():
        keys = read_keys(file)
    elif database.is_sqlite:
        keys = make_keys()
        write_keys(keys, file)
    else:
        raise KeysError(
            f"keys.file {file} is missing: make one with `reflexe migrate --make-keys` and give "
            "the same file to every replica"
        )
    first = {KEYS_CHECK: keys.check_value, MADE_AT: now.isoformat()}
    await database.write(note_first, first)
