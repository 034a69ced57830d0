"""A value in the ledger compared as people mean it: a segment that one file writes « Direction »
and the next « DIRECTION » is one.

The same folding as ``domain.names.typed_names``, in the statement itself; SQLite has it as a
function of the connection.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from scheduler.domain.names.typed_names import APOSTROPHES, DASHES, folded

#: The name of the function on SQLite.
NAME = "reflexe_folded"
#: Signs that stand beside their letter, or have no width.
_MARKS = "[\\u0300-\\u036f\\u200b-\\u200f\\u2060\\ufeff\\u00ad]"


class Folded(FunctionElement[str]):
    """A text column without what nobody means by it."""

    type = Text()
    inherit_cache = True
    name = NAME


def fold(column: ColumnElement[Any]) -> Folded:
    return Folded(column)


@lru_cache(maxsize=4096)
def fold_value(value: str | None) -> str | None:
    """What a SQLite connection is given under ``NAME``."""
    return None if value is None else folded(value)


@compiles(Folded, "sqlite")
def _sqlite(element: Folded, compiler: Any, **kwargs: Any) -> str:
    return f"{NAME}({compiler.process(element.clauses, **kwargs)})"


@compiles(Folded, "postgresql")
def _postgresql(element: Folded, compiler: Any, **kwargs: Any) -> str:
    value = compiler.process(element.clauses, **kwargs)
    signs = "-" * len(DASHES) + "''" * len(APOSTROPHES)
    plain = f"translate({value}, '{DASHES}{APOSTROPHES}', '{signs}')"
    letters = f"lower(normalize({plain}, NFKD))"
    bare = f"regexp_replace({letters}, '{_MARKS}', '', 'g')"
    return f"btrim(regexp_replace({bare}, '[\\s-]+', '-', 'g'), '-')"
