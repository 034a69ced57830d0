"""Somebody asks to be written to, and confirms it from their own mailbox (double opt-in)."""

from datetime import timedelta

from scheduler.domain.ids import AddressId, DeliveryId
from scheduler.domain.people.addresses import Email
from scheduler.domain.values import frozen

#: How long a confirmation link holds. What isn't confirmed by then is forgotten.
VALID = timedelta(days=7)
#: At most one confirmation message to an address in this time…
EVERY = timedelta(days=1)
#: …and so many in all before the requests are forgotten: no form may be used to pester somebody.
MOST = 3
#: How a proof says that it was given here.
HOW = "web form"
#: Confirmation messages are counted above every delivery of a real ledger, and below a trial's.
_FIRST = 1 << 61
_LAST = (1 << 62) - 1


def message_of(request: int) -> DeliveryId:
    """The number of its confirmation message, in the place of a delivery's."""
    return DeliveryId(_FIRST + request)


def request_of(message: int) -> int | None:
    """The request that a message confirms; None for a delivery's number, or a trial's."""
    return message - _FIRST if _FIRST <= message <= _LAST else None


@frozen
class Subscription:
    """What somebody asked for."""

    audience: str
    email: Email
    #: ``fr``, ``en``, or with ``-falc`` for easy-to-read texts.
    variant: str
    #: The exact words agreed to, and their version.
    wording: str
    version: str


@frozen
class Unconfirmed:
    """A request whose confirmation message is to be sent; opened, never logged."""

    request: int
    address: AddressId
    to: str
    variant: str
