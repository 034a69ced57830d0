"""Twilio's words and numbers in ours.

https://www.twilio.com/docs/api/errors, and "Message status values" of the Message resource.
"""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.domain.errors import (
    ChannelStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.masking import one_line

#: The person wrote STOP to Twilio or to the operator.
_OPTED_OUT = frozenset({21610})
#: Not a number, not a mobile, not in service, a landline.
_BAD_NUMBER = frozenset({21211, 21614, 21635, 30005, 30006})
#: Filtered as spam, blocked route, territory not enabled, sender refused, account refused.
_STOPPED = frozenset({20003, 21408, 21606, 21612, 21703, 30002, 30007, 30042})
_STOPPED_STATUSES = frozenset({401, 402, 403, 404, 405, 407})
#: Too many requests, too many messages queued.
_BUSY = frozenset({14107, 20429})
_BUSY_STATUSES = frozenset({408, 425, 429, 503})
#: Full queue, phone switched off, unknown error of the route, validity period over.
_PASSING = frozenset({30001, 30003, 30008, 30036})

BUSY_WAIT = timedelta(seconds=30)

#: What a status says of a message, in the ledger's words for events (domain/events.py ranks them).
EVENTS: Mapping[str, str] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "delivered",
    "undelivered": "bounced",
    "failed": "failed",
    "canceled": "cancelled",
}


def refusal(status: int, code: int, words: str = "") -> HandOverError:
    """The error for Twilio's answer to a request (HTTP ``status``, Twilio's ``code``).

    With status 400 also the meaning of a later status callback's ErrorCode.
    """
    label = f"http {status}" if code == status else str(code)
    detail = one_line(words)
    if code in _OPTED_OUT:
        return Permanent(label, detail, opted_out=True)
    if code in _BAD_NUMBER:
        return Permanent(label, detail, bad_address=True)
    if code in _PASSING:
        return Temporary(label, detail)
    if code in _BUSY or status in _BUSY_STATUSES:
        return Temporary(label, detail, wait=BUSY_WAIT, of_channel=True)
    if code in _STOPPED or status in _STOPPED_STATUSES or 300 <= status < 400:
        return ChannelStopped(label, detail)
    if status >= 500:
        return Uncertain(label, detail)
    return Permanent(label, detail)
