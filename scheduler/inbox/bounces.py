"""Reads one message that came back: a bounce, a complaint, an automatic answer, or none of these.

Structured reports first (RFC 3464, RFC 5965), then what servers write for people. Nothing is
believed here: whether a report is proven to be ours is for the tokens to say.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from scheduler.domain.bounces import BounceKind, Finding, Report
from scheduler.inbox.bounces_mime import LARGEST, Part, field, header_and_parts
from scheduler.inbox.bounces_status import of_feedback, of_status_parts
from scheduler.inbox.bounces_text import for_people, is_bounce, of_text

#: Tokens looked at in one message; real ones have one or two.
MOST_TOKENS = 10

_PLUS_ADDRESS = re.compile(rb"\b[bB]\+([A-Za-z2-7]{40})@")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s{0,4}<([A-Za-z0-9_-]{9,64})@")
_AUTOMATIC = re.compile(
    r"^\s*(?:auto(?:matic)?(?:[- ]?reply)?\s?:|automatic(?:ally)? reply|autoreply|auto-response|"
    r"out of (?:the )?office|r[ée]ponse automatique|absence|absente?\b|message d.absence|"
    r"vacation|on holiday|away from|en cong[ée]s?|abwesen)",
    re.IGNORECASE,
)


def read_report(raw: bytes) -> Report:
    """What a message says. Never raises, reads no more than a limit of it, and takes no longer."""
    raw = raw[:LARGEST]
    header, parts = header_and_parts(raw)
    return Report(
        findings=tuple(_findings(header, parts)) or (Finding(recipient="", kind=_other(header)),),
        tokens=_first(_PLUS_ADDRESS, raw),
        references=_first(_MESSAGE_ID, raw),
        id=_own_id(header, raw),
    )


def _findings(header: Message, parts: Sequence[Part]) -> Iterator[Finding]:
    feedback = of_feedback(parts)
    if feedback is not None:
        yield feedback
        return
    text = for_people(parts)
    found = list(of_status_parts(parts, text))
    if found:
        yield from found
    elif any(one.content_type == "message/delivery-status" for one in parts) or is_bounce(
        header, parts, text
    ):
        yield from of_text(header, text)


def _other(header: Message) -> BounceKind:
    """An automatic answer, or somebody's mail."""
    submitted = str(header.get("Auto-Submitted", "no")).strip().lower()
    marks = ("X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Auto-Reply-From")
    precedence = str(header.get("Precedence", "")).strip().lower()
    automatic = (
        submitted.startswith("auto-replied")
        or any(mark in header for mark in marks)
        or precedence in ("auto_reply", "auto-reply")
        or _AUTOMATIC.search(field(header, "Subject")) is not None
    )
    # A mail program's own way to unsubscribe calls itself an automatic answer (Apple Mail).
    automatic = automatic and "X-Apple-Unsubscribe" not in header
    return BounceKind.AUTO_REPLY if automatic else BounceKind.NOT_A_REPORT


def _first(pattern: re.Pattern[bytes], raw: bytes) -> tuple[str, ...]:
    found = dict.fromkeys(one.decode("ascii") for one in pattern.findall(raw))
    return tuple(found)[:MOST_TOKENS]


def _own_id(header: Message, raw: bytes) -> str:
    """The same for the same message, wherever it lies: of its Message-ID, else of its text."""
    name = str(header.get("Message-ID", "")).strip().encode("utf-8", "replace")
    return hashlib.sha256(name or raw).hexdigest()[:40]
