"""What the plan step works with: one slot to plan, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.domain.campaigns import Audience, Place
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.message import AddressKind


@dataclass(frozen=True, kw_only=True, slots=True)
class OccurrenceRow:
    """An occurrence as the ledger has it."""

    row: int
    campaign: str
    episode: str
    season: str
    date: date
    state: OccurrenceState
    reason: str = ""
    #: Audiences brought forward by hand, and since when (UTC).
    forced: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.campaign}/{self.episode}/{self.date.isoformat()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRow:
    """Where members of an audience live, and since when the ledger knows one there (UTC)."""

    place: Place
    since: datetime
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotKey:
    """What makes a slot unique in its occurrence."""

    channel: str
    audience: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotRow:
    """A slot as the ledger has it."""

    row: int
    occurrence: int
    key: SlotKey
    due_at: datetime
    not_after: datetime
    planned_at: datetime
    missed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentText:
    """A text to keep: which readers get it, what it is."""

    variant: str
    fingerprint: str
    source: str
    #: (language, easy_to_read) of the contacts who get this variant.
    readers: Sequence[tuple[str, bool]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotPlan:
    """Everything one planning transaction needs."""

    occurrence: OccurrenceRow
    #: The occurrence's topic; empty for service messages, which no topic opt-out covers.
    topic: str
    key: SlotKey
    #: Which of a contact's addresses the channel needs.
    address_kind: AddressKind
    audience: Audience
    #: The audiences of this occurrence that come before this one in config's order.
    stronger: Sequence[Audience]
    due_at: datetime
    not_after: datetime
    reason: str
    contents: Sequence[ContentText]
    #: Its day is not allowed and it may not move: everyone is left out, visibly.
    no_window: bool = False
    #: The provider reaches the real world: numbers reserved for fiction are left out.
    real_world: bool = False
    #: By hand: contacts imported since the due time are served too.
    forced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCount:
    """What planning one slot came to."""

    slot: int
    waiting: int
    left_out: int
