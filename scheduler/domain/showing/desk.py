"""What the desk shows: figures by place, and, for invented people only, what each one received."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import Fault
from scheduler.domain.ids import ContactId, DeliveryId, OccurrenceId, SlotId
from scheduler.domain.instants import Dated
from scheduler.domain.planning import SlotKey
from scheduler.domain.values import frozen

#: Contacts on one page of the outbox.
PEOPLE_ON_A_PAGE = 100


@frozen
class Alarm(Dated):
    """Something that needs a person."""

    kind: str
    #: A channel, or an occurrence's printed id.
    subject: str
    detail: str
    #: UTC.
    raised_at: datetime


@frozen
class Reach:
    """How many members of an audience live in a place, and can be written to there today."""

    audience: str
    place: Place
    members: int
    #: By channel: they have an address, have not opted out of every topic, and, where the basis
    #: is consent, agreed.
    reachable: Mapping[str, int]


@frozen
class SlotFacts(Dated):
    """A slot that has its mark in the ledger."""

    slot_id: SlotId
    occurrence_id: OccurrenceId
    key: SlotKey
    #: UTC.
    due_at: datetime
    #: In French, for people.
    reason: str
    missed: bool
    #: UTC.
    not_after: datetime
    planned_at: datetime


@frozen
class Tally:
    """How many deliveries of a slot share a state and a reason."""

    slot: SlotId
    state: DeliveryState
    reason: str
    rows: int
    #: Of what is sent: what was learnt later.
    arrival: Arrival | None = None


@frozen
class SlotView(Dated):
    """One part of an occurrence: an audience on a channel in a place."""

    channel: str
    audience: Audience
    place: Place
    #: Local time, aware; None: it never comes due (``reason`` says why).
    due: datetime | None
    reason: str
    #: Members who could be written to today; what counts until the slot is planned.
    reachable: int = 0
    planned: bool = False
    missed: bool = False
    tallies: Sequence[Tally] = ()

    def count(self, *states: DeliveryState) -> int:
        """Deliveries in these states; all of them when none is named."""
        return sum(one.rows for one in self.tallies if not states or one.state in states)


@frozen
class OccurrenceView:
    """One occurrence of the calendar, with its slots."""

    #: campaign/episode/nominal date.
    id: str
    campaign: str
    episode: str
    #: On the national calendar, before any shift.
    date: date
    #: The message's path under templates/; empty when the calendar knows it no more.
    message: str
    title: str
    state: OccurrenceState
    reason: str
    slots: Sequence[SlotView]
    #: It waits, and can't leave by itself any more.
    past: bool = False

    @property
    def planned(self) -> bool:
        """Its texts are settled: an edit of their files no longer counts."""
        return any(slot.planned for slot in self.slots)

    @property
    def first_due(self) -> datetime | None:
        """When its first slot comes due, in that place's time; until then an edit counts."""
        return min((slot.due for slot in self.slots if slot.due), default=None)


@frozen
class Reader:
    """Somebody to show a preview for; by default nobody real."""

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    email: str = "prenom.nom@example.org"
    #: From the range reserved for fiction.
    phone: str = "+33639980000"
    #: Where their address came from, for somebody whose first message it is.
    origin: str = ""
    place: Place = field(default_factory=lambda: Place(zone="Europe/Paris", territory="FR"))


@frozen
class Attachment:
    """A part of an e-mail beside its text and its HTML."""

    #: Its file name; empty when it has none.
    name: str
    #: Its MIME type.
    kind: str
    #: Empty for what is no text.
    text: str


@frozen
class EmailView:
    """An e-mail, read as a mail program reads it."""

    subject: str
    #: With the pictures that it carries in their place.
    html: str
    text: str
    #: Name and decoded value, in the message's order.
    headers: Sequence[tuple[str, str]]
    attachments: Sequence[Attachment] = ()


@frozen
class SmsView:
    """An SMS, counted as it is billed."""

    body: str
    encoding: str
    units: int
    segments: int
    #: The characters that cost: outside GSM-7, each once.
    costly: Sequence[str]


@frozen
class Preview:
    """What one reader would get, and from which file it is made."""

    #: Path of the text under templates/.
    source: str
    variant: str
    #: Exactly what would be handed over, but for the tokens.
    body: bytes
    view: EmailView | SmsView
    #: What mail programs show beside an e-mail's subject.
    preheader: str = ""


@frozen
class PersonLine:
    """A contact of the outbox, and how many messages they got, by channel."""

    contact: ContactId
    audience: str
    #: Empty when the source gives none.
    name: str
    email: str
    phone: str
    sent: Mapping[str, int]


@frozen
class DeliveryLine(Dated):
    """One row of a contact: a message, or why there is none."""

    delivery: DeliveryId
    #: Printed id of its occurrence.
    occurrence: str
    channel: str
    state: DeliveryState
    reason: str
    #: When it left; for one that didn't, when its slot came due (UTC).
    at: datetime
    zone: str
    #: Where the outbox keeps it; empty when it was counted only.
    provider_id: str
    #: Title of its message, from the text that was kept.
    title: str


@frozen
class TextView:
    """One text of a message: who gets it, and what is wrong with it."""

    channel: str
    #: Labels of the audiences it is for.
    audiences: Sequence[str]
    variant: str
    #: Under templates/.
    path: str
    fault: Fault | None = None


@frozen
class MessageView:
    """A message of the calendar, as the list shows it."""

    path: str
    title: str
    texts: Sequence[TextView] = ()
    #: The folder itself can't be read.
    fault: Fault | None = None

    @property
    def is_ready(self) -> bool:
        return bool(self.texts) and not self.fault and not any(one.fault for one in self.texts)
