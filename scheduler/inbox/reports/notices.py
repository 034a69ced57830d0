"""What Amazon SES tells through SNS: bounces, complaints and deliveries as JSON, in the text.

https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html (2026)
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scheduler.domain.answers.bounces import BounceKind, Finding
from scheduler.inbox.reports.mime import Part
from scheduler.inbox.reports.words import Refused, finding_of, printable

#: Recipients of one notification that are read.
MOST = 50
#: Its word for what was refused -> what servers say of it, where it gives no words of theirs.
_SUBTYPES = {
    "NoEmail": "user unknown",
    "Suppressed": "on the suppression list for the address",
    "OnAccountSuppressionList": "on the suppression list for the address",
    "MailboxFull": "mailbox full",
    "MessageTooLarge": "message too large",
    "ContentRejected": "content rejected",
    "AttachmentRejected": "content rejected",
}


def of_notification(parts: Sequence[Part]) -> Iterator[Finding]:
    """One a recipient; nothing where no text is a notification."""
    told = next(filter(None, map(_notification, parts)), None)
    if told is None:
        return
    kind = str(told.get("notificationType") or told.get("eventType") or "").lower()
    about = told.get(kind)
    if not isinstance(about, dict):
        return
    if kind == "bounce":
        for one in _dicts(about.get("bouncedRecipients")):
            yield _bounced(about, one)
    elif kind == "complaint":
        for one in _dicts(about.get("complainedRecipients")):
            reason = _word(about.get("complaintFeedbackType")) or "feedback"
            yield Finding(recipient=_address(one), kind=BounceKind.COMPLAINT, reason=reason)
    elif kind == "delivery":
        for name in _list(about.get("recipients")):
            recipient = printable(str(name))
            yield Finding(recipient=recipient, kind=BounceKind.NOT_A_REPORT, reason="delivered")


def _bounced(about: Mapping[str, Any], one: Mapping[str, Any]) -> Finding:
    said = str(one.get("diagnosticCode") or "").removeprefix("smtp;").strip()
    words = said or _SUBTYPES.get(str(about.get("bounceSubType")), "")
    passing = about.get("bounceType") == "Transient"
    found = finding_of(
        Refused(recipient=_address(one), said=words, status=str(one.get("status") or ""))
    )
    if not passing or found.kind is not BounceKind.HARD:
        return found
    return Finding(
        recipient=found.recipient,
        kind=BounceKind.SOFT,
        status=found.status,
        reply_code=found.reply_code,
        reason=found.reason,
        words=found.words,
    )


def _notification(part: Part) -> Mapping[str, Any] | None:
    """In a text by itself, or wrapped by SNS as the text of its own message."""
    if not part.content_type.startswith(("text/plain", "application/json")):
        return None
    found = _read(part.text)
    if found is not None and isinstance(found.get("Message"), str):
        found = _read(found["Message"])
    is_one = found is not None and ("notificationType" in found or "eventType" in found)
    return found if is_one else None


def _read(text: str) -> dict[str, Any] | None:
    start = text.find("{")
    if start < 0 or text[:start].strip():
        return None
    try:
        # What stands after it (how to leave the topic) is no part of it. Lines may be folded.
        found, _ = json.JSONDecoder(strict=False).raw_decode(text.replace("\n", ""), start)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in _list(value) if isinstance(one, dict))


def _list(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else []


def _address(one: Mapping[str, Any]) -> str:
    return printable(str(one.get("emailAddress") or ""))


def _word(value: Any) -> str:
    return "".join(sign for sign in str(value or "").lower() if sign.isalnum() or sign == "-")[:40]
