"""What a ledger knows of itself: names and values, rows of ``meta``."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, inspect, select

from scheduler.store.schema.tables import meta
from scheduler.store.statements.upserts import insert_or_ignore

#: Says whose keys sealed it, without telling anything of them.
KEYS_CHECK = "keys_check"
MADE_AT = "made_at"
#: The oldest program that can live with the schema, by the newest migration it knows.
SCHEMA_MIN = "schema_min"
#: The version that opened or migrated it last.
PROGRAM = "program"
#: When the doctor last began to look by itself.
EXAMINED_AT = "examined_at"
#: In a ledger that another one is being moved into: which one.
MOVING = "moving"
#: In a ledger that has moved: where to.
MOVED = "moved"
#: How far keys as 0.1.0 stored them are folded, and whether any of them is kept apart.
KEYS_FOLDED = "keys_folded"
KEYS_APART = "keys_apart"
#: In a copy of a ledger: when it was made.
BACKED_UP = "backed_up_at"
#: What is said of this database, and not of what it holds: never copied to another.
OWN = (PROGRAM, SCHEMA_MIN, MOVING, MOVED, BACKED_UP)


def note_of(connection: Connection, name: str) -> str | None:
    found: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return found


def note_first(connection: Connection, values: Mapping[str, str]) -> None:
    """Set what is not set yet."""
    for name, value in values.items():
        statement = insert_or_ignore(connection, meta).values(name=name, value=value)
        connection.execute(statement.on_conflict_do_nothing())


def note(connection: Connection, name: str, value: str) -> None:
    """Set it, whatever it was."""
    statement = insert_or_ignore(connection, meta).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def forget_note(connection: Connection, name: str) -> None:
    connection.execute(delete(meta).where(meta.c.name == name))


def schema_of(connection: Connection) -> str | None:
    """The schema's version; None where there is no ledger."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found
