"""Reads one message that came back: a bounce, a complaint, an automatic answer, or none of these.

Structured reports first (RFC 3464, RFC 5965), then what servers write for people. Nothing is
believed here: whether a report is proven to be ours is for the tokens to say.
"""

import hashlib
import re
from collections.abc import Sequence
from email.message import Message

from scheduler.domain.answers.bounces import BounceKind, Finding, Report
from scheduler.domain.masking import one_line
from scheduler.inbox.reports.auto_replies import answer_of
from scheduler.inbox.reports.mime import LARGEST, Part, header_and_parts
from scheduler.inbox.reports.notices import of_notification
from scheduler.inbox.reports.status import STATUS_TYPES, of_feedback, of_status_parts
from scheduler.inbox.reports.text import RETURNED, for_people, is_bounce, of_text
from scheduler.inbox.reports.words import LONGEST

#: Tokens looked at in one message; real ones have one or two.
MOST_TOKENS = 10
#: Messages within messages that are read for a report.
DEEPEST_REPORT = 2
REPORT_TYPES = STATUS_TYPES | {"message/feedback-report"}

_PLUS_ADDRESS = re.compile(rb"\b[bB]\+([A-Za-z2-7]{40})@")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s{0,4}<([A-Za-z0-9_-]{9,64})@")


def read_report(raw: bytes) -> Report:
    """What a message says. Never raises, reads no more than a limit of it, and takes no longer."""
    raw = raw[:LARGEST]
    header, parts = header_and_parts(raw)
    # As it came, and decoded: a token may be cut by the line ends of an encoding.
    shown = b"\n".join([raw, *(part.text.encode("utf-8", "replace") for part in parts)])
    nothing = Finding(recipient="", kind=BounceKind.NOT_A_REPORT)
    return Report(
        findings=tuple(_findings(header, parts)) or (nothing,),
        tokens=_first(_PLUS_ADDRESS, shown),
        references=_first(_MESSAGE_ID, shown),
        id=_own_id(header, raw),
    )


def _findings(header: Message, parts: Sequence[Part], depth: int = 0) -> list[Finding]:
    """In this order: structured reports, robots answering for people, servers in words."""
    text = for_people(parts)
    found = list(of_feedback(parts)) or list(of_notification(parts))
    found = found or list(of_status_parts(parts, text))
    if found:
        return found
    if any(one.content_type in STATUS_TYPES for one in parts):
        return list(of_text(header, text))
    inner = _reports_within(parts, depth)
    if inner:
        return inner
    kind = _answer(header, parts, text)
    if kind is not None:
        return [Finding(recipient="", kind=kind, reason=kind.value, words=one_line(text[:LONGEST]))]
    return list(of_text(header, text)) if is_bounce(header, parts, text) else []


def _reports_within(parts: Sequence[Part], depth: int) -> list[Finding]:
    """What a report says that is itself held within a message: forwarded, or wrapped by a gateway.
    A message of ours that comes back is none."""
    for part in parts:
        if part.content_type != "message/rfc822" or depth >= DEEPEST_REPORT:
            continue
        header, inner = header_and_parts(part.text.encode("utf-8", "replace"))
        if {one.content_type for one in inner} & REPORT_TYPES:
            return _findings(header, inner, depth + 1)
    return []


def _answer(header: Message, parts: Sequence[Part], text: str) -> BounceKind | None:
    kinds = {one.content_type for one in parts}
    if "message/disposition-notification" in kinds:
        # A mail program says that its owner has read it (RFC 8098), or will not.
        return BounceKind.AUTO_REPLY
    return answer_of(header, text, returns=bool(kinds & RETURNED))


def _first(pattern: re.Pattern[bytes], raw: bytes) -> tuple[str, ...]:
    found = dict.fromkeys(one.decode("ascii") for one in pattern.findall(raw))
    return tuple(found)[:MOST_TOKENS]


def _own_id(header: Message, raw: bytes) -> str:
    """The same for the same message, wherever it lies: of its Message-ID, else of its text."""
    name = str(header.get("Message-ID", "")).strip().encode("utf-8", "replace")
    return hashlib.sha256(name or raw).hexdigest()[:40]
