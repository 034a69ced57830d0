"""Bounces without a structure: written for people, by machines of every age and tongue."""

import html
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from scheduler.domain.answers.bounces import Finding
from scheduler.inbox.reports.mime import Part, field
from scheduler.inbox.reports.patterns import PATTERNS
from scheduler.inbox.reports.segments import MOST_RECIPIENTS, named_in, segments
from scheduler.inbox.reports.words import Refused, finding_of, plain

#: How a message is returned within another.
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers"})
#: Letters of the text for people that are read.
LONGEST = 16000

#: Where the text ends and the returned message begins.
_ORIGINAL = re.compile(
    r"^[ \t>*-]{0,100}(?:-{1,100} ?(?:this|below|included|enclosed|original|returned|unsent|"
    r"the header|message header|copy of|start of|début|message (?:d'|d’)?origin).{0,80}|"
    r"original message follows.{0,9}|"
    r"message headers? follow.{0,9}|included is a copy.{0,60}|your message reads.{0,40}|"
    r"-{1,100} ?(?:original|undelivered) .{0,60}|return-path: ?<.{0,255}|"
    r"received: (?:from|by) .{0,255}|le message d'origine.{0,60}|"
    r"original-?message-?headers?.{0,20}|diagnostic information for administrators.{0,9})$",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"<(?:!--|/?[a-zA-Z])[^<>]{0,2000}>")


def for_people(parts: Sequence[Part]) -> str:
    """What is written for people, without the returned message."""
    texts = [_readable(part) for part in parts if part.content_type.startswith("text/")]
    texts = [text for text in texts if text.strip()]
    first = texts[0] if texts else ""
    cut = _ORIGINAL.search(first, 1)
    return first[: cut.start() if cut and first[: cut.start()].strip() else None][:LONGEST]


def is_bounce(header: Message, parts: Sequence[Part], text: str) -> bool:
    """Whether a message without structure is a machine's word on another one.

    A person may write of a message that failed: an opening sentence is believed where the sender,
    the subject, an empty return path or the returned message itself say the same.
    """
    if header.get("X-Failed-Recipients"):
        return True
    signs = [
        bool(PATTERNS["sign: from"].search(plain(field(header, "From")))),
        str(header.get("Return-Path", "")).strip() == "<>",
        bool(PATTERNS["sign: subject"].search(plain(field(header, "Subject")))),
        any(part.content_type in RETURNED for part in parts),
        bool(PATTERNS["sign: opening"].search(plain(text))),
    ]
    by_machine, opens = signs[0] or signs[1], signs[-1]
    return sum(signs) >= 2 and (by_machine or opens)


def is_waiting(header: Message, text: str) -> bool:
    """It is a warning: the server goes on trying."""
    words = plain(text)
    return bool(PATTERNS["waits"].search(words)) and not PATTERNS["gives up"].search(words)


def of_text(header: Message, text: str) -> Iterator[Finding]:
    """One a recipient; at least one."""
    delayed = is_waiting(header, text)
    named = _named(header)
    pieces = segments(text, named or None)
    if not pieces:
        recipient = next(iter([*named, named_in(text)]), "")
        yield finding_of(Refused(recipient=recipient, said=text, delayed=delayed))
        return
    alone = len(pieces) == 1
    for recipient, piece in list(pieces.items())[:MOST_RECIPIENTS]:
        # What is said of all of them is not said of one; of a single one, all is.
        around = text if alone else ""
        yield finding_of(Refused(recipient=recipient, said=piece, around=around, delayed=delayed))


def _named(header: Message) -> list[str]:
    """Whom Exim and Gmail name in a field of their own."""
    value = str(header.get("X-Failed-Recipients", ""))
    return [one.strip().lower() for one in value.split(",") if one.strip()][:MOST_RECIPIENTS]


def _readable(part: Part) -> str:
    if part.content_type == "text/html":
        return html.unescape(_TAG.sub(" ", part.text))
    return part.text
