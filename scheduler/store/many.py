"""Thousands of values or rows in one statement, for what goes through a whole file.

A list of names for each value is compiled, converted and parsed anew each time, which takes longer
than what the database does with them: here it gets one value that holds them all, and rows whose
statement was compiled once.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    LargeBinary,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.types import TypeEngine

from scheduler.domain.message import AddressKind
from scheduler.store.schema.tables import address
from scheduler.store.schema.types import UtcTime, Word, to_milliseconds

#: SQLite's name for the octets that a text of figures stands for: its JSON knows none.
OCTETS = "reflexe_octets"


def octets(text: str) -> bytes:
    """Told to SQLite, at each connection."""
    return bytes.fromhex(text)


def among(connection: Connection, where: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """``where`` is one of these, all of them octets or all of them numbers."""
    if connection.dialect.name == "postgresql":
        found: ColumnElement[bool] = where == any_(literal(list(values), ARRAY(where.type)))
        return found
    each = func.json_each(bindparam(None, _as_json(values), Text)).table_valued(column("value"))
    of_octets = isinstance(where.type, LargeBinary)
    value = getattr(func, OCTETS)(each.c.value) if of_octets else each.c.value
    within: ColumnElement[bool] = where.in_(select(value))
    return within


#: An address is found by its kind and its digest: by the digest alone, all of them are looked at.
EITHER_KIND = address.c.kind.in_([kind.value for kind in AddressKind])


def address_is(connection: Connection, digests: Collection[bytes]) -> ColumnElement[bool]:
    """``address`` is one of these, of whatever kind."""
    return and_(EITHER_KIND, among(connection, address.c.digest, digests))


def _as_json(values: Collection[Any]) -> str:
    return json.dumps([one.hex() if isinstance(one, bytes) else one for one in values])


def put(
    connection: Connection, table: Table, statement: Insert, rows: Sequence[Mapping[str, Any]]
) -> None:
    """The INSERT of each row, which all have the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    dialect = connection.dialect
    compiled = statement.inline().compile(dialect=dialect, column_keys=list(names))
    constant = {
        name: _converter(compiled.binds[name].type, dialect)(value)
        for name, value in compiled.construct_params(dict.fromkeys(names)).items()
    }
    of_rows = [(name, _converter(table.c[name].type, dialect)) for name in names]
    converted = [(name, convert) for name, convert in of_rows if convert is not _same]
    filled: list[Any] = [
        {**constant, **row, **{name: convert(row[name]) for name, convert in converted}}
        for row in rows
    ]
    if compiled.positional:
        order = list(compiled.positiontup or ())
        filled = [tuple(map(row.__getitem__, order)) for row in filled]
    connection.exec_driver_sql(str(compiled), filled)


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """From a value of ours to one of the driver's; without the layers of a library's own types,
    which take longer than the insert."""
    if isinstance(kind, Word):
        return _word
    if isinstance(kind, UtcTime):
        return _milliseconds
    if isinstance(kind, LargeBinary):
        return _same
    return kind.dialect_impl(dialect).bind_processor(dialect) or _same


def _word(value: Any) -> Any:
    return value if value is None or type(value) is str else str(value)


@lru_cache(maxsize=256)
def _milliseconds(value: datetime | None) -> int | None:
    return None if value is None else to_milliseconds(value)


def _same(value: Any) -> Any:
    return value
