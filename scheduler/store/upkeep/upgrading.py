"""What bringing a ledger to this program would do: looked at, never done."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import LedgerError
from scheduler.domain.values import frozen
from scheduler.store.connecting import postgres_engine, sqlite_engine
from scheduler.store.notes import PROGRAM, note_of, schema_of
from scheduler.store.setup import HEAD, MIGRATIONS, OLDEST


@frozen
class LedgerSeen:
    #: Empty: the database holds no ledger.
    schema: str = ""
    #: The version that opened or migrated it last; empty: one that noted none.
    program: str = ""


@frozen
class Step:
    """One migration."""

    revision: str
    #: Its own first line.
    told: str
    #: The oldest schema whose program can live beside it.
    oldest: str


def look(url: str) -> LedgerSeen:
    """Reads alone: a SQLite file that isn't there is not made. Raises LedgerError."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return LedgerSeen()
    engine = _reader(parsed)
    try:
        with engine.connect() as connection:
            seen = _seen(connection)
            connection.rollback()
            return seen
    except DBAPIError as failed:
        reason = str(failed.orig).splitlines()[0]
        raise LedgerError(f"the ledger can't be opened: {reason}") from failed
    finally:
        engine.dispose()


def _reader(url: URL) -> Engine:
    """It waits behind no writer, and none waits behind it: the daemon of before may be sending."""
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url, durable=True, writes=False)
    return postgres_engine(url, {})


def steps_after(schema: str) -> Sequence[Step]:
    """The migrations that a ledger of this schema lacks, in their order."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    every = ScriptDirectory.from_config(config).walk_revisions()
    steps = [
        Step(
            revision=one.revision,
            told=(one.module.__doc__ or "").strip().partition("\n")[0],
            oldest=getattr(one.module, "schema_min", OLDEST),
        )
        for one in every
        if schema < one.revision <= HEAD
    ]
    return sorted(steps, key=lambda one: one.revision)


def _seen(connection: Connection) -> LedgerSeen:
    schema = schema_of(connection)
    if schema is None:
        return LedgerSeen()
    return LedgerSeen(schema=schema, program=note_of(connection, PROGRAM) or "")
