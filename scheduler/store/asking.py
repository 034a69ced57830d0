"""A SELECT that is compiled once, for what is asked for each group and read row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A SELECT that was compiled once, for the driver's own values; gives the driver's own rows."""

    text: str
    #: What is told at each call, and what is the statement's own, in the driver's order.
    names: tuple[str, ...]
    order: tuple[str, ...]
    own: dict[str, Any]

    def __call__(self, connection: Connection, *told: Any) -> Sequence[Any]:
        values = self.own | dict(zip(self.names, told, strict=True))
        given: Any = tuple([values[name] for name in self.order]) if self.order else values
        return connection.exec_driver_sql(self.text, given).all()


def asking(dialect: Dialect, statement: Select[Any], names: Sequence[str]) -> Asking:
    """``statement``, told the values of these parameters; its own are texts and numbers."""
    # Lists of values are written out now: they are the statement's own.
    whole = statement.compile(dialect=dialect).construct_expanded_state(dict.fromkeys(names))
    own = {name: _plain(value) for name, value in whole.parameters.items() if name not in names}
    order = tuple(whole.positiontup or ())
    return Asking(text=whole.statement, names=tuple(names), order=order, own=own)


def _plain(value: Any) -> Any:
    """A word as every driver takes it."""
    return str(value) if isinstance(value, str) else value
