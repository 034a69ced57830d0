"""When a ledger may be moved, and into what."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.engine import URL

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import LedgerError
from scheduler.domain.processes import leases as words
from scheduler.store import leases
from scheduler.store.database import DAEMON_LOCK
from scheduler.store.notes import KEYS_CHECK, MADE_AT, MOVED, MOVING, note_of, schema_of
from scheduler.store.schema.everything import metadata
from scheduler.store.schema.tables import delivery, occurrence
from scheduler.store.sending.replicas import common_time
from scheduler.store.setup import HEAD
from scheduler.store.statements.portions import everything
from scheduler.store.stopping import is_stopped


def refuse_missing(url: URL) -> None:
    """SQLite would make an empty file of a name that is mistyped."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise LedgerError(f"there is no ledger at {url.database}: nothing to move")


def hold(source: Connection) -> None:
    """Nobody else writes until the transaction ends: on SQLite it has begun as the one writer.

    Raises LedgerError when a daemon runs on it.
    """
    if source.dialect.name == "sqlite":
        return
    lock = f"SELECT pg_try_advisory_xact_lock({DAEMON_LOCK})"
    if not source.exec_driver_sql(lock).scalar():
        raise LedgerError("a daemon works on this ledger: stop it first")
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    source.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def check_source(source: Connection) -> str:
    """Which ledger it is. Raises LedgerError when this program can't move it whole."""
    found = schema_of(source)
    if found is not None and found > HEAD:
        raise LedgerError(
            f"the ledger's schema is {found}, newer than this program's {HEAD}: move it with the "
            "newer version, which knows all of it"
        )
    if found != HEAD:
        raise LedgerError("the ledger isn't up to date: run `reflexe migrate` first")
    identity = note_of(source, KEYS_CHECK)
    if identity is None:
        raise LedgerError("the ledger was never used: there is nothing to move")
    return f"{identity} {note_of(source, MADE_AT)}"


def refuse_under_way(source: Connection, now: datetime) -> None:
    """Raises LedgerError while messages are on their way, or about to be, or another act is half
    done."""
    if acts := leases.under_way(source, common_time(source, now)):
        raise LedgerError(words.under_way(acts[0].name, acts[0].who, acts[0].since))
    state = delivery.c.state
    sending = select(func.count()).where(state == DeliveryState.SENDING)
    if number := source.execute(sending).scalar_one():
        raise LedgerError(
            f"{number} messages were being handed over when the daemon ended: start it once, "
            "which settles them, stop it, and move then"
        )
    running = (
        select(func.count())
        .join_from(delivery, occurrence)
        .where(state == DeliveryState.WAITING, occurrence.c.state == OccurrenceState.RUNNING)
    )
    if not is_stopped(source) and (number := source.execute(running).scalar_one()):
        raise LedgerError(
            f"{number} messages wait to leave: let the daemon finish them, or say `reflexe pause` "
            "for each occurrence that runs, or `reflexe stop-all`; resume after the move"
        )


def is_taking_in(target: Connection, identity: str) -> bool:
    """Whether an earlier move of this ledger into it was cut short."""
    if schema_of(target) != HEAD:
        return False
    return note_of(target, MOVING) == identity


def refuse_in_use(target: Connection) -> None:
    """Raises LedgerError when there is anything in it but an empty ledger."""
    known = set(inspect(target).get_table_names())
    tables = [table for table in metadata.sorted_tables if table.name in known]
    full = any(target.execute(everything(table).limit(1)).first() for table in tables)
    if full or (known and schema_of(target) is None) or (tables and note_of(target, MOVING)):
        raise LedgerError(
            "the database at --to is in use: it holds another ledger, or something else — "
            "give an empty one"
        )


def refuse_moved(source: Connection) -> None:
    if place := note_of(source, MOVED):
        raise LedgerError(f"this ledger has moved to {place}: set database.url to that one")
