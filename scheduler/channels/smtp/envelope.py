"""A message on its way over a line: its commands, its octets, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.channels.smtp.dkim import Signer
from scheduler.channels.smtp.replies import Phase
from scheduler.channels.smtp.wire import check_envelope, wire_form
from scheduler.domain.errors import HandOverError, Permanent
from scheduler.domain.message import Message, Spliced

#: A command, and the octets that say it.
Command = tuple[Phase, bytes]


@dataclass(slots=True)
class Parcel:
    """Of one carrier."""

    message: Message
    #: In its wire form, without the final dot: in pieces, put together where they leave.
    text: Sequence[bytes]
    #: Octets of these.
    size: int
    #: Commands not said yet, where each waits for the answer to the one before.
    left: list[Command] = field(default_factory=list)
    #: Why it was refused, before its 354.
    error: HandOverError | None = None
    #: When its envelope was said, then when its dot was (the loop's time).
    since: float = 0.0
    #: Its envelope was said before the answer to the message before it.
    rode: bool = False
    #: A RSET comes before its envelope, and isn't answered.
    reset: bool = False
    #: Its dot was given to the connection, as the octet after so many (None: nobody counts).
    is_out: bool = False
    dot_at: int | None = None


def pack(message: Message, extensions: Mapping[str, str], signer: Signer | None = None) -> Parcel:
    """Raises Permanent for what can't be said in SMTP, or is larger than the relay takes."""
    check_envelope(message.sender, message.to)
    if signer is not None:
        message = signer.signed(message)
    if isinstance(message, Spliced):
        text = message.pieces
    else:
        text = [message.body if message.is_wire_form else wire_form(message.body)]
    parcel = Parcel(message, text, sum(map(len, text)))
    check_size(parcel, extensions)
    return parcel


def check_size(parcel: Parcel, extensions: Mapping[str, str]) -> None:
    """Raises Permanent for one that is larger than the relay takes."""
    limit, size = extensions.get("size", ""), parcel.size
    if limit.isdecimal() and 0 < int(limit) < size:
        raise Permanent("size", f"{size} octets; the relay takes {limit} (RFC 1870)")


def all_commands(parcel: Parcel, extensions: Mapping[str, str]) -> bytes:
    """What ``commands_of`` says, at once."""
    size = f" SIZE={parcel.size}" if "size" in extensions else ""
    message = parcel.message
    said = f"MAIL FROM:<{message.sender}>{size}\r\nRCPT TO:<{message.to}>\r\nDATA\r\n"
    return said.encode("ascii")


def commands_of(parcel: Parcel, extensions: Mapping[str, str]) -> list[Command]:
    size = f" SIZE={parcel.size}" if "size" in extensions else ""
    message = parcel.message
    return [
        (Phase.MAIL, f"MAIL FROM:<{message.sender}>{size}\r\n".encode("ascii")),
        (Phase.RCPT, f"RCPT TO:<{message.to}>\r\n".encode("ascii")),
        (Phase.DATA, b"DATA\r\n"),
    ]
