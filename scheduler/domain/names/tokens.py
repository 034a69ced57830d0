"""What the opaque tokens in links and headers stand for."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from scheduler.domain.ids import AddressId, ContactId, DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: The short link of trials and rehearsals: opens the page, changes nothing. It has a letter that
#: no real token has.
TEST_SHORT_TOKEN = "ESSAI000"  # noqa: S105 - leads nowhere, on purpose

#: Of a word that is typed from a wall: neither 0, o, 1, l nor i.
TWIN_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def typable(octets: bytes) -> str:
    """Eight letters and digits, none of which is taken for another."""
    return "".join(TWIN_LETTERS[octet % len(TWIN_LETTERS)] for octet in octets[:8])


class TwinTokens(Protocol):
    """Makes the words in posters' addresses."""

    def twin(self, message: str, audience: str, variant: str) -> list[str]:
        """By each key, newest first."""


@frozen
class OptOutToken:
    """The address that can opt out, and the contact whose language the page speaks."""

    address_id: AddressId
    contact_id: ContactId
    #: From a preview, a rehearsal or a trial: opens the page and changes nothing.
    test: bool = False


@frozen
class DeliveryToken:
    """The delivery a provider speaks of."""

    delivery_id: DeliveryId


@frozen
class FormToken(Dated):
    """A form of ours as it was shown: of which page, when, and a number that makes it one form."""

    page: str
    made_at: datetime
    #: Eight octets of chance.
    nonce: bytes


class MessageTokens(NamedTuple):
    """Those of one message."""

    optout: str
    bounce: str
    delivery: str


class Tokens(Protocol):
    """Makes and opens tokens; opening anything else gives None, in the same time."""

    def of_messages(
        self, rows: Sequence[tuple[DeliveryId, AddressId, ContactId]], *, test: bool
    ) -> list[MessageTokens]:
        """What ``optout``, ``bounce`` and ``delivery`` make for each: much sooner for many."""
        ...

    def optout(self, token: OptOutToken) -> str: ...

    def open_optout(self, text: str) -> OptOutToken | None: ...

    def subscription(self, request: int) -> str: ...

    def open_subscription(self, text: str) -> int | None: ...

    def bounce(self, delivery: DeliveryId) -> str: ...

    def open_bounce(self, text: str) -> DeliveryToken | None: ...

    def delivery(self, delivery: DeliveryId) -> str: ...

    def open_delivery(self, text: str) -> DeliveryToken | None: ...
