"""A condition that PostgreSQL looks up for each row that a statement names.

An EXISTS that stands by itself becomes a join, and how that is made is chosen by the cost of the
whole statement: ways that differ by less than one part in a hundred are equal to it. Of an intent
most of that cost, as it reckons, is for the refusals of a table that was never counted; so, up to
some ten thousand people, it read all contacts and all addresses for each row of a group, which took
a second. In a CASE the EXISTS stays a question of the row, with its own cost and its own index.
SQLite asks for each row by itself.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import operators
from sqlalchemy.sql.functions import FunctionElement


class _OfEachRow(FunctionElement[bool]):
    """One condition."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """A condition as it stands, on SQLite too."""
        return self


@compiles(_OfEachRow, "sqlite")
def _as_it_is(element: _OfEachRow, compiler: Any, **options: Any) -> str:
    (condition,) = element.clauses
    return str(compiler.process(condition, **options))


@compiles(_OfEachRow, "postgresql")
def _in_case(element: _OfEachRow, compiler: Any, **options: Any) -> str:
    (condition,) = element.clauses
    return f"CASE WHEN {compiler.process(condition, **options)} THEN TRUE ELSE FALSE END"


def of_each_row(*conditions: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Each of these, to be asked of the rows that the rest of a statement finds."""
    # They stand beside others: an « or » keeps its brackets where nothing is put around it.
    return [_OfEachRow(one.self_group(against=operators.and_)) for one in conditions]
