"""Making a ledger, bringing it up to date, and refusing one that can't be used."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import KeysError, LedgerError
from scheduler.store.database import Database, check_reachable, sqlite_engine
from scheduler.store.planning import insert_or_ignore
from scheduler.store.sealing import Keys, make_keys, read_keys, write_keys
from scheduler.store.tables import meta

#: The newest migration; a test compares it with migrations/versions.
HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLedger:
    database: Database
    keys: Keys
    #: What fell due before concerns nobody.
    made_at: datetime


async def open_ledger(url: str, keys_file: Path, now: datetime) -> OpenedLedger:
    """Open a ledger, making a new SQLite one with its keys.

    Raises LedgerError (unreachable, unknown or unfit schema) and KeysError (keys missing, damaged
    or another ledger's): an existing ledger never gets new keys in silence.
    """
    parsed = make_url(url)
    path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    is_new = path is not None and not path.exists()
    if path is not None:
        _make_folder(path.parent)
        if is_new:
            migrate(url)
    database = Database(url)
    try:
        await check_reachable(database)
        await _check_schema(database)
        keys = await _keys(database, keys_file, now)
        made_at = await database.read(_value, "made_at")
    except BaseException:
        await database.close()
        raise
    return OpenedLedger(database=database, keys=keys, made_at=datetime.fromisoformat(made_at or ""))


def migrate(url: str) -> str:
    """Bring the schema to HEAD in one transaction; may be said twice. Returns its version then.

    Raises LedgerError when the schema is newer than this program, or the database can't be opened.
    """
    from alembic import command
    from alembic.config import Config

    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(Path(parsed.database or "").parent)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = _migration_engine(parsed)
    try:
        with engine.begin() as connection:
            _refuse_newer(_version(connection))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as unreachable:
        reason = str(unreachable.orig).splitlines()[0]
        raise LedgerError(f"the ledger can't be opened: {reason}") from unreachable
    finally:
        engine.dispose()
    return HEAD


def _migration_engine(url: URL) -> Engine:
    """Python's driver for SQLite begins no transaction before a CREATE: ours does."""
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url, durable=True, writes=True)
    return create_engine(url)


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


async def _check_schema(database: Database) -> None:
    found = await database.read(_version)
    if found is None:
        raise LedgerError("the database holds no ledger yet: run `reflexe migrate` once")
    if found < HEAD:
        raise LedgerError(
            f"the ledger's schema is {found}, this program's is {HEAD}: run `reflexe migrate`"
        )
    _refuse_newer(found)


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > HEAD:
        raise LedgerError(
            f"the ledger's schema is {found}, newer than this program's {HEAD}: "
            "start the newer version, or restore a ledger of this one"
        )


async def _keys(database: Database, file: Path, now: datetime) -> Keys:
    expected = await database.read(_value, "keys_check")
    if expected is None:
        await _first_keys(database, file, now)
        # Another first start may have been quicker: the ledger's word counts.
        expected = await database.read(_value, "keys_check")
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
    await database.write(_note, {"keys_check": keys.check_value, "made_at": now.isoformat()})


def _note(connection: Connection, values: Mapping[str, str]) -> None:
    """Set what is not set yet."""
    for name, value in values.items():
        statement = insert_or_ignore(connection, meta).values(name=name, value=value)
        connection.execute(statement.on_conflict_do_nothing())


def _version(connection: Connection) -> str | None:
    """The schema's version; None where there is no ledger."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found


def _value(connection: Connection, name: str) -> str | None:
    found: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return found
