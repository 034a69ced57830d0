"""A message, rendered and ready to hand over, and the classes of messages."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from scheduler.domain.values import frozen


class MessageClass(StrEnum):
    """What a message is in law: it drives consent, hours and footer (domain rules)."""

    SERVICE = "service"
    AWARENESS = "awareness"
    PROMOTIONAL_EVENT = "promotional-event"


class OnWeb(StrEnum):
    """Where the web version of a message may be found."""

    #: Nothing is said: by whom it is for, and its class (``published.showing``).
    UNSAID = ""
    #: On the list of what was sent, with its text.
    LISTED = "listed"
    #: By its own address alone.
    UNLISTED = "unlisted"
    #: Nowhere.
    NONE = "none"


class AddressKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


@frozen
class Message:
    """Rendered for one recipient. ``body`` is what crosses the wire.

    For e-mail ``body`` is the whole RFC 5322 message (CRLF, 7-bit clean); for SMS it is the text
    in UTF-8, opt-out suffix included.
    """

    delivery: int
    #: The address or E.164 number to hand over to.
    to: str
    #: The envelope sender (e-mail) or the sender shown (SMS).
    sender: str
    body: bytes
    #: Opaque and stable over all attempts: the local part of the Message-ID, and the token of
    #: the status callback.
    reference: str
    #: How long the provider may still try (SMS: seconds left in the window).
    validity: timedelta | None = None
    #: Billed parts, for SMS.
    segments: int = 0
    #: The group of servers it goes to; empty: any other.
    destination: str = ""
    #: E-mail whose composer has shown that it is what SMTP carries: 7-bit lines that end in CRLF,
    #: none with a leading dot. Any other is looked through before it leaves.
    is_wire_form: bool = False
    #: What it is alike with: its occurrence, audience, channel and language.
    group: str = ""


class Spliced(Message):
    """An e-mail in its wire form, in pieces: most are its text's, shared by all who get it.

    ``body`` puts them together at each call. What hands over some thousands at once asks for the
    pieces, and puts them together once, where they leave.
    """

    __slots__ = ("pieces",)
    pieces: Sequence[bytes]

    def __init__(
        self,
        pieces: Sequence[bytes],
        *,
        delivery: int,
        to: str,
        sender: str,
        reference: str,
        destination: str,
        group: str,
    ) -> None:
        put = object.__setattr__
        put(self, "pieces", pieces)
        put(self, "delivery", delivery)
        put(self, "to", to)
        put(self, "sender", sender)
        put(self, "reference", reference)
        put(self, "destination", destination)
        put(self, "group", group)
        put(self, "validity", None)
        put(self, "segments", 0)
        put(self, "is_wire_form", True)

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)


def variants_for(language: str, easy_to_read: bool) -> list[str]:
    """The variants that suit a reader, the best first; French stands in for any language."""
    endings = ("-falc", "") if easy_to_read else ("",)
    return [spoken + ending for spoken in dict.fromkeys((language, "fr")) for ending in endings]
