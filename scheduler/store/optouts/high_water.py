"""How far a ledger has come: a number that only grows, so that one put back from a backup shows.

It counts the groups of intents, so it moves whenever something is about to leave. The journal of
opt-outs, kept elsewhere, remembers it.
"""

from sqlalchemy import BigInteger, Connection, Dialect, Text, cast, select

from scheduler.store.schema.tables import meta
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.upserts import insert_on, insert_or_ignore

_NAME = "mark"


def mark_of(connection: Connection) -> int:
    """0 before anything was about to leave."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar() or 0)


def advance(connection: Connection) -> int:
    """One further, in the caller's transaction; the mark then."""
    ((mark,),) = _advanced(connection.dialect)(connection)
    return int(mark)


@once_a_kind(16)
def _advanced(dialect: Dialect) -> Asking:
    statement = insert_on(meta, sqlite=dialect.name == "sqlite").values(name=_NAME, value="1")
    further = cast(cast(meta.c.value, BigInteger) + 1, Text)
    moved = statement.on_conflict_do_update(index_elements=["name"], set_={"value": further})
    return asking(dialect, moved.returning(meta.c.value), ())


def raise_to(connection: Connection, mark: int) -> int:
    """At least ``mark``: a person knows what happened in between."""
    reached = max(mark, mark_of(connection))
    statement = insert_or_ignore(connection, meta).values(name=_NAME, value=str(reached))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": str(reached)})
    )
    return reached
