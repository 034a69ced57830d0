"""Bounces without a structure: written for people, by machines of every age and tongue."""

import html
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from scheduler.domain.bounces import Finding
from scheduler.inbox.bounce_patterns import PATTERNS
from scheduler.inbox.bounces_mime import Part, field
from scheduler.inbox.bounces_status import MOST_RECIPIENTS
from scheduler.inbox.bounces_words import finding_of, plain

#: How a message is returned within another.
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers"})
#: Letters of the text for people that are read.
LONGEST = 16000

#: Where the text ends and the returned message begins.
_ORIGINAL = re.compile(
    r"^[ \t>*-]*(?:-+ ?(?:this|below|included|enclosed|original|returned|unsent|the header|message "
    r"header|copy of|start of|début|message (?:d'|d’)?origin).{0,80}|"
    r"original message follows.{0,9}|"
    r"message headers? follow.{0,9}|included is a copy.{0,60}|your message reads.{0,40}|"
    r"-+ ?(?:original|undelivered) .{0,60}|return-path: ?<.{0,255}|received: (?:from|by) .{0,255}|"
    r"le message d'origine.{0,60}|original-?message-?headers?.{0,20}|"
    r"diagnostic information for administrators.{0,9})$",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"<(?:!--|/?[a-zA-Z])[^<>]{0,2000}>")
_AT_LINE_START = re.compile(
    r"^[ \t*>-]*(?:[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3})?[ ]+|rcpt(?: to)?:[ ]*|recipient:[ ]*|"
    r"rcpt to:|unable to deliver message to:[ ]*|delivery to[ ]+|an error .{0,40} to[ ]+|"
    r"impossible de .{0,60}[ ]|c=.{0,200}\bsmtp=)?"
    r"[<\"'(\[]{0,2}([^\s<>\"'():;,]{1,64}@[A-Za-z0-9.-]{2,255})[>\"')\]]{0,2}",
    re.IGNORECASE | re.MULTILINE,
)
#: Whom a server names beside its reply, or in its own command; an address in prose is anybody's.
_NAMED = re.compile(
    r"(?:\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3} )?|\brcpt to:? ?|"
    r"\b(?:recipients?|destinataires?|address|adresse|user|mailbox)(?: was| [ée]tait)?[ ]?:? ?|"
    r"\bto )"
    r"[<\"'(\[]{1,2}([^\s<>\"'():;,=\[\]/]{1,64}@[A-Za-z0-9.-]{2,255})[>\"')\]]",
    re.IGNORECASE,
)


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
    return sum(signs) >= 2


def is_waiting(header: Message, text: str) -> bool:
    """It is a warning: the server goes on trying."""
    words = plain(text)
    return bool(PATTERNS["waits"].search(words)) and not PATTERNS["gives up"].search(words)


def of_text(header: Message, text: str) -> Iterator[Finding]:
    """One a recipient; at least one."""
    delayed = is_waiting(header, text)
    pieces = list(_pieces(header, text))[:MOST_RECIPIENTS]
    for recipient, piece in pieces:
        found = finding_of(recipient, piece, delayed=delayed)
        if found.reason == "unknown" and (len(pieces) == 1 or len(piece) < 200):
            found = finding_of(recipient, text, delayed=delayed)
        yield found


def _pieces(header: Message, text: str) -> Iterator[tuple[str, str]]:
    """Each recipient and what is said from its line to the next one's."""
    starts: list[tuple[int, str]] = []
    for found in _AT_LINE_START.finditer(text):
        address = found[1].rstrip(".")
        if not starts or starts[-1][1].lower() != address.lower():
            starts.append((found.start(), address))
    named = _named(header)
    if named:
        starts = [one for one in starts if one[1].lower() in named]
    if not starts:
        yield next(iter([*named, *_NAMED.findall(text)]), ""), text
        return
    seen: dict[str, str] = {}
    for (start, address), (end, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
        seen[address] = f"{seen.get(address, '')} {text[start:end]}".strip()
    yield from seen.items()


def _named(header: Message) -> list[str]:
    """Whom Exim and Gmail name in a field of their own."""
    value = str(header.get("X-Failed-Recipients", ""))
    return [one.strip().lower() for one in value.split(",") if one.strip()][:MOST_RECIPIENTS]


def _readable(part: Part) -> str:
    if part.content_type == "text/html":
        return html.unescape(_TAG.sub(" ", part.text))
    return part.text
