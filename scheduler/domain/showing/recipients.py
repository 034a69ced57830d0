"""Who an occurrence's message reached, and whom it didn't: then somebody writes a letter."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scheduler.domain.answers.events import EventKind
from scheduler.domain.channels import channel_label
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.instants import Dated
from scheduler.domain.people.person import ContactCard
from scheduler.domain.values import frozen
from scheduler.domain.words import reasons as reason_words

#: What is learnt later of a message that was accepted and didn't arrive.
CAME_BACK = (EventKind.FAILED, EventKind.BOUNCED, EventKind.CANCELLED, EventKind.CHALLENGED)
#: Nobody knows yet.
_TO_COME = (DeliveryState.WAITING, DeliveryState.SENDING)


@frozen
class Recipient(Dated):
    """What became of one person's message on one channel."""

    contact: ContactId
    channel: str
    state: DeliveryState
    reason: str
    #: UTC.
    at: datetime
    #: Where it went, or would have; 0: nowhere.
    address: AddressId
    #: It was accepted, and came back later.
    came_back: bool


@frozen
class Unreached:
    """Somebody whom nothing reached, on any channel."""

    contact: ContactId
    #: In French, a clause a channel.
    why: str


@frozen
class Reach:
    reached: int
    unreached: Sequence[Unreached]
    #: Something of theirs may still leave.
    to_come: int


@frozen
class PersonsMessage:
    """A recipient, opened."""

    row: Recipient
    #: None: erased since.
    card: ContactCard | None
    #: Where it went, in clear; empty: nowhere, or erased since.
    to: str


def reach(rows: Iterable[Recipient]) -> Reach:
    """Somebody is reached by one message that was accepted and didn't come back, their own or
    that of whoever shares their address."""
    people: dict[ContactId, list[Recipient]] = {}
    for row in rows:
        people.setdefault(row.contact, []).append(row)
    served = {
        (row.channel, row.address)
        for mine in people.values()
        for row in mine
        if _arrived(row) and row.address
    }
    reached, to_come, lost = 0, 0, []
    for contact, mine in people.items():
        if any(_arrived(row) or _shares(row, served) for row in mine):
            reached += 1
        elif any(row.state in _TO_COME for row in mine):
            to_come += 1
        else:
            lost.append(Unreached(contact=contact, why=" ; ".join(why(row) for row in mine)))
    return Reach(reached=reached, unreached=lost, to_come=to_come)


def why(row: Recipient) -> str:
    """``courriel : adresse ou numéro refusé auparavant``."""
    return f"{channel_label(row.channel)} : {_fate(row)}"


def _arrived(row: Recipient) -> bool:
    return row.state is DeliveryState.SENT and not row.came_back


def _shares(row: Recipient, served: set[tuple[str, AddressId]]) -> bool:
    duplicate = row.state is DeliveryState.LEFT_OUT and row.reason == LeftOut.DUPLICATE
    return duplicate and (row.channel, row.address) in served


def _fate(row: Recipient) -> str:
    match row.state:
        case DeliveryState.SENT if row.came_back:
            return "parti, puis revenu sans être remis"
        case DeliveryState.LEFT_OUT:
            return reason_words.sentence(row.reason)
        case DeliveryState.FAILED:
            return f"échec ({row.reason})" if row.reason else "échec"
        case DeliveryState.UNCERTAIN:
            return "peut-être parti, sans preuve"
        case DeliveryState.CANCELLED:
            return "annulé avant le départ"
        case DeliveryState.SENT:
            return "envoyé"
        case _:
            return "en attente"
