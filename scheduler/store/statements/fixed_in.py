"""``IN`` of a statement that runs for every slot, group or delivery.

SQLAlchemy's own ``in_`` writes its statement anew each time that it runs, for its list may have
another length: of the large ones that was a tenth of what they cost. Here the list is a part of
the statement, as its columns are.
"""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, literal, literal_column

_WORD = re.compile(r"[a-z][a-z0-9-]*")


def in_words(column: Any, words: Collection[str]) -> ColumnElement[bool]:
    """It holds one of these words of our own vocabularies, which the database reads as they are."""
    if not all(_WORD.fullmatch(one) for one in words):
        raise ValueError("no words of ours: bind them")
    found: ColumnElement[bool] = column.in_([literal_column(f"'{one}'") for one in words])
    return found


def in_values(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """It holds one of these, each of which is bound: the same statement whatever they are."""
    found: ColumnElement[bool] = column.in_([literal(one, column.type) for one in values])
    return found
