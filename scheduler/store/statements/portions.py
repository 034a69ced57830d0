"""A table some rows at a time, in the order of its key, the same order on either database."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    insert,
    literal,
    select,
    tuple_,
)

from scheduler.store.notes import OWN
from scheduler.store.schema.tables import meta
from scheduler.store.schema.types import to_milliseconds

#: Rows of one transaction: some texts of messages have 20 kB.
SOME = 2000

Key = tuple[Any, ...]


def portion(connection: Connection, table: Table, after: Key | None) -> Sequence[Row[Any]]:
    """The next rows; none at the end."""
    order = _order(connection, table)
    statement = everything(table).order_by(*order).limit(SOME)
    if after is not None:
        reached = [literal(value, column.type) for value, column in zip(after, order, strict=True)]
        statement = statement.where(tuple_(*order) > tuple_(*reached))
    return connection.execute(statement).all()


def key_of(table: Table, row: Row[Any]) -> Key:
    return tuple(row._mapping[column] for column in table.primary_key)


def last_key(connection: Connection, table: Table) -> Key | None:
    """None for an empty table."""
    backwards = [column.desc() for column in _order(connection, table)]
    row = connection.execute(everything(table).order_by(*backwards).limit(1)).first()
    return None if row is None else key_of(table, row)


def put(connection: Connection, table: Table, rows: Sequence[Row[Any]]) -> None:
    connection.execute(insert(table), [dict(row._mapping) for row in rows])


def count(connection: Connection, table: Table) -> int:
    found = select(func.count()).select_from(everything(table).subquery())
    return int(connection.execute(found).scalar_one())


def first_difference(mine: Sequence[Row[Any]], theirs: Sequence[Row[Any]]) -> int | None:
    """Where two portions part; None when they are the same, row by row."""
    if _digest(mine) == _digest(theirs):
        return None
    pairs = enumerate(zip(mine, theirs, strict=False))
    parted = (number for number, (one, other) in pairs if _canonical(one) != _canonical(other))
    return next(parted, min(len(mine), len(theirs)))


def everything(table: Table) -> Select[Any]:
    """All rows that are the ledger's; some of ``meta`` are the database's own."""
    return select(table).where(meta.c.name.not_in(OWN)) if table is meta else select(table)


def _order(connection: Connection, table: Table) -> list[ColumnElement[Any]]:
    """Text by its bytes: each PostgreSQL database has an order of its own."""
    plain = connection.dialect.name == "sqlite"
    return [
        column if plain or column.type.python_type is not str else column.collate("C")
        for column in table.primary_key
    ]


def _digest(rows: Sequence[Row[Any]]) -> bytes:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(_canonical(row))
    return digest.digest()


def _canonical(row: Row[Any]) -> bytes:
    """Its values, written the same whichever database they come from."""
    values = json.dumps(tuple(row), sort_keys=True, separators=(",", ":"), default=_plain)
    return values.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return to_milliseconds(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
