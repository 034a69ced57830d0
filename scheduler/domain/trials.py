"""Messages that colleagues send to themselves from the desk, to look at them before others do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum, auto

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.instants import Dated
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import normalise_email, normalise_phone
from scheduler.domain.values import frozen

#: Begins the subject, so that nobody takes it for the message itself.
MARK = "[Essai] "
#: Trials of any kind that the ledger may hold of the latest hour before the desk sends another.
MOST = 20
WITHIN = timedelta(hours=1)
#: How long the form that one was asked by is remembered: longer than any form stays open.
FORM_REMEMBERED = timedelta(days=1)
#: Trials of a message that its page tells.
SHOWN = 5


@frozen
class TrialNote(Dated):
    """A trial that was sent, as far as it is told: never to whom."""

    #: UTC.
    at: datetime
    channel: str
    #: Name of the audience whose text it was.
    audience: str
    variant: str
    state: DeliveryState
    #: The provider's code where it wasn't taken.
    reason: str


class Begun(Enum):
    """What became of a form that asks for a trial."""

    #: It is sent for the first time: the trial may be handed over.
    NOW = auto()
    #: It was sent before, to whichever replica.
    BEFORE = auto()
    #: There were so many within the hour; the form is good for later.
    TOO_MANY = auto()


def too_many(of_late: int) -> bool:
    """Whether one more would be too much, beside those of the latest hour."""
    return of_late >= MOST


def own_address(typed: str) -> tuple[AddressKind, str]:
    """What somebody is noted to have of their own: its kind, and how it is written to. Raises
    AddressRefused."""
    text = typed.strip()
    if "@" in text:
        return AddressKind.EMAIL, normalise_email(text).send_to
    return AddressKind.PHONE, normalise_phone(text, "FR")


def fit_for(addresses: Iterable[str], *, email: bool) -> list[str]:
    """Those of ``trials.to`` that a channel can write to."""
    return [one for one in addresses if ("@" in one) == email]
