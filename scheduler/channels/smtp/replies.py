"""What a relay's reply means (RFC 5321 section 4.2, RFC 3463, RFC 7372)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from scheduler.domain.errors import ChannelStopped, HandOverError, Permanent, Temporary
from scheduler.domain.masking import one_line

#: Greylisting lets nobody in earlier, whatever its text says.
BUSY_WAIT = timedelta(seconds=60)

#: Authentication asked for, too weak, refused (RFC 4954).
_OUR_CODES = frozenset({530, 534, 535, 538})
#: Our domain's authentication or reputation, not the recipient: RFC 7372, then Yahoo (5.7.9),
#: Gmail (5.7.26) and Microsoft (5.7.515).
_OUR_STATUSES = frozenset({"5.7.8", "5.7.9", *(f"5.7.{n}" for n in range(20, 27)), "5.7.515"})
#: Refused at MAIL for this message alone: its VERP sender's syntax, its size.
_MESSAGE_CODES = frozenset({501, 552})
#: No such mailbox, domain or syntax; a domain that takes no mail (RFC 7505).
_BAD_ADDRESS_STATUSES = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.10"})

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
#: Postfix and its kin say "queued as 4ZxY"; Exim says "OK id=1tAbCd-…".
_QUEUE_ID = re.compile(r"(?:queued as |\bid=)([\w.-]{1,64})")


class Phase(StrEnum):
    """How far a connection or a transaction had come when the relay spoke."""

    OPENING = "opening"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    #: After the final dot: the only place where silence leaves a doubt.
    DOT = "dot"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Read once, and asked several times for each message."""

    code: int
    #: RFC 3463 status ("5.1.1"), empty when the relay gives none.
    status: str
    #: Freed of addresses.
    text: str
    #: The relay's name for an accepted message, when it tells one.
    queue_id: str = ""

    @cached_property
    def accepted(self) -> bool:
        return 200 <= self.code < 300

    @cached_property
    def label(self) -> str:
        return f"{self.code} {self.status}".strip()


@lru_cache(maxsize=64)  # most replies of a connection are those of the message before
def read_reply(code: int, text: str) -> Reply:
    found = _STATUS.match(text)
    status = found[0] if found else ""
    queue_id = _QUEUE_ID.search(text)
    return Reply(
        code=code,
        status=status,
        text=one_line(text.removeprefix(status)),
        queue_id=queue_id[1] if queue_id else "",
    )


def refusal(phase: Phase, reply: Reply) -> HandOverError:
    """The error that a reply other than the expected one stands for.

    Whatever the phase, the relay did not take the message: it said so.
    """
    if 400 <= reply.code < 500:
        of_channel = phase in (Phase.OPENING, Phase.MAIL) or reply.code == 421
        return Temporary(reply.label, reply.text, wait=BUSY_WAIT, of_channel=of_channel)
    if reply.code == 503 or not 500 <= reply.code < 600:
        return Temporary("protocol", f"out of step: {reply.label} {reply.text}")
    if _is_ours(phase, reply):
        return ChannelStopped(reply.label, reply.text)
    return Permanent(
        reply.label,
        reply.text,
        bad_address=_blames_address(phase, reply),
        bad_domain=phase is Phase.RCPT and reply.status.startswith("5.4."),
    )


def _is_ours(phase: Phase, reply: Reply) -> bool:
    """Whether every message would be refused like this one."""
    if reply.code in _OUR_CODES or reply.status in _OUR_STATUSES or phase is Phase.OPENING:
        return True
    # MAIL says nothing of the recipient: what it refuses is our sender, for everybody.
    return phase is Phase.MAIL and reply.code not in _MESSAGE_CODES


def _blames_address(phase: Phase, reply: Reply) -> bool:
    """Only by its status: a bare 550 is as often our own fault ("relay not permitted")."""
    return phase is Phase.RCPT and reply.status in _BAD_ADDRESS_STATUSES
