"""Two people for one sending: who asked for which exact texts, and who allowed it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.errors import NotFound
from scheduler.domain.instants import Dated
from scheduler.domain.names.typed_names import folded
from scheduler.domain.values import frozen


class NotAllowed(NotFound):
    """What somebody asked for isn't allowed by this person, or not as it is now."""

    def __init__(self, why: "Why", words: str) -> None:
        super().__init__(words)
        self.why = why


class Why(StrEnum):
    """Why an approval isn't taken."""

    #: Nothing waits, or it was asked for anew or allowed meanwhile.
    GONE = "gone"
    #: Whoever asked can't allow it too.
    SAME_PERSON = "same-person"
    #: The texts aren't those that were asked for.
    CHANGED = "changed"


@frozen
class Approval(Dated):
    #: Folder path under templates/.
    message: str
    occurrence: Occurrence
    #: Digest of every text with its values: an edit makes another, and voids this.
    fingerprint: str
    audiences: Sequence[str]
    asked_by: str
    #: Aware, UTC.
    asked_at: datetime
    #: Empty: nobody yet.
    approved_by: str = ""
    approved_at: datetime | None = None

    def allows(self, fingerprint: str) -> bool:
        """Whether these very texts may leave."""
        return bool(self.approved_by) and self.fingerprint == fingerprint


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one, however they are typed. A name proves nothing more than that."""
    return _plain(one) == _plain(other)


def is_somebody(name: str) -> bool:
    """Whether a name names anybody: blanks and signs alone don't."""
    return bool(_plain(name))


def _plain(name: str) -> str:
    return "".join(letter for letter in folded(name) if letter.isalnum())
