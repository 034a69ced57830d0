"""DKIM signatures (RFC 6376, RFC 8463), for a relay that doesn't sign itself.

``c=relaxed/simple``: header fields may be folded anew on their way; a body of 7-bit lines, none
longer than 76 octets or ending in a blank, gives no relay a reason to touch it, and is hashed as it
stands.

Signing by an RSA key costs several times what composing a message does, so it is done in threads,
a group ahead of the wire; by Ed25519 alone a thread would cost more than it saves. What comes to a
line unsigned is signed there.
"""

import asyncio
import hashlib
import os
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Literal

from scheduler.channels.smtp.wire import unstuffed, wire_form
from scheduler.domain.message import Message, Spliced
from scheduler.domain.values import frozen

#: Fields that are signed where a message has them: what a reader sees, what a mail program acts on
#: (RFC 8058, section 4 asks for both of List-Unsubscribe), and what says how to read the body.
SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"list-id",
    b"list-help",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"auto-submitted",
    b"feedback-id",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
)
#: Named once more than they occur, so that none can be added (RFC 6376, section 8.15); and what no
#: message of ours has, but a reader would be shown.
_NO_MORE = (*SIGNED, b"sender", b"cc")
_BETWEEN_FIELDS = re.compile(rb"\r\n(?![ \t])")
_NAME = b"DKIM-Signature"
_LINE = 70


@frozen
class SigningKey:
    """A private key, and where its public half is published."""

    kind: Literal["rsa", "ed25519"]
    selector: str
    domain: str
    #: PKCS #8 or PKCS #1, without a passphrase.
    pem: str = field(repr=False)


class Signer:
    """Signs with each of some keys."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        """Raises ValueError for a key that can't sign."""
        self._keys = [(_opening(key), _signing(key)) for key in keys]
        self._is_slow = any(key.kind == "rsa" for key in keys)

    def signed(self, message: Message) -> Message:
        """The same with its signatures on top. One that has them is returned as it is."""
        if is_signed(message):
            return message
        wire = message.body if message.is_wire_form else wire_form(message.body)
        return Spliced(
            [self.signatures(wire if message.is_wire_form else unstuffed(wire)), wire],
            delivery=message.delivery,
            to=message.to,
            sender=message.sender,
            reference=message.reference,
            destination=message.destination,
            group=message.group,
        )

    async def all_signed(self, messages: Sequence[Message]) -> list[Message]:
        """In their order; the loop goes on meanwhile."""
        if not self._is_slow:
            done = []
            for start in range(0, len(messages), _AT_A_TIME):
                done += self._each(messages[start : start + _AT_A_TIME])
                await asyncio.sleep(0)
            return done
        share = -(-len(messages) // _CORES) or 1
        parts = [messages[start : start + share] for start in range(0, len(messages), share)]
        shares = await asyncio.gather(*(asyncio.to_thread(self._each, part) for part in parts))
        return [one for part in shares for one in part]

    def _each(self, messages: Sequence[Message]) -> list[Message]:
        return [self.signed(message) for message in messages]

    def signatures(self, raw: bytes) -> bytes:
        """The header fields for a message with CRLF lines, without doubled dots."""
        head_ends = raw.find(b"\r\n\r\n")
        body = memoryview(raw)[head_ends + 4 : _end_of(raw)]
        digest = hashlib.sha256(body or b"\r\n").digest()
        names, fields = _chosen(raw[:head_ends])
        made = []
        for opening, sign in self._keys:
            start, canonical = _start(opening, names)
            hashed = b64encode(digest)
            signature = sign(b"%b%b%b; b=" % (fields, canonical, hashed))
            made.append(b"%b%b;\r\n\tb=%b\r\n" % (start, hashed, _folded(b64encode(signature))))
        return b"".join(made)


_CORES = os.cpu_count() or 1
#: Messages that are signed before answers are heard.
_AT_A_TIME = 8


def is_signed(message: Message) -> bool:
    """By this module, or at least before it came to a line."""
    start = message.pieces[0] if isinstance(message, Spliced) else message.body
    return start.startswith(_NAME + b":")


def _opening(key: SigningKey) -> bytes:
    where = f"d={key.domain}; s={key.selector};"
    return f"v=1; a={key.kind}-sha256; c=relaxed/simple;\r\n\t{where}".encode("ascii")


def _signing(key: SigningKey) -> Callable[[bytes], bytes]:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256

    from scheduler.config.sections.dkim import private_key

    private = private_key(key.kind, key.pem)
    if isinstance(private, RSAPrivateKey):
        padding, sha256 = PKCS1v15(), SHA256()
        return lambda octets: private.sign(octets, padding, sha256)
    # RFC 8463, section 3: what is signed is the digest.
    return lambda octets: private.sign(hashlib.sha256(octets).digest())


def _end_of(raw: bytes) -> int:
    """Without the empty lines at the end (RFC 6376, 3.4.3)."""
    end = len(raw)
    while raw.endswith(b"\r\n\r\n", 0, end):
        end -= 2
    return end


def _chosen(head: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The names for ``h=``, and their fields in relaxed form, in that order."""
    found: dict[bytes, list[bytes]] = {}
    for one in _BETWEEN_FIELDS.split(head):
        name, relaxed = _relaxed(one)
        found.setdefault(name, []).append(relaxed)
    names, fields = list[bytes](), list[bytes]()
    for name in SIGNED:
        # Of several the last comes first (RFC 6376, 5.4.2).
        for relaxed in reversed(found.get(name, ())):
            names.append(name)
            fields.append(relaxed)
    return (*names, *_NO_MORE), b"".join(fields)


@lru_cache(maxsize=4096)
def _relaxed(field: bytes) -> tuple[bytes, bytes]:
    """Its name, and its relaxed form (RFC 6376, 3.4.2). Most fields are a whole sending's."""
    name, _, value = field.partition(b":")
    name = name.strip().lower()
    return name, b"%b:%b\r\n" % (name, b" ".join(value.split()))


@lru_cache(maxsize=64)
def _start(opening: bytes, names: tuple[bytes, ...]) -> tuple[bytes, bytes]:
    """What stands before the body's digest: as it leaves, and in relaxed form."""
    value = b"%b\r\n\th=%b;\r\n\tbh=" % (opening, _behind_colons(names))
    return b"%b: %b" % (_NAME, value), b"dkim-signature:" + b" ".join(value.split())


def _behind_colons(names: tuple[bytes, ...]) -> bytes:
    lines = [b""]
    for name in names:
        if len(lines[-1]) + len(name) >= _LINE:
            lines.append(b"")
        lines[-1] += name + b":"
    return b"\r\n\t ".join(lines).removesuffix(b":")


def _folded(text: bytes) -> bytes:
    return b"\r\n\t ".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))
