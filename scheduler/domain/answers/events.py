"""What is learnt of a message after it was handed over, and what that asks of us."""

from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.ids import DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


class EventKind(StrEnum):
    """What a provider says later of one message."""

    #: The provider has it, and nobody else yet.
    QUEUED = "queued"
    #: It left the provider.
    SENT = "sent"
    #: It did not arrive this time, and waits to be tried again. Its detail is the provider's id of
    #: that try, its code ends with the number of it.
    RETRIED = "retried"
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
    #: A filter holds it until its sender has proved to be somebody.
    CHALLENGED = "challenged"


class Consequence(StrEnum):
    """What a provider's code of a message that didn't arrive asks of us."""

    #: To be noted, no more.
    NOTHING = "nothing"
    #: The provider knows an opt-out of this address.
    OPT_OUT = "opt-out"
    #: The address itself is at fault.
    SUPPRESS = "suppress"
    #: A telephone that is off, a full queue: later it may arrive.
    TRY_AGAIN = "try-again"
    #: Nothing is taken for the number's country: no more may leave for it on the channel.
    STOP_COUNTRY = "stop-country"
    #: It is what we send, or how: no more of this campaign may leave on the channel.
    HALT = "halt"
    #: Blocked for this address alone; a person is called where it meets many.
    COUNT_BLOCKED = "count-blocked"


#: Callbacks come twice, late and out of order: a delivery never goes back to a lower rank.
_RANKS = {
    EventKind.QUEUED: 0,
    EventKind.SENT: 1,
    EventKind.CHALLENGED: 1,
    EventKind.RETRIED: 1,
    EventKind.FAILED: 2,
    EventKind.CANCELLED: 2,
    EventKind.BOUNCED: 2,
    EventKind.DELIVERED: 3,
    EventKind.COMPLAINED: 4,
}


#: Nothing more is learnt of the delivery.
FINAL = frozenset({EventKind.FAILED, EventKind.CANCELLED, EventKind.BOUNCED, EventKind.DELIVERED})
#: It didn't arrive: only then the provider's code has a consequence.
UNDELIVERED = frozenset({EventKind.FAILED, EventKind.BOUNCED})
#: It arrived, whatever was said of it before.
ARRIVED = frozenset({EventKind.DELIVERED, EventKind.COMPLAINED})

#: How long after its first, and after its second, a message that didn't arrive is tried again.
TRY_AGAIN_AFTER = (timedelta(minutes=10), timedelta(minutes=30))


@frozen
class Event(Dated):
    """One thing learnt of one delivery."""

    #: None: only the provider's id of the message is known.
    delivery_id: DeliveryId | None
    provider_id: str
    kind: EventKind
    #: The provider's own, if it gave one.
    code: str
    #: The provider's own word.
    detail: str
    #: When we learnt it (UTC).
    at: datetime
    consequence: Consequence = Consequence.NOTHING


def outranking(kind: EventKind) -> frozenset[EventKind]:
    """The kinds after which this one says nothing new."""
    return frozenset(other for other, rank in _RANKS.items() if rank > _RANKS[kind])
