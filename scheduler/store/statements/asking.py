"""A statement that is compiled once, for what is asked for each group and read row by row.

SQLAlchemy keeps what it compiled, but works out its key, its values and its lists at each call:
half a millisecond for a long statement, which is more than the database takes for a small group.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect

from scheduler.domain.values import frozen


@frozen
class Asking:
    """A statement that was compiled once, for the driver's own values; gives the driver's own
    rows."""

    text: str
    #: What is told at each call, and what is the statement's own, in the driver's order.
    names: tuple[str, ...]
    order: tuple[str, ...]
    own: dict[str, Any]

    def __call__(self, connection: Connection, *told: Any) -> Sequence[Any]:
        return connection.exec_driver_sql(self.text, self._given(told)).all()

    def does(self, connection: Connection, *told: Any) -> None:
        """The same of one that gives no rows."""
        connection.exec_driver_sql(self.text, self._given(told))

    def _given(self, told: Sequence[Any]) -> Any:
        values = self.own | dict(zip(self.names, told, strict=True))
        return tuple([values[name] for name in self.order]) if self.order else values


def asking(dialect: Dialect, statement: ClauseElement, names: Sequence[str]) -> Asking:
    """``statement``, told the values of these parameters; its own are texts and numbers."""
    # Lists of values are written out now: they are the statement's own.
    compiled: Any = statement.compile(dialect=dialect)
    whole = compiled.construct_expanded_state(dict.fromkeys(names))
    # A time, a path in JSON: as the driver takes it.
    as_driven = {**compiled._bind_processors, **whole.processors}
    own = {
        name: _plain(as_driven[name](value) if name in as_driven else value)
        for name, value in whole.parameters.items()
        if name not in names
    }
    order = tuple(whole.positiontup or ())
    return Asking(text=whole.statement, names=tuple(names), order=order, own=own)


def _plain(value: Any) -> Any:
    """A word as every driver takes it."""
    return str(value) if isinstance(value, str) else value
