"""Column types that mean the same on SQLite (STRICT) and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, REAL, BigInteger, Dialect, Double, Integer, SmallInteger, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

#: 64 bits on both.
Id = BigInteger().with_variant(Integer(), "sqlite")
#: A number with a fraction, 64 bits on both.
Fraction: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware in Python, milliseconds since 1970 UTC in the database."""

    impl = BigInteger().with_variant(Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return to_milliseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_milliseconds(value)


class Flag(TypeDecorator[bool]):
    """Yes or no; an integer, because STRICT tables know no boolean."""

    impl = SmallInteger().with_variant(Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Word(TypeDecorator[str]):
    """Text; a member of a StrEnum is stored as its value on either database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)


class Json(JSON):
    """JSON that a rule can select on."""


@compiles(Json, "sqlite")
def _json_is_text(_type: Json, _compiler: Any, **_options: Any) -> str:
    return "TEXT"


def to_milliseconds(value: datetime) -> int:
    return round(value.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)
