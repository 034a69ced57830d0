"""A list of row numbers as one bound value, in a statement that is made once for every database.

A list of five hundred parameters is written out, compiled and parsed anew for each group, which
takes longer than looking the rows up. ``many.among`` does the same for a list that is known when
the statement is made.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Numbers(TypeDecorator[Collection[int]]):
    """Whole numbers, as each database reads a list of them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str | None:
        return None if value is None else as_told(dialect, value)


def as_told(dialect: Dialect, numbers: Collection[int]) -> str:
    """The list as the driver takes it, for a statement that is told the driver's own values."""
    if dialect.name == "postgresql":
        return f"{{{','.join(map(str, numbers))}}}"
    return json.dumps(list(numbers))


class _IsOneOf(FunctionElement[bool]):
    """A column of numbers, and the list that its value must be in."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """A condition as it stands: compared with 1, as SQLite has its Booleans, it would be asked
        of every row instead of naming the rows."""
        return self


@compiles(_IsOneOf, "sqlite")
def _in_json(element: _IsOneOf, compiler: Any, **options: Any) -> str:
    column, numbers = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - compiled parts, no values


@compiles(_IsOneOf, "postgresql")
def _in_array(element: _IsOneOf, compiler: Any, **options: Any) -> str:
    column, numbers = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY(CAST({numbers} AS bigint[]))"


def is_one_of(column: ColumnElement[int], parameter: str) -> ColumnElement[bool]:
    """``column`` is one of the numbers that the statement gets under this name."""
    return _IsOneOf(column, bindparam(parameter, type_=Numbers))
