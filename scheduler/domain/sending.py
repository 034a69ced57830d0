"""What the send step works with: a claimed batch, the deliveries in it, and the intents taken."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId, SlotId
from scheduler.domain.instants import Dated
from scheduler.domain.message import AddressKind
from scheduler.domain.readdressing import Readers
from scheduler.domain.values import frozen


@frozen
class Lane:
    """What is sent side by side with the rest: a channel's messages to one group of servers."""

    channel: str
    #: The destination group; empty for everything else.
    destination: str = ""
    #: The groups that have lanes of their own, where this is for everything else.
    apart: tuple[str, ...] = ()
    #: Batches of it that may be worked at once, each over one connection, by all replicas
    #: together; None: as many as there are workers.
    connections: int | None = None

    @property
    def name(self) -> str:
        return f"{self.channel}/{self.destination}" if self.destination else self.channel


class BreakerState(StrEnum):
    """Of a lane's circuit breaker that isn't closed; a closed one has no row."""

    #: Nothing leaves by the lane before a moment.
    OPEN = "open"
    #: One message is being tried.
    HALF_OPEN = "half-open"


@frozen
class Rest(Dated):
    """A circuit breaker that isn't closed."""

    channel: str
    #: Empty: it rests for the whole channel.
    destination: str
    #: Not before (UTC); then one message is tried.
    until: datetime
    failures: int
    reason: str
    #: One message is being tried.
    half_open: bool


@frozen
class OpenSlot(Dated):
    """A planned slot with deliveries that may leave now, as far as the ledger knows."""

    slot_id: SlotId
    audience: str
    place: Place
    not_after: datetime


@frozen
class Claim(Dated):
    """A batch that this worker holds for the time of a lease."""

    slot_id: SlotId
    number: int
    epoch: int
    owner: str
    #: ``campaign/episode/date``, for logs and the outbox.
    occurrence: str
    campaign: str
    episode: str
    channel: str
    #: What an opt-out must cover to stop it; empty for service messages.
    topic: str
    audience: str
    place: Place
    not_after: datetime
    #: The group of servers that all of it goes to; empty: any other.
    destination: str = ""
    #: Whom it is for, as the sender's configuration has it; the ledger knows nothing of it.
    readers: Readers = field(default_factory=Readers)


def trial_claim(
    *, message: str, campaign: str, channel: str, audience: str, place: Place, now: datetime
) -> Claim:
    """Stands for a claim where one message is rendered outside any occurrence."""
    return Claim(
        slot_id=SlotId(0),
        number=0,
        epoch=0,
        owner="",
        occurrence=message,
        campaign=campaign,
        episode=message,
        channel=channel,
        topic="",
        audience=audience,
        place=place,
        not_after=now,
    )


class Due(NamedTuple):
    """A waiting delivery, with what is needed to render it; opened, never logged. A tuple, as all
    that is made for each message: a frozen dataclass takes three times as long."""

    delivery_id: DeliveryId
    contact_id: ContactId
    address_id: AddressId
    content_id: ContentId
    #: Attempts made before this one.
    attempts: int
    to: str
    #: Of the contact's short opt-out link.
    short_token: str
    language: str
    fields: Mapping[str, str]
    #: Where the address came from, while the contact has never got a message; else empty.
    origin: str = ""
    #: It is the organisation's own file (GDPR article 13).
    own_file: bool = False


@frozen
class TrialRecord:
    """What the ledger keeps of a message sent for trial."""

    message: str
    channel: str
    audience: str
    variant: str
    fingerprint: str
    kind: AddressKind
    #: The normalised address; only its keyed digest is kept.
    identity: str
    state: DeliveryState
    reason: str = ""
    #: Who sent it, for the audit log.
    by: str = ""
