"""An e-mail composed once, with holes for what changes from one recipient to the next.

Until then each hole is a mark in the text: ASCII letters and digits that no step between
Markdown and MIME touches. The marks are made from the content's fingerprint, so a text can't
hold one by accident or on purpose.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scheduler.content.composing import mime, quoted
from scheduler.domain.organisation import File

#: The hole of the recipient's own opt-out page; no contact field can have this name.
OPTOUT = "@optout"


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Skeleton:
    """For the ``%`` operator: holes are ``%(name)s`` in the texts, ``%(kind:name)b`` in bytes."""

    wire: bytes
    html: str
    text: str
    #: Contact fields that it has holes for.
    names: tuple[str, ...]


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
    return Skeleton(
        wire=_proved(head + body),
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


def wire_values(values: Mapping[str, str]) -> dict[bytes, bytes]:
    """``values`` for the holes of both parts, escaped and encoded."""
    holes: dict[bytes, bytes] = {}
    for name, value in values.items():
        escaped = escape(value)
        text = quoted.encode(value)
        holes[b"text:" + name.encode()] = text
        holes[b"html:" + name.encode()] = text if escaped == value else quoted.encode(escaped)
    return holes


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
