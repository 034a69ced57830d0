"""Thousands of values or rows in one statement, for what goes through a whole file.

A list of names for each value is compiled, converted and parsed anew each time, which takes longer
than what the database does with them: here it gets one value that holds them all, and rows whose
statement was compiled once.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
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
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.types import TypeEngine, UserDefinedType

from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen
from scheduler.store.schema.tables import address
from scheduler.store.schema.types import UtcTime, Word, to_milliseconds

#: Octets of a digest.
DIGEST = 32
#: SQLite's name for the octets that a text of figures stands for: its JSON knows none.
OCTETS = "reflexe_octets"


def octets(text: str) -> bytes:
    """Told to SQLite, at each connection."""
    return bytes.fromhex(text)


def among(connection: Connection, where: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """``where`` is one of these, all of them octets or all of them numbers."""
    if connection.dialect.name == "postgresql":
        every = bindparam(None, _as_array(values), _Array(where.type.compile(connection.dialect)))
        found: ColumnElement[bool] = where == any_(every)
        return found
    within: ColumnElement[bool] = where.in_(select(_each(where, values)))
    return within


def _each(where: Any, values: Collection[Any]) -> Any:
    if not isinstance(where.type, LargeBinary):
        return _in_json(json.dumps(list(values)))
    digests = list(values)
    if all(len(one) == DIGEST for one in digests):
        # In one piece, cut by the database itself: nothing is written out nor read again.
        at = _in_json(_beginnings(len(digests)))
        return func.substr(bindparam(None, b"".join(digests), LargeBinary), at, DIGEST)
    return getattr(func, OCTETS)(_in_json(json.dumps([one.hex() for one in digests])))


def _in_json(text: str) -> Any:
    return func.json_each(bindparam(None, text, Text)).table_valued(column("value")).c.value


@lru_cache(maxsize=8)
def _beginnings(count: int) -> str:
    """Where each digest begins in what holds so many."""
    return json.dumps([1 + DIGEST * number for number in range(count)])


class _Array(UserDefinedType[str]):
    """An array that is written as PostgreSQL writes it: the driver takes ten times as long to."""

    cache_ok = True
    render_bind_cast = True

    def __init__(self, of: str) -> None:
        self.of = of

    def get_col_spec(self, **_options: Any) -> str:
        return f"{self.of}[]"


def _as_array(values: Collection[Any]) -> str:
    written = [f'"\\\\x{one.hex()}"' if isinstance(one, bytes) else str(one) for one in values]
    return f"{{{','.join(written)}}}"


#: An address is found by its kind and its digest: by the digest alone, all of them are looked at.
EITHER_KIND = address.c.kind.in_([kind.value for kind in AddressKind])


def address_is(connection: Connection, digests: Collection[bytes]) -> ColumnElement[bool]:
    """``address`` is one of these, of whatever kind."""
    return and_(EITHER_KIND, among(connection, address.c.digest, digests))


@frozen
class Putting:
    """An INSERT that was compiled once, for rows of the driver's own values: numbers, texts,
    octets, milliseconds."""

    text: str
    #: What follows in each row, the same for all: values of the statement's own.
    constant: tuple[Any, ...] = ()
    #: On a server, where one statement gets all rows: the same by name.
    named: dict[str, Any] | None = None

    def __call__(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        if self.named is not None:
            every = json.dumps(rows, ensure_ascii=False, default=bytes.hex)
            connection.exec_driver_sql(self.text, {**self.named, _ROWS: every})
        elif self.constant:
            connection.exec_driver_sql(self.text, [row + self.constant for row in rows])
        else:
            connection.exec_driver_sql(self.text, list(rows))


#: The parameter that holds all rows, as JSON: an array of each column is slower in Python by far,
#: and a statement a row is on the server.
_ROWS = "put_rows"


def putting(dialect: Dialect, statement: Insert, names: Sequence[str]) -> Putting:
    """``statement`` for rows of these columns, in the order that the table has them. No two rows of
    a group may be the same one of the table."""
    if dialect.name == "postgresql":
        return _all_in_one(dialect, statement, names)
    compiled = statement.inline().compile(dialect=dialect, column_keys=list(names))
    constant = _constant(compiled, dialect, names)
    order = tuple(compiled.positiontup or ())
    if order[: len(names)] != tuple(names):
        raise ValueError(f"{names}: the table has {order[: len(names)]}")
    return Putting(
        text=str(compiled), constant=tuple(constant[name] for name in order[len(names) :])
    )


def _all_in_one(dialect: Dialect, statement: Insert, names: Sequence[str]) -> Putting:
    # Takes long to load, and a ledger is on one database.
    from sqlalchemy.dialects.postgresql import JSONB

    # Of JSON that was read once; each cell is then found at once.
    each = func.jsonb_array_elements(cast(bindparam(_ROWS, type_=Text), JSONB))
    rows = each.table_valued(column("cells", JSONB)).render_derived()
    cells = [
        _cell(rows.c.cells, number, statement.table.c[name]) for number, name in enumerate(names)
    ]
    filled = statement.from_select(list(names), select(*cells), include_defaults=False)
    compiled = filled.compile(dialect=dialect)
    return Putting(text=str(compiled), named=_constant(compiled, dialect, (_ROWS,)))


def _cell(cells: Any, number: int, of: Any) -> Any:
    text = cells.op("->>", return_type=Text)(literal_column(str(number)))
    return func.decode(text, "hex") if isinstance(of.type, LargeBinary) else cast(text, of.type)


def _constant(compiled: Any, dialect: Dialect, but: Sequence[str]) -> dict[str, Any]:
    own = compiled.construct_params(dict.fromkeys(but))
    return {
        name: _converter(compiled.binds[name].type, dialect)(value)
        for name, value in own.items()
        if name not in but
    }


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


def next_id(connection: Connection, table: Table) -> int | None:
    """The number that the next row will get, where nobody else can take it meanwhile: SQLite has
    one writer. None on a server."""
    if connection.dialect.name == "postgresql":
        return None
    last = select(table.c.id).order_by(table.c.id.desc()).limit(1)
    return int(connection.execute(last).scalar() or 0) + 1


def _same(value: Any) -> Any:
    return value
