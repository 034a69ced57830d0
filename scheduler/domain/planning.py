"""What the plan step works with: one slot to plan, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import ContentId, OccurrenceId, SlotId
from scheduler.domain.instants import Dated
from scheduler.domain.measure.caps import CapLimit, Coming
from scheduler.domain.message import AddressKind
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.values import frozen

#: What is told of an occurrence that was to leave and whose time is over.
PAST = "past"


@frozen
class OccurrenceRow:
    """An occurrence as the ledger has it."""

    occurrence_id: OccurrenceId
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
        return printed_id(self.campaign, self.episode, self.season, self.date)


def standing(row: OccurrenceRow, today: date) -> str:
    """Its state as people are told: what was to leave on a day that is over doesn't wait."""
    over = row.state is OccurrenceState.SCHEDULED and not row.forced
    return PAST if over and row.date < today - timedelta(days=1) else row.state.value


@frozen
class PlaceRow(Dated):
    """Where members of an audience live, and since when the ledger knows one there (UTC)."""

    place: Place
    since: datetime
    people: int


@frozen
class SlotKey:
    """What makes a slot unique in its occurrence."""

    channel: str
    audience: str
    place: Place


@frozen
class SlotRow(Dated):
    """A slot as the ledger has it."""

    slot_id: SlotId
    occurrence_id: OccurrenceId
    key: SlotKey
    due_at: datetime
    not_after: datetime
    planned_at: datetime
    missed: bool
    #: Some of its people have no row yet: whoever looks next goes on.
    planning: bool = False


@frozen
class ContentText:
    """A text to keep: which readers get it, what it is."""

    variant: str
    fingerprint: str
    source: str
    #: (language, easy_to_read) of the contacts who get this variant.
    readers: Sequence[tuple[str, bool]]


@frozen
class HeldText:
    """A text that can't be sent as it is: its readers wait until it is mended, the others don't.

    Whatever finds a text at fault holds its readers so: they are known by audience, channel and
    variant, and the reason is what a person is told.
    """

    channel: str
    audience: str
    variant: str
    #: In French.
    reason: str
    #: (language, easy_to_read) of those who wait for it, as far as that was asked.
    readers: Sequence[tuple[str, bool]] = ()
    #: They were served, or left out for good.
    over: bool = False


class Unserved(StrEnum):
    """What becomes of those whose text is held, when their slot is planned."""

    #: There are none.
    NOBODY = "nobody"
    #: They get no row yet.
    WAIT = "wait"
    #: Their time is over: they are left out, with that reason.
    END = "end"


@frozen
class ShelfText:
    """A text of another of the occurrence's slots, kept with the first that is planned."""

    channel: str
    audience: str
    text: ContentText


@frozen
class KeptText:
    """A text that an occurrence has, in its latest revision."""

    content_id: ContentId
    channel: str
    audience: str
    variant: str
    #: 0: as first planned.
    revision: int
    fingerprint: str


@frozen
class Refreshed:
    """What taking new texts came to."""

    #: Texts that are new.
    texts: int
    #: Deliveries that will get one of them.
    waiting: int
    #: Deliveries of the occurrence that had left before.
    served: int


@frozen
class Awaited:
    """Slots of an audience that are still to be planned: its people at an address go before others.

    Should one of them get nothing after all, those who gave way take their place.
    """

    audience: Audience
    places: tuple[Place, ...]
    #: Of one and the same audience, whoever was known earlier goes before.
    earlier: bool = False


@frozen
class GaveWay:
    """Those of an audience, in an occurrence and on a channel, who were left out as duplicates."""

    #: The occurrence's row.
    occurrence_id: OccurrenceId
    channel: str
    address_kind: AddressKind
    audience: Audience
    #: Whom they may give way to still.
    awaited: Sequence[Awaited]
    #: As in ``SlotPlan``.
    owed: bool = False
    list: int | None = None


@frozen
class SlotPlan(Dated):
    """Everything one planning transaction needs."""

    occurrence: OccurrenceRow
    #: The occurrence's topic; empty for service messages, which no topic opt-out covers.
    topic: str
    key: SlotKey
    #: Which of a contact's addresses the channel needs.
    address_kind: AddressKind
    audience: Audience
    #: The slots of this occurrence, on this channel, that are still to be planned and go before.
    awaited: Sequence[Awaited]
    due_at: datetime
    not_after: datetime
    reason: str
    contents: Sequence[ContentText]
    #: Texts that can't be sent as they are, of this slot and of the others.
    held: Sequence[HeldText] = ()
    #: Those who read them.
    unserved: Unserved = Unserved.NOBODY
    #: The slot is planned already: whoever of its members has no row yet gets one.
    top_up: bool = False
    #: Texts of its other slots: from now on an edit of their files changes nothing either.
    shelf: Sequence[ShelfText] = ()
    #: Whoever one of these catches has had enough for now.
    caps: Sequence[CapLimit] = ()
    #: What is about to come, in turn: the caps count it.
    coming: Sequence[Coming] = ()
    #: The law demands that they are told: that is the ground, and nobody's consent is asked.
    owed: bool = False
    #: It is an SMS beside an e-mail: who never got anything gets the e-mail first.
    email_first: bool = False
    #: Its day is not allowed and it may not move: everyone is left out, visibly.
    no_window: bool = False
    #: The provider reaches the real world: numbers reserved for fiction are left out.
    real_world: bool = False
    #: By hand: contacts imported since the due time are served too.
    forced: bool = False
    #: It says what became of an event: only who had an invitation or a reminder of it gets it.
    invited_only: bool = False
    #: The list that it goes to; None: to the audience.
    list: int | None = None
    #: It is counted, not planned: ``awaited`` names whoever goes before, whichever slot is planned
    #: first, and no text is kept yet.
    foreseen: bool = False


@frozen
class PlanCount:
    """What planning one slot came to."""

    slot_id: SlotId
    waiting: int
    left_out: int
