"""Delivery status notifications (RFC 3464) and feedback reports (RFC 5965), field by field."""

import re
from collections.abc import Iterator, Mapping, Sequence

from scheduler.domain.answers.bounces import BounceKind, Finding
from scheduler.inbox.reports.mime import Part
from scheduler.inbox.reports.segments import MOST_RECIPIENTS, segments
from scheduler.inbox.reports.words import Refused, finding_of, printable

STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
#: Feedback that somebody gave; the others are a machine's word on a message.
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out", "opt-out-list", "complaint"})

#: Letters of a text that are looked at for a report without its own part.
MOST_TEXT = 20_000
_STATUS_TEXT = re.compile(r"(?im)^final-recipient:.{0,200}\n(?:.{0,400}\n){0,6}?action:")
_FEEDBACK_TYPE = re.compile(r"(?im)^feedback-type:.{1,200}$")
_USER_AGENT = re.compile(r"(?im)^user-agent:.{1,200}$")

_FOLD = re.compile(r"\n[ \t]+")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)$", re.MULTILINE)
_NOT_A_WORD = re.compile(r"[^a-z0-9-]")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ADDRESS = re.compile(r'(?:"[^"\n]{1,64}"|[^\s<>;,:"]{1,64})@[^\s<>;,"\]]{1,255}')
_RCPT = re.compile(r"^(?:original-rcpt-to|removal-recipient):[ \t]*(.*)$", re.I | re.M)

Fields = Mapping[str, str]


def of_status_parts(parts: Sequence[Part], around: str) -> Iterator[Finding]:
    """One a recipient; ``around`` is what is written for people beside the fields."""
    every = [
        fields
        for part in parts
        if _is_status(part)
        for fields in _groups(part.text)
        if "action" in fields or "final-recipient" in fields or "status" in fields
    ][:MOST_RECIPIENTS]
    said = segments(around)
    for fields in every:
        yield _of_recipient(fields, said, around if len(every) == 1 else "")


def of_feedback(parts: Sequence[Part]) -> Iterator[Finding]:
    """What a feedback report says, one a recipient; nothing where there is none."""
    text = next((part.text for part in parts if _is_feedback(part)), None)
    if text is None:
        return
    unfolded = _FOLD.sub(" ", text)
    kind = _fields(unfolded).get("feedback-type", "").split(";")[0].strip().lower()
    is_complaint = kind in _COMPLAINTS
    named = [_address(one) for one in _RCPT.findall(unfolded)[:MOST_RECIPIENTS]]
    for recipient in dict.fromkeys(named or [""]):
        yield Finding(
            recipient=recipient,
            kind=BounceKind.COMPLAINT if is_complaint else BounceKind.NOT_A_REPORT,
            reason=_NOT_A_WORD.sub("", kind)[:40] or "feedback",
        )


def _of_recipient(fields: Fields, said: Mapping[str, str], whole: str) -> Finding:
    """``said``: what is written for people, by recipient; ``whole``: all of it, for one alone."""
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
    code = fields.get("diagnostic-code", "")
    comment = fields.get("status", "").partition("(")[2]
    own = [said[one.lower()] for one in (final, recipient) if one.lower() in said]
    return finding_of(
        Refused(
            recipient=recipient,
            said=f"{code.partition(';')[2] or code} {comment}".strip(),
            around=own[0] if own else whole,
            status=_status(fields),
            delayed=bool(action) and action[0].lower() == "delayed",
        )
    )


def _groups(text: str) -> Iterator[Fields]:
    for block in re.split(r"\n[ \t]*\n", _FOLD.sub(" ", text.strip())):
        yield _fields(block)


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
        _STATUS_TEXT.search(part.text[:MOST_TEXT])
    )


def _is_feedback(part: Part) -> bool:
    if part.content_type == "message/feedback-report":
        return True
    return part.content_type.startswith("text/plain") and bool(
        _FEEDBACK_TYPE.search(part.text[:MOST_TEXT]) and _USER_AGENT.search(part.text[:MOST_TEXT])
    )
