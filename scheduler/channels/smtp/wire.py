"""What may go over the wire: addresses and bodies, checked before the first byte."""

import re

from scheduler.domain.errors import Permanent

#: RFC 5321 ``Dot-string "@" Domain``, in ASCII. No quoted local part: nothing that could end the
#: command's angle brackets, or its line, gets any further than here.
_ADDRESS = re.compile(r"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


def check_envelope(sender: str, recipient: str) -> None:
    """Raises Permanent when one of the two can't stand in an SMTP command.

    The sender may be empty: the null return path.
    """
    if sender and not _ADDRESS.fullmatch(sender):
        raise Permanent("sender", "the envelope sender can't be used in SMTP")
    if not recipient.isascii():
        # Not a bad address: only one that needs SMTPUTF8, which few relays speak.
        raise Permanent("address", "the address isn't ASCII")
    if not _ADDRESS.fullmatch(recipient):
        raise Permanent("address", "the address can't be used in SMTP", bad_address=True)


def wire_form(body: bytes) -> bytes:
    """The message as it follows DATA, without the final dot.

    Doubles leading dots (RFC 5321 4.5.2). Raises Permanent for a body that isn't 7-bit clean or
    has a bare CR or LF: relays disagree on those, and that is how messages are smuggled.
    """
    if not body.isascii() or b"\0" in body:
        raise Permanent("message", "the message isn't 7-bit clean")
    lines = body.count(b"\r\n")
    if body.count(b"\r") != lines or body.count(b"\n") != lines:
        raise Permanent("message", "the message has a bare CR or LF")
    if not body.endswith(b"\r\n"):
        body += b"\r\n"
    if body.startswith(b".") or b"\n." in body:
        body = (b"\n" + body).replace(b"\n.", b"\n..")[1:]
    return body


def unstuffed(wire: bytes) -> bytes:
    """What the receiver makes of a wire form: its leading dots single again."""
    return (b"\n" + wire).replace(b"\n..", b"\n.")[1:]
