"""A message taken apart within limits: of any size, depth or brokenness, in the same short time.

The standard library's parser follows a message as deep as it goes; a report is never deep, and its
sender may be anybody.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as field_of
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from itertools import islice

from scheduler.domain.values import frozen

#: Octets of a message that are read, of its header, and of one part's text.
LARGEST = 512 << 10
LARGEST_HEADER = 64 << 10
LARGEST_TEXT = 64 << 10
#: Multiparts within multiparts, and parts in all.
DEEPEST = 6
MOST_PARTS = 40
#: Letters of one field that are read.
LONGEST_FIELD = 2000
#: Codecs of host names, which take a long text ill.
_NOT_FOR_TEXT = frozenset({"idna", "punycode"})


@frozen
class Part:
    """A leaf of the message, or a message within it (which is not taken apart)."""

    content_type: str
    header: Message
    #: Decoded, with plain line ends.
    text: str


def header_and_parts(
    raw: bytes, *, longest_header: int = LARGEST_HEADER, longest_text: int = LARGEST_TEXT
) -> tuple[Message, list[Part]]:
    """The header, and what the message holds, in its order. Never raises."""
    taking = _Taking(longest_header=longest_header, longest_text=longest_text)
    header, body = taking.split(_plain(raw[:LARGEST]))
    taking.walk(header, body, 0)
    return header, taking.parts


def field(header: Message, name: str) -> str:
    """A field in plain text; empty where there is none."""
    value = str(header.get(name, ""))[:LONGEST_FIELD]
    try:
        if not value.isascii():
            return value.encode("latin-1").decode()
        return str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        return value


@dataclass(kw_only=True, slots=True)
class _Taking:
    """A message that is being taken apart."""

    longest_header: int
    longest_text: int
    parts: list[Part] = field_of(default_factory=list)

    def walk(self, header: Message, body: str, depth: int) -> None:
        kind = header.get_content_type().lower()
        if kind.startswith("multipart/") and depth < DEEPEST:
            boundary = _boundary(header)
            inner = list(_inner(body, boundary)) if boundary else []
            for one in inner:
                if len(self.parts) < MOST_PARTS:
                    self.walk(*self.split(one), depth + 1)
            if inner:
                return
            # Without its boundary it is a text, as far as it goes.
            kind = "text/plain"
        text = _decoded(header, body[: 2 * self.longest_text])[: self.longest_text]
        self.parts.append(Part(content_type=kind, header=header, text=text))

    def split(self, text: str) -> tuple[Message, str]:
        """Header and body; a text without a header is all body."""
        if text.startswith("\n"):
            return Message(), text[1:]
        head, _, body = text.partition("\n\n")
        return HeaderParser().parsestr(head[: self.longest_header]), body


def _boundary(header: Message) -> str:
    try:
        return str(header.get_boundary() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _inner(body: str, boundary: str) -> Iterator[str]:
    """What stands between the lines of a boundary; the last one may lack its end."""
    mark = re.compile(rf"^--{re.escape(boundary)}(--)?[ \t]*$", re.MULTILINE)
    start: int | None = None
    for line in islice(mark.finditer(body), MOST_PARTS + 1):
        if start is not None:
            yield body[start : line.start()]
        start = line.end() + 1
        if line[1]:
            return
    if start is not None:
        yield body[start:]


def _plain(raw: bytes) -> str:
    """Each octet one letter, so that nothing is lost before the charset is known."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1")


def _decoded(header: Message, body: str) -> str:
    octets = body.encode("latin-1", "replace")
    encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        octets = _of_base64(octets)
    elif encoding == "quoted-printable":
        octets = quopri.decodestring(octets)
    for charset in (_charset(header), "utf-8"):
        try:
            return octets.decode(charset).replace("\r\n", "\n")
        except (ValueError, LookupError):
            continue
    return octets.decode("latin-1").replace("\r\n", "\n")


def _of_base64(octets: bytes) -> bytes:
    letters = b"".join(octets.split())
    try:
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    except binascii.Error:
        return octets


def _charset(header: Message) -> str:
    try:
        charset = str(header.get_content_charset() or "utf-8")
    except (ValueError, LookupError, TypeError):
        return "utf-8"
    return "utf-8" if charset in _NOT_FOR_TEXT else charset
