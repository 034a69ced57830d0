"""Delivery status notifications (RFC 3464) and feedback reports (RFC 5965), field by field."""

import re
from collections.abc import Iterator, Mapping, Sequence

from scheduler.domain.bounces import BounceKind, Finding
from scheduler.inbox.bounce_patterns import PATTERNS
from scheduler.inbox.bounces_mime import Part
from scheduler.inbox.bounces_words import finding_of, plain, printable

#: Recipients of one report that are read.
MOST_RECIPIENTS = 50
STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
#: Feedback that somebody gave; the others are a machine's word on a message.
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out", "opt-out-list", "complaint"})

_FOLD = re.compile(r"\n[ \t]+")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)$", re.MULTILINE)
_NOT_A_WORD = re.compile(r"[^a-z0-9-]")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ADDRESS = re.compile(r'(?:"[^"\n]{1,64}"|[^\s<>;,:"]{1,64})@[^\s<>;,"\]]{1,255}')
_LINE_OF_ONE = re.compile(r"^[ \t*]*<?([^\s<>:;,]{1,64}@[A-Za-z0-9.-]{1,255})>?:", re.MULTILINE)

Fields = Mapping[str, str]


def of_status_parts(parts: Sequence[Part], around: str) -> Iterator[Finding]:
    """One a recipient; ``around`` is what is written for people beside the fields."""
    found = 0
    for part in parts:
        if not _is_status(part):
            continue
        for fields in _groups(part.text):
            if "action" in fields or "final-recipient" in fields or "status" in fields:
                yield _of_recipient(fields, around)
                found += 1
            if found >= MOST_RECIPIENTS:
                return


def of_feedback(parts: Sequence[Part]) -> Finding | None:
    """What a feedback report says; None where there is none."""
    fields = next((_all(part.text) for part in parts if _is_feedback(part)), None)
    if fields is None:
        return None
    kind = fields.get("feedback-type", "").split(";")[0].strip().lower()
    is_complaint = kind in _COMPLAINTS
    return Finding(
        recipient=_address(fields.get("original-rcpt-to", "")),
        kind=BounceKind.COMPLAINT if is_complaint else BounceKind.NOT_A_REPORT,
        reason=_NOT_A_WORD.sub("", kind)[:40] or "feedback",
    )


def _of_recipient(fields: Fields, around: str) -> Finding:
    action = fields.get("action", "").split()[0:1]
    final = _address(fields.get("final-recipient", ""))
    # As we wrote it, where its server says: the final one may be another after a forward.
    recipient = _address(fields.get("original-recipient", "")) or final
    if action and action[0].lower() in ("delivered", "relayed", "expanded"):
        return Finding(
            recipient=recipient,
            kind=BounceKind.NOT_A_REPORT,
            status=_status(fields),
            reason=action[0].lower(),
        )
    delayed = bool(action) and action[0].lower() == "delayed"
    said = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("diagnostic-code", "")
    comment = fields.get("status", "").partition("(")[2]
    words = f"{said} {comment}".strip()
    around = about(final or recipient, around)
    words = f"{words} {moment_of(around)}".strip() if words else ""
    first = finding_of(recipient, words, _status(fields), delayed=delayed)
    if first.reason != "unknown" and words:
        return first
    return finding_of(recipient, f"{words} {around}", _status(fields), delayed=delayed)


def moment_of(around: str) -> str:
    """The SMTP command that was refused, as the text for people names it; empty for several."""
    text = plain(around)
    after, at = PATTERNS["after data"].search(text), PATTERNS["at recipient"].search(text)
    if after and not at:
        return after[0]
    return at[0] if at else ""


def about(recipient: str, text: str) -> str:
    """What a text says from a recipient's line to the next one's; all of it where it has none."""
    lines = list(_LINE_OF_ONE.finditer(text))
    ends = [*(line.start() for line in lines[1:]), len(text)]
    for line, end in zip(lines, ends, strict=False):
        if recipient and line[1].lower() == recipient.lower():
            return text[line.start() : end]
    return text


def _groups(text: str) -> Iterator[Fields]:
    for block in re.split(r"\n[ \t]*\n", _FOLD.sub(" ", text.strip())):
        yield _fields(block)


def _all(text: str) -> Fields:
    return _fields(_FOLD.sub(" ", text))


def _fields(block: str) -> Fields:
    """The first of each name, in lower case."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(block):
        found.setdefault(name.lower(), value.strip())
    return found


def _status(fields: Fields) -> str:
    found = _STATUS.search(fields.get("status", ""))
    return found[0] if found else ""


def _address(value: str) -> str:
    found = _ADDRESS.search(value.partition(";")[2] or value)
    return printable(found[0]) if found else ""


def _is_status(part: Part) -> bool:
    if part.content_type in STATUS_TYPES:
        return True
    return part.content_type.startswith("text/") and bool(
        re.search(r"(?im)^final-recipient:.{0,200}\n(?:.{0,400}\n){0,6}?action:", part.text[:20000])
    )


def _is_feedback(part: Part) -> bool:
    return part.content_type == "message/feedback-report"
