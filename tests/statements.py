"""Every statement about people that is run for a while, as the database got it.

An engine's own event tells each; one that differs from a known one by its values, or by how many
there are in a list, is the same.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

#: Whose lines are no place of their own: they run what others wrote.
_THROUGH = ("store/database", "store/transactions", "store/statements/")
_LIST = re.compile(r"(\?|%\([^)]*\)s(?:::\w+)?)(, (\?|%\([^)]*\)s(?:::\w+)?))+")
_NUMBERED = re.compile(r"_\d+\b")
_KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_ABOUT = re.compile(r"\b(address|contact|delivery)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A statement with one set of its values, and who says it."""

    dialect: str
    text: str
    values: Any
    #: ``people.destinations._after``
    place: str


class Statements:
    """What is about addresses, contacts or deliveries, once a place."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], Seen] = {}

    def _note(
        self, connection: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool
    ) -> None:
        if not _ABOUT.search(text) or not text.startswith(
            ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
        ):
            return
        key = (connection.dialect.name, _LIST.sub("…", _NUMBERED.sub("_", text)))
        if key in self.seen:
            return
        place = _place()
        if place:
            one = values[0] if many and values else values
            self.seen[key] = Seen(dialect=key[0], text=text, values=_plain(one), place=place)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Those of any engine, from here to the end of the block."""
        event.listen(Engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._note)

    def of(self, dialect: str) -> list[Seen]:
        return [one for one in self.seen.values() if one.dialect == dialect]


def _plain(values: Any) -> Any:
    """What another process can be told: JSON is its text."""
    if isinstance(values, Mapping):
        return {name: _value(value) for name, value in values.items()}
    return tuple(map(_value, values))


def _value(value: Any) -> Any:
    inner = getattr(value, "obj", value)
    return inner if inner is value or isinstance(inner, bytes) else json.dumps(inner)


def _place() -> str:
    """The function of the store that says the statement; empty: a test does."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if "/scheduler/store/" in name and not any(one in name for one in _THROUGH):
            if "/migrations/" in name:
                return ""
            home = name.rpartition("/scheduler/store/")[2].removesuffix(".py").replace("/", ".")
            return f"{home}.{frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
