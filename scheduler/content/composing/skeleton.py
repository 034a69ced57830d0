"""An e-mail composed once, with holes for what changes from one recipient to the next.

Until then each hole is a mark in the text: ASCII letters and digits that no step between
Markdown and MIME touches. The marks are made from the content's fingerprint, so a text can't
hold one by accident or on purpose.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from scheduler.content.composing import mime, quoted
from scheduler.domain.organisation import File
from scheduler.domain.values import frozen

#: The hole of the recipient's own opt-out page; no contact field can have this name.
OPTOUT = "@optout"
#: Of a message's octets: a hole, or a per cent sign of the text.
_HOLE = re.compile(rb"%%|%\(([^)]*)\)b")


class Marks:
    """The marks of a message: one for each contact field, and one for the opt-out address."""

    def __init__(self, fingerprint: str, field_names: Sequence[str], public_url: str) -> None:
        key = f"q{fingerprint[:8]}x"
        #: Also what tells this message's boundaries from any text.
        self.key = fingerprint[:24]
        self.of = {name: f"{key}{number:03d}" for number, name in enumerate(field_names)}
        self.optout_url = f"{public_url}/{key}optout"
        self._names = {mark: name for name, mark in self.of.items()} | {self.optout_url: OPTOUT}
        #: Matches the contact fields' marks only.
        self.slot = re.compile(rf"{key}[0-9]{{3}}")
        self._any = re.compile(rf"({re.escape(self.optout_url)}|{key}[0-9]{{3}})")

    def found(self, text: str) -> list[str]:
        """The contact fields in ``text``, once for each place, sorted."""
        return sorted(self._names[mark] for mark in self.slot.findall(text))

    def split(self, text: str) -> list[str]:
        """Text, hole's name, text, …: the odd items are names."""
        parts = self._any.split(text)
        parts[1::2] = [self._names[mark] for mark in parts[1::2]]
        return parts


@frozen
class Skeleton:
    """For the ``%`` operator: holes are ``%(name)s`` in the texts, ``%(kind:name)b`` in bytes."""

    wire: bytes
    #: The same cut at its holes; what stands in for each of these is nothing.
    pieces: tuple[bytes, ...]
    #: Where each hole is among them, and its name.
    holes: tuple[tuple[int, bytes], ...]
    html: str
    text: str
    #: Contact fields that it has holes for.
    names: tuple[str, ...]

    def splice(self, values: Mapping[bytes, bytes]) -> list[bytes]:
        """The pieces of ``wire % values``. They are put together where they are needed: most are
        the same for everybody, and stay where they are."""
        pieces = list(self.pieces)
        for place, name in self.holes:
            pieces[place] = values[name]
        return pieces


def build(
    marks: Marks,
    head: bytes,
    text: str,
    html: str,
    *,
    pictures: Sequence[File] = (),
    files: Sequence[File] = (),
) -> Skeleton:
    """The skeleton of a message whose text and HTML say the same, the text first.

    ``head`` holds the header fields, with their own holes already. ``pictures`` are those the
    HTML shows (RFC 2392), ``files`` are attached.
    """
    page = _part("html", "html", marks.split(html))
    if pictures:
        shown = [page, *(mime.entity(picture) for picture in pictures)]
        page = mime.multipart("related", marks.key, shown)
    body = mime.multipart(
        "alternative", marks.key, [_part("text", "plain", marks.split(text)), page]
    )
    if files:
        body = mime.multipart("mixed", marks.key, [body, *(mime.entity(file) for file in files)])
    wire = _proved(head + body)
    pieces, holes = _cut(wire)
    return Skeleton(
        wire=wire,
        pieces=pieces,
        holes=holes,
        html=_filled_later(marks.split(html)),
        text=_filled_later(marks.split(text)),
        names=tuple(sorted({*marks.found(text), *marks.found(html)})),
    )


def _proved(wire: bytes) -> bytes:
    """Once, what SMTP asks of every message made from it: 7-bit lines that end in CRLF, none with a
    leading dot. What fills a hole is quoted here, and keeps it."""
    lines = wire.count(b"\r\n")
    is_clean = wire.isascii() and b"\0" not in wire and wire.endswith(b"\r\n")
    if not is_clean or not wire.count(b"\r") == lines == wire.count(b"\n"):
        raise ValueError("a composed message isn't 7-bit lines")
    if wire.startswith(b".") or b"\n." in wire:
        raise ValueError("a line of a composed message begins with a dot")
    return wire


def _cut(wire: bytes) -> tuple[tuple[bytes, ...], tuple[tuple[int, bytes], ...]]:
    """Pieces, with nothing in each hole's place; and where the holes are."""
    pieces, holes, text, at = list[bytes](), list[tuple[int, bytes]](), b"", 0
    for found in _HOLE.finditer(wire):
        text += wire[at : found.start()]
        at = found.end()
        if (name := found[1]) is None:
            text += b"%"
            continue
        pieces += (text, b"")
        holes.append((len(pieces) - 1, name))
        text = b""
    return (*pieces, text + wire[at:]), tuple(holes)


def wire_values(values: Mapping[str, str]) -> dict[bytes, bytes]:
    """``values`` for the holes of both parts, escaped and encoded."""
    holes: dict[bytes, bytes] = {}
    for name, value in values.items():
        for_text, for_html = _names_of(name)
        holes[for_text], holes[for_html] = _in_both(value)
    return holes


def link_values(url: str) -> dict[bytes, bytes]:
    """The same of the recipient's own page, which nobody else has."""
    for_text, for_html = _names_of(OPTOUT)
    text, html = _encoded(url)
    return {for_text: text, for_html: html}


@lru_cache(maxsize=256)
def _names_of(name: str) -> tuple[bytes, bytes]:
    """A hole's in the text, and in the page."""
    return b"text:" + name.encode(), b"html:" + name.encode()


def _encoded(value: str) -> tuple[bytes, bytes]:
    """For the text, and for the page."""
    escaped, text = escape(value), quoted.encode(value)
    return text, text if escaped == value else quoted.encode(escaped)


#: First names, places and services are many people's.
_in_both = lru_cache(maxsize=16_384)(_encoded)


def _part(kind: str, subtype: str, pieces: Sequence[str]) -> bytes:
    encoded = [
        quoted.encode(piece).replace(b"%", b"%%")
        if number % 2 == 0
        else quoted.SOFT + f"%({kind}:{piece})b".encode() + quoted.SOFT
        for number, piece in enumerate(pieces)
    ]
    head = mime.field("Content-Type", f"text/{subtype}; charset=utf-8") + mime.field(
        "Content-Transfer-Encoding", "quoted-printable"
    )
    return head + b"\r\n" + b"".join(encoded)


def _filled_later(pieces: Sequence[str]) -> str:
    return "".join(
        piece.replace("%", "%%") if number % 2 == 0 else f"%({piece})s"
        for number, piece in enumerate(pieces)
    )
