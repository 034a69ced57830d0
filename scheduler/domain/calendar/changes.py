"""Changes of the calendar: what was decided on the desk, over what config.yaml says.

Each is about one thing (``subject``): an event, its dates, whether a campaign is on, or one
occurrence's hour, day or skipping. The latest decision of a subject stands over config.yaml, until
it is taken back.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: What a change says, or config.yaml said: names and words as JSON has them.
Says = Mapping[str, Any]


class ChangeKind(StrEnum):
    """What is decided, in a word; ``words.changes`` says it in French."""

    #: A dated event was added, from a kit.
    EVENT_CREATED = "event-created"
    #: An event has another date, hour, place or link.
    EVENT_MOVED = "event-moved"
    #: Nothing more of an event leaves by itself.
    EVENT_CANCELLED = "event-cancelled"
    #: One occurrence leaves at another hour.
    HOUR_CHANGED = "hour-changed"
    #: One occurrence doesn't leave.
    SKIPPED = "skipped"
    #: One occurrence leaves on an earlier day.
    BROUGHT_FORWARD = "brought-forward"
    #: A campaign is on.
    ENABLED = "enabled"
    #: A campaign is off.
    DISABLED = "disabled"


class Facet(StrEnum):
    """What of a campaign, or of one occurrence, a change is about."""

    #: All of it: it is in no file.
    EVENT = "event"
    #: When and where an event of config.yaml is.
    DATES = "dates"
    CANCELLED = "cancelled"
    ENABLED = "enabled"
    HOUR = "hour"
    SKIP = "skip"
    DAY = "day"


FACETS: Mapping[ChangeKind, Sequence[Facet]] = {
    ChangeKind.EVENT_CREATED: (Facet.EVENT,),
    # An event that was made here keeps all that it says in one place.
    ChangeKind.EVENT_MOVED: (Facet.DATES, Facet.EVENT),
    ChangeKind.EVENT_CANCELLED: (Facet.CANCELLED,),
    ChangeKind.HOUR_CHANGED: (Facet.HOUR,),
    ChangeKind.SKIPPED: (Facet.SKIP,),
    ChangeKind.BROUGHT_FORWARD: (Facet.DAY,),
    ChangeKind.ENABLED: (Facet.ENABLED,),
    ChangeKind.DISABLED: (Facet.ENABLED,),
}
#: Those of one occurrence: they name its episode and its season.
OF_OCCURRENCE = frozenset({Facet.HOUR, Facet.SKIP, Facet.DAY})


@frozen
class Change:
    """What is to stand over config.yaml."""

    kind: ChangeKind
    facet: Facet
    campaign: str
    episode: str = ""
    season: str = ""
    #: None: what was decided is taken back, and config.yaml stands again.
    says: Says | None

    @property
    def subject(self) -> str:
        """What it is about: of two changes of one subject the later one stands."""
        where = [self.campaign]
        if self.facet in OF_OCCURRENCE:
            where += [self.episode, self.season or "-"]
        return "/".join([*where, self.facet])

    @property
    def print(self) -> str:
        """Digest of all that it says."""
        told = [self.kind, self.subject, self.says]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@frozen
class Decision(Dated):
    """A change as somebody decided it."""

    #: The how-manieth of all: whoever decides says after which.
    number: int
    change: Change
    #: What config.yaml said of it then; None: nothing.
    base: Says | None
    asked_by: str
    #: The second person, or whoever asked where none is needed.
    decided_by: str
    #: Aware, UTC.
    at: datetime


def latest(decisions: Sequence[Decision]) -> list[Decision]:
    """Of each subject the last, those that take something back too, in their order."""
    found = {one.change.subject: one for one in sorted(decisions, key=lambda one: one.number)}
    return sorted(found.values(), key=lambda one: one.number)


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that stand, in the order in which they were decided."""
    return [one for one in latest(decisions) if one.change.says is not None]


class Stand(StrEnum):
    """How a change stands to what config.yaml says by now."""

    #: Over it, and it is as it was.
    OVER = "over"
    #: config.yaml says the same by now: the change may be taken back.
    IN_FILE = "in-file"
    #: config.yaml was edited under it: a person says which of the two stands.
    BEHIND = "behind"
    #: What it is about is gone from config.yaml: it does nothing.
    GONE = "gone"
    #: It can't be used as things are: it does nothing.
    UNFIT = "unfit"


#: What asks for a person, while it is still to come.
_TO_DECIDE = frozenset({Stand.BEHIND, Stand.GONE, Stand.UNFIT})


@frozen
class Laid:
    """A decision over the configuration of now."""

    decision: Decision
    stand: Stand
    #: What config.yaml says of it now; None: nothing.
    file: Says | None
    #: Why it does nothing, in words; empty: it does.
    why: str = ""
    #: The last day of what it is about; None: it has none.
    until: date | None = None

    def asks(self, today: date) -> bool:
        """Whether a person says which of the two stands: of what is over nobody is asked."""
        return self.stand in _TO_DECIDE and (self.until is None or today <= self.until)
