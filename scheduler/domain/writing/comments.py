"""What colleagues say to whoever wrote a text, of the very words that they read."""

from datetime import datetime
from enum import StrEnum

from scheduler.domain.calendar.approval import is_somebody
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: Signs of one.
LONGEST = 1_000
#: Of one text, in a day: it is a desk, and no place to talk.
MOST_A_DAY = 50
#: That a page shows; the ledger keeps the others as long.
SHOWN = 50


class NotSaid(StrEnum):
    """Why a comment isn't kept; its French is in ``words.writing``."""

    #: It has no words.
    EMPTY = "empty"
    #: Nobody gave a name.
    NAMELESS = "nameless"
    #: That text had too many today.
    TOO_MANY = "too-many"


@frozen
class Comment(Dated):
    id: int
    path: str
    #: The print of the text that it is about.
    text: str
    by: str
    said: str
    #: Aware, UTC.
    at: datetime


def words_of(typed: str) -> str:
    """As they are kept: lines stay, signs that no ledger keeps don't."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return lines.strip()[:LONGEST]


def why_not_said(said: str, by: str, today: int) -> NotSaid | None:
    """``today``: how many that text has of these 24 hours."""
    if not is_somebody(by):
        return NotSaid.NAMELESS
    if not said:
        return NotSaid.EMPTY
    return NotSaid.TOO_MANY if today >= MOST_A_DAY else None
