"""A reading by three: a few people say of each paragraph whether it is clear, and whether it made
them smile. No name is asked; with three of them whoever wrote may guess, and that is said first.

It is no review of easy-to-read texts by people concerned, and never of a service text.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: Readers of one; each ends once.
READERS = 3
#: Of these at least, or what is shown would be one person's.
FEWEST = 2
#: How many days one may last.
DAYS = (3, 7, 14)
#: Open at once, of all texts.
MOST_OPEN = 20
#: Paragraphs of one, and signs of all of them together.
MOST_PARAGRAPHS = 60
LONGEST = 20_000
#: Between a message and what the program adds below it.
_FOOT = re.compile(r"^-{20,}$", re.MULTILINE)
_RULE = re.compile(r"[=-]{3,}")
_MARKED = re.compile(r"(?P<kind>clear|smile)-(?P<place>[0-9]{1,3})")


class NoTrio(StrEnum):
    """Why a text isn't given to three readers; its French is in ``words.writing``."""

    #: It is of a message about somebody's own affairs.
    SERVICE = "service"
    #: It has no words that readers see by themselves, or can't be composed.
    UNREADABLE = "unreadable"
    #: It has too many.
    TOO_LONG = "too-long"
    #: Too many are open.
    TOO_MANY = "too-many"
    #: It is still being read by the program.
    NOT_YET = "not-yet"


@frozen
class Marks:
    """What readers said of one paragraph."""

    clear: int = 0
    unclear: int = 0
    smile: int = 0


@frozen
class Mark:
    """What one reader says of one paragraph; None: nothing."""

    clear: bool | None = None
    smile: bool = False


@frozen
class Trio(Dated):
    id: int
    path: str
    #: The print of the text that is read.
    text: str
    paragraphs: Sequence[str]
    by: str
    made_at: datetime
    ends_at: datetime
    #: Readers who have ended.
    ended: int
    #: By paragraph; to be shown once it is over.
    marks: Sequence[Marks] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may still say something."""
        return self.ended < READERS and now < self.ends_at

    def is_shown(self, now: datetime) -> bool:
        return not self.is_open(now) and self.ended >= FEWEST


def paragraphs_of(text: str) -> list[str]:
    """Of a message as plain text: without what the program adds below it, a paragraph a line."""
    body = _FOOT.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
    found = []
    for block in re.split(r"\n\s*\n", body):
        lines = [line.strip() for line in block.split("\n")]
        words = " ".join(line for line in lines if line and not _RULE.fullmatch(line))
        if words:
            found.append(words)
    return found


def why_none(paragraphs: Sequence[str]) -> NoTrio | None:
    if not paragraphs:
        return NoTrio.UNREADABLE
    too_long = sum(map(len, paragraphs)) > LONGEST or len(paragraphs) > MOST_PARAGRAPHS
    return NoTrio.TOO_LONG if too_long else None


def marks_of(form: Mapping[str, str], paragraphs: int) -> list[Mark]:
    """What a form says, by paragraph; what it says of others is nothing."""
    found = [Mark() for _ in range(paragraphs)]
    for name, value in form.items():
        part = _MARKED.fullmatch(name)
        if part is None or int(part["place"]) >= paragraphs:
            continue
        place = int(part["place"])
        old = found[place]
        if part["kind"] == "smile":
            found[place] = Mark(clear=old.clear, smile=value == "on")
        elif value in ("yes", "no"):
            found[place] = Mark(clear=value == "yes", smile=old.smile)
    return found


def ending(days: int, now: datetime) -> datetime:
    """Raises ValueError for another length than ``DAYS``."""
    if days not in DAYS:
        raise ValueError(days)
    return now + timedelta(days=days)
