"""An INSERT that may meet a row that is there, on either database."""

from typing import Any

from sqlalchemy import Connection


def insert_or_ignore(connection: Connection, table: Any) -> Any:
    """An INSERT that may be followed by on_conflict_…, on either database."""
    return insert_on(table, sqlite=connection.dialect.name == "sqlite")


def insert_on(table: Any, *, sqlite: bool) -> Any:
    """The same of a database that is named: for a statement that is built once."""
    # Each takes long to load, and a ledger is on one of them.
    if sqlite:
        from sqlalchemy.dialects.sqlite import insert

        return insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgres_insert

    return postgres_insert(table)
