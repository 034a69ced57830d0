"""What is learnt of a message after it was handed over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What a provider says later of one message."""

    #: The provider has it, and nobody else yet.
    QUEUED = "queued"
    #: It left the provider.
    SENT = "sent"
    #: The provider gave up.
    FAILED = "failed"
    #: The provider was told not to send it.
    CANCELLED = "cancelled"
    #: The far end refused it, or never took it.
    BOUNCED = "bounced"
    #: It reached the person's mailbox or telephone.
    DELIVERED = "delivered"
    #: Its reader called it spam.
    COMPLAINED = "complained"


#: Callbacks come twice, late and out of order: a delivery never goes back to a lower rank.
_RANKS = {
    EventKind.QUEUED: 0,
    EventKind.SENT: 1,
    EventKind.FAILED: 2,
    EventKind.CANCELLED: 2,
    EventKind.BOUNCED: 2,
    EventKind.DELIVERED: 3,
    EventKind.COMPLAINED: 4,
}


#: Nothing more is learnt of the delivery.
FINAL = frozenset({EventKind.FAILED, EventKind.CANCELLED, EventKind.BOUNCED, EventKind.DELIVERED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing learnt of one delivery."""

    #: None: only the provider's id of the message is known.
    delivery: int | None
    provider_id: str
    kind: EventKind
    #: The provider's own, if it gave one.
    code: str
    #: The provider's own word.
    detail: str
    #: When we learnt it (UTC).
    at: datetime


def outranking(kind: EventKind) -> frozenset[EventKind]:
    """The kinds after which this one says nothing new."""
    return frozenset(other for other, rank in _RANKS.items() if rank > _RANKS[kind])
