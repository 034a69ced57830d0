"""A ledger with rows in every table, whatever tables there are, and what it holds."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, create_engine, func, insert, select
from sqlalchemy.engine import make_url

from scheduler.store.notes import OWN
from scheduler.store.schema.count_tables import delivery_count
from scheduler.store.schema.desk_tables import session, spent_sign_in
from scheduler.store.schema.everything import metadata
from scheduler.store.schema.tables import meta
from scheduler.store.schema.types import Flag, Fraction, Json, UtcTime
from scheduler.store.setup import writer_engine

#: Ids beyond 32 bits.
FIRST = 2**40

Rows = dict[str, list[tuple[Any, ...]]]


def fill(url: str, rows: int, *only: str) -> None:
    """Rows in each table, or only in some, with a value of its type in every column."""
    engine = writer_engine(make_url(url))
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table is delivery_count or (only and table.name not in only):
                continue
            made = [
                {column.name: _value(column, number) for column in table.columns}
                for number in range(rows)
            ]
            connection.execute(insert(table), made)
            if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
                sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
                connection.execute(select(func.setval(sequence, FIRST + rows - 1)))
    engine.dispose()


def everything_in(url: str) -> Rows:
    """Every row that moves: nothing of the database itself, of its own counts, nor of who is signed
    in."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table))
                if table is not meta or row.name not in OWN
            ]
            for table in metadata.sorted_tables
            if table not in (session, spent_sign_in, delivery_count)
        }
    engine.dispose()
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, Json):
        return {"clé": [number, True, None, 0.1], "é’🙂": {"b": "", "a": "\\u0041"}}
    if isinstance(kind, UtcTime):
        return datetime(2026, 10, 3, 8, tzinfo=UTC) + timedelta(milliseconds=number)
    if isinstance(kind, Flag):
        return bool(number % 2)
    if kind is Fraction:
        return number / 3
    if column.foreign_keys or column.name == "id":
        return FIRST + number
    if kind.python_type is int:
        return number
    if kind.python_type is bytes:
        return bytes([number % 256, 0, 255]) + column.name.encode() + str(number).encode()
    # Upper and lower case, accents: an order that no two collations agree on.
    return f"{'aZéz-'[number % 5]}{column.name} {number}\n’"
