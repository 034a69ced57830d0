"""Opt-outs by mail: the tokens that a message to ``desinscription+TOKEN@…`` bears (RFC 2369).

A token may have passed through the recipient's own mail program only, or stand in a subject: all
the places are looked at, and the token itself says whether it is ours.
"""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

#: Where servers and people say whom a message was for.
RECIPIENT_FIELDS = (
    "Delivered-To",
    "X-Original-To",
    "X-Envelope-To",
    "Envelope-To",
    "To",
    "Cc",
)
#: Tokens looked at in one message; real ones have one.
MOST_TOKENS = 20

_PLUS_ADDRESS = re.compile(r"desinscription\+([A-Za-z0-9_-]{9,64})@", re.IGNORECASE)
#: A subject holds words: a token is longer than any.
_IN_SUBJECT = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{40,64}(?![A-Za-z0-9_-])")


def tokens_in(header: bytes) -> tuple[str, ...]:
    """What may be a token in a header, however broken; the likeliest first."""
    message = BytesHeaderParser().parsebytes(header)
    found = dict.fromkeys([*_of_recipients(message), *_of_subject(message)])
    return tuple(found)[:MOST_TOKENS]


def _of_recipients(message: Message) -> Iterator[str]:
    for name in RECIPIENT_FIELDS:
        for value in message.get_all(name, []):
            yield from _PLUS_ADDRESS.findall(str(value))


def _of_subject(message: Message) -> Iterator[str]:
    """Not of an automatic answer: it repeats what was written to it (RFC 3834)."""
    if str(message.get("Auto-Submitted", "no")).strip().lower().startswith("auto-replied"):
        return
    for value in message.get_all("Subject", []):
        yield from _IN_SUBJECT.findall(_decoded(str(value)))


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        return value
