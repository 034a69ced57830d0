"""An e-mail composed once, with holes for what changes from one recipient to the next.

Until then each hole is a mark in the text: ASCII letters and digits that no step between
Markdown and MIME touches. The marks are made from the content's fingerprint, so a text can't
hold one by accident or on purpose.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scheduler.content import mime, quoted

#: The hole of the recipient's own opt-out page; no contact field can have this name.
OPTOUT = "@optout"


class Marks:
    """The marks of a message: one for each contact field, and one for the opt-out address."""

    def __init__(self, fingerprint: str, field_names: Sequence[str], public_url: str) -> None:
        key = f"q{fingerprint[:8]}x"
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


def build(marks: Marks, head: bytes, boundary: str, text: str, html: str) -> Skeleton:
    """The skeleton of a multipart/alternative message, its text part first.

    ``head`` holds the header fields, with their own holes already.
    """
    parts = (("text", "plain", marks.split(text)), ("html", "html", marks.split(html)))
    body = b"".join(_part(boundary, *part) for part in parts)
    kind = f'multipart/alternative; boundary="{boundary}"'
    return Skeleton(
        wire=head
        + mime.field("Content-Type", kind)
        + b"\r\n"
        + body
        + f"--{boundary}--\r\n".encode(),
        html=_filled_later(marks.split(html)),
        text=_filled_later(marks.split(text)),
        names=tuple(sorted({*marks.found(text), *marks.found(html)})),
    )


def wire_values(values: Mapping[str, str]) -> dict[bytes, bytes]:
    """``values`` for the holes of both parts, escaped and encoded."""
    holes: dict[bytes, bytes] = {}
    for name, value in values.items():
        escaped = escape(value)
        text = quoted.encode(value)
        holes[b"text:" + name.encode()] = text
        holes[b"html:" + name.encode()] = text if escaped == value else quoted.encode(escaped)
    return holes


def _part(boundary: str, kind: str, subtype: str, pieces: Sequence[str]) -> bytes:
    encoded = [
        quoted.encode(piece).replace(b"%", b"%%")
        if number % 2 == 0
        else quoted.SOFT + f"%({kind}:{piece})b".encode() + quoted.SOFT
        for number, piece in enumerate(pieces)
    ]
    head = mime.field("Content-Type", f"text/{subtype}; charset=utf-8") + mime.field(
        "Content-Transfer-Encoding", "quoted-printable"
    )
    return b"--" + boundary.encode() + b"\r\n" + head + b"\r\n" + b"".join(encoded) + b"\r\n"


def _filled_later(pieces: Sequence[str]) -> str:
    return "".join(
        piece.replace("%", "%%") if number % 2 == 0 else f"%({piece})s"
        for number, piece in enumerate(pieces)
    )
