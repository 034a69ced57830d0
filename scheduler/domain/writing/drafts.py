"""Drafts: what somebody writes and nobody reads yet, until it is published, or proposed first."""

from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.calendar.approval import is_same_person, is_somebody
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen
from scheduler.domain.writing.edits import fingerprint

#: After so long without a save nobody is said to be writing.
WRITING_FOR = timedelta(hours=12)
#: Signs of a reason, or of what is said with a proposal.
LONGEST_WORDS = 1_000


class DraftState(StrEnum):
    """How far a draft is; its French is in ``words.writing``."""

    #: Its author works on it.
    WRITTEN = "written"
    #: Its author asks a second person for this very text.
    PROPOSED = "proposed"
    #: A second person has said no, and why.
    REFUSED = "refused"


class NotTaken(StrEnum):
    """Why a second person's word on a proposal isn't taken; French in ``words.writing``."""

    #: Nothing is proposed there any more: it was decided, or its author writes on.
    GONE = "gone"
    #: It isn't the text that they read.
    CHANGED = "changed"
    #: Whoever wrote it can't be the second person.
    SAME_PERSON = "same-person"
    #: Nobody gave a name.
    NAMELESS = "nameless"
    #: A refusal says why.
    NO_REASON = "no-reason"


@frozen
class Draft(Dated):
    """What somebody writes of one text."""

    id: int
    path: str
    #: The account that writes it; empty: of a desk that knows nobody by name.
    owner: str
    content: str
    #: The number of the edit that it is written over, and the print of what stood then.
    over: int
    seen: str
    #: Saved so many times: whoever saves says after which.
    version: int
    state: DraftState
    begun_at: datetime
    saved_at: datetime
    #: Whoever proposed it, and what they say with it.
    by: str = ""
    note: str = ""
    #: Whoever refused it, and why.
    decided_by: str = ""
    reason: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.content)

    def is_being_written(self, now: datetime) -> bool:
        return self.state is not DraftState.PROPOSED and now < self.saved_at + WRITING_FOR


def why_not(draft: Draft | None, read: str, by: str) -> NotTaken | None:
    """Why ``by`` can't decide on what they ``read`` (its print); None: they can."""
    if draft is None or draft.state is not DraftState.PROPOSED:
        return NotTaken.GONE
    if draft.fingerprint != read:
        return NotTaken.CHANGED
    if not is_somebody(by):
        return NotTaken.NAMELESS
    wrote = (draft.by, draft.owner)
    if any(is_somebody(one) and is_same_person(one, by) for one in wrote):
        return NotTaken.SAME_PERSON
    return None
