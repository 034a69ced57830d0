"""What the send step works with: a claimed batch, the deliveries in it, and the intents taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.campaigns import Place
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.message import AddressKind


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSlot:
    """A planned slot with deliveries that may leave now, as far as the ledger knows."""

    slot: int
    place: Place
    not_after: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A batch that this worker holds for the time of a lease."""

    slot: int
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


def trial_claim(
    *, message: str, campaign: str, channel: str, audience: str, place: Place, now: datetime
) -> Claim:
    """Stands for a claim where one message is rendered outside any occurrence."""
    return Claim(
        slot=0,
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A waiting delivery, with what is needed to render it; opened, never logged."""

    delivery: int
    contact: int
    address: int
    content: int
    #: Attempts made before this one.
    attempts: int
    to: str
    #: Of the contact's short opt-out link.
    short_token: str
    language: str
    fields: Mapping[str, str]
    #: Where the address came from, while the contact has never got a message; else empty.
    origin: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
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
