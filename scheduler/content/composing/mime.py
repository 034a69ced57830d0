"""The header fields of an e-mail, as raw bytes.

Written by hand, not by ``email.message``: that one turns a long List-Unsubscribe into encoded
words, which no mail program follows. Everything here is ASCII, and no value can end a line.
"""

import re
import unicodedata
from base64 import encodebytes
from collections.abc import Iterator, Sequence
from email.utils import parseaddr, quote

from scheduler.content.wording import one_line
from scheduler.domain.organisation import File

_WORD_LIMIT = 75
_LINE_LIMIT = 76
_WORD = "=?utf-8?q?{}?="
_Q_LITERAL = re.compile(r"[A-Za-z0-9!*+/-]")
_FOLD = "\r\n "


def entity(file: File) -> bytes:
    """A file as a body part: shown where the page names its id, or attached by its name."""
    shown = f"<{file.content_id}>" if file.content_id else ""
    place = "inline" if shown else "attachment"
    fields = (
        ("Content-Type", file.content_type),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-ID", shown),
        ("Content-Disposition", f'{place}; filename="{file.name}"'),
    )
    head = b"".join(field(name, value) for name, value in fields if value)
    return head + b"\r\n" + encodebytes(file.body).replace(b"\n", b"\r\n")


def multipart(kind: str, key: str, parts: Sequence[bytes]) -> bytes:
    """Body parts as one (RFC 2046); ``key`` stands in none of them, and no boundary begins
    another."""
    boundary = f"=_{kind[0]}{key}"
    opening = f"--{boundary}\r\n".encode()
    head = field("Content-Type", f'multipart/{kind}; boundary="{boundary}"')
    body = b"".join(opening + part + b"\r\n" for part in parts)
    return head + b"\r\n" + body + f"--{boundary}--\r\n".encode()


def field(name: str, value: str) -> bytes:
    """A header field with its CRLF; ``value`` may be folded. ValueError if it isn't a value."""
    inside = value.replace(_FOLD, " ")
    if not inside.isascii() or not inside.isprintable():
        raise ValueError(f"{name} can't be {value!r}")
    return f"{name}: {value}\r\n".encode("ascii")


def phrase(text: str, offset: int) -> str:
    """``text`` for people, as in Subject: short ASCII as it is, else encoded words (RFC 2047).

    ``offset`` counts what stands before it on its first line. Lines stay within 76 octets, words
    within 75, and no character is split over two words.
    """
    text = one_line(text).strip()
    if text.isascii() and len(text) + offset <= _LINE_LIMIT and "=?" not in text:
        return text
    return _FOLD.join(_encoded_words(text, offset))


def mailbox(sender: str, offset: int) -> str:
    """``Name <address>`` or a bare address, fit for a header."""
    name, address = parseaddr(one_line(sender))
    return named(name, address, offset) if name else address


def named(name: str, address: str, offset: int) -> str:
    """``address`` in angle brackets behind its name: quoted when ASCII, else encoded words."""
    name = one_line(name).strip()
    shown = phrase(name, offset)
    if shown == name:
        shown = f'"{quote(name)}"'
    fits = offset + len(shown) + len(address) + 3 <= _LINE_LIMIT
    return f"{shown}{' ' if fits else _FOLD}<{address}>"


def slug(text: str) -> str:
    """``text`` in a-z, 0-9 and hyphens, for the identifiers in headers."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _encoded_words(text: str, offset: int) -> Iterator[str]:
    room = min(_WORD_LIMIT, _LINE_LIMIT - offset) - len(_WORD.format(""))
    word = ""
    for character in text:
        code = _q(character)
        if len(word) + len(code) > room:
            yield _WORD.format(word)
            word, room = "", _WORD_LIMIT - len(_WORD.format(""))
        word += code
    yield _WORD.format(word)


def _q(character: str) -> str:
    if character == " ":
        return "_"
    if _Q_LITERAL.fullmatch(character):
        return character
    return "".join(f"={octet:02X}" for octet in character.encode())
