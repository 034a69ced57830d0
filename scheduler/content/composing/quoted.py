"""Quoted-printable (RFC 2045), made so that a value can be put in later without reading the rest.

A part is a run of pieces and holes. Each hole stands alone between two soft line breaks, so what
is around it never depends on what fills it. No line starts with ``.`` (SMTP would double it) or
``F`` (mbox would quote "From "), and none is longer than 76 octets.
"""

import re

SOFT = b"=\r\n"
#: Octets on a line, the ``=`` of its soft break left out.
_ROOM = 75
_LITERAL = frozenset(b"\t " + bytes(range(33, 127))) - frozenset(b"=")
_TOKENS = tuple(bytes([octet]) if octet in _LITERAL else b"=%02X" % octet for octet in range(256))
_FIRST = {ord("."): b"=2E", ord("F"): b"=46"}
#: Text in which at most the first character of a line needs encoding: worth a short way.
_AS_IS = re.compile(r"\A[A-Za-z0-9 :/?&;,#%'()_.+@~-]*(?<! )")
#: So much of it leaves room for that first character.
_SLICE = _ROOM - 2


def encode(text: str) -> bytes:
    """``text`` as quoted-printable; its line ends (LF) become CRLF.

    It may stand between two soft breaks: its first line is complete in itself, and its last has
    room for the ``=`` of the break that follows.
    """
    if _AS_IS.fullmatch(text):
        octets = text.encode("ascii")
        slices = (octets[at : at + _SLICE] for at in range(0, len(octets), _SLICE))
        return SOFT.join(
            _FIRST[part[0]] + part[1:] if part[0] in _FIRST else part for part in slices
        )
    return b"\r\n".join(_line(line.encode()) for line in text.split("\n"))


def _line(octets: bytes) -> bytes:
    """One line of text as one or more lines of at most ``_ROOM`` octets, soft breaks between."""
    coded = b"".join(map(_TOKENS.__getitem__, octets))
    lines: list[bytes] = []
    at = 0
    while True:
        first = _FIRST.get(coded[at]) if at < len(coded) else None
        room = _ROOM if first is None else _ROOM - 2
        end = _whole(coded, at + room)
        line = coded[at:end] if first is None else first + coded[at + 1 : end]
        at = end
        if at == len(coded):
            break
        lines.append(line)
    if line.endswith((b" ", b"\t")):
        line = _protected(line)
    return SOFT.join((*lines, line))


def _whole(coded: bytes, end: int) -> int:
    """The last place up to ``end`` that is in the midst of no ``=XX``."""
    if end >= len(coded):
        return len(coded)
    cut = coded.rfind(b"=", end - 2, end)
    return end if cut < 0 else cut


def _protected(line: bytes) -> bytes:
    """``line`` with its last space encoded, for a space at the end of a line may be dropped."""
    return line[:-1] + (SOFT if len(line) + 2 > _ROOM else b"") + b"=%02X" % line[-1]
