"""Twilio's words and numbers in ours.

https://www.twilio.com/docs/api/errors, and "Message status values" of the Message resource.
"""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.domain.answers.events import Consequence
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.masking import one_line
from scheduler.domain.people.countries import HOME, country_of

#: The person wrote STOP to Twilio or to the operator.
_OPTED_OUT = frozenset({21610})
#: Not a number, not a mobile, not in service, a landline.
_BAD_NUMBER = frozenset({21211, 21614, 21635, 30005, 30006})
#: The account itself is refused.
_ACCOUNT = frozenset({20003})
_ACCOUNT_STATUSES = frozenset({401, 402, 403, 404, 405, 407})
#: The number's country isn't enabled for the account: its next number would meet it, no other.
_COUNTRY = frozenset({21408})
#: This sender can't write to this number: abroad it is the country that doesn't take the sender.
_ROUTE = frozenset({21612})
#: Sender refused, no sender for this route, account suspended, filtered as spam, blocked by the
#: operators' own filter: the next message of the campaign would meet it too.
_CAMPAIGN = frozenset({21606, 21612, 21703, 30002, 30007, 30042})
#: Too many requests, too many messages queued.
_BUSY = frozenset({14107, 20429})
_BUSY_STATUSES = frozenset({408, 425, 429, 503})
#: Full queue, phone switched off, unknown error of the route, validity period over.
_PASSING = frozenset({30001, 30003, 30008, 30036})
#: Blocked for this number: a foreign network, do-not-disturb, an operator's own list.
_BLOCKED = frozenset({30004})

#: What mends an account that is refused.
CREDENTIALS = (
    "look at channels.sms.twilio.account_sid and the token "
    "(REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN or …_FILE)"
)
BUSY_WAIT = timedelta(seconds=30)

#: What a status says of a message, in the ledger's words for events; ``domain.answers.events``
#: ranks them.
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


def refusal(status: int, code: int, words: str = "", to: str = "") -> HandOverError:
    """The error for Twilio's answer to a request (HTTP ``status``, Twilio's ``code``) about a
    number."""
    label = f"http {status}" if code == status else str(code)
    detail = one_line(words)
    if code in _OPTED_OUT:
        return Permanent(label, detail, opted_out=True)
    if code in _BAD_NUMBER:
        return Permanent(label, detail, bad_address=True)
    if code in _PASSING:
        return Temporary(label, detail)
    country = country_of(to)
    if code in _COUNTRY or (code in _ROUTE and country not in ("", HOME)):
        return CountryStopped(label, detail, country=country)
    if code in _BUSY or status in _BUSY_STATUSES:
        return Temporary(label, detail, wait=BUSY_WAIT, of_channel=True)
    if code in _CAMPAIGN:
        return CampaignStopped(label, detail)
    if code in _ACCOUNT or status in _ACCOUNT_STATUSES or 300 <= status < 400:
        known = code in _ACCOUNT or status == 401
        return ChannelStopped(label, f"{detail} — {CREDENTIALS}".strip() if known else detail)
    if status >= 500:
        return Uncertain(label, detail)
    return Permanent(label, detail)


def consequence(code: str, to: str = "") -> Consequence:
    """What the ErrorCode of a message that was accepted, and didn't arrive, asks of us."""
    number = int(code) if code.isdecimal() else 0
    if number in _BLOCKED:
        return Consequence.COUNT_BLOCKED
    match refusal(400, number, to=to):
        case Permanent(opted_out=True):
            return Consequence.OPT_OUT
        case Permanent(bad_address=True):
            return Consequence.SUPPRESS
        case Temporary():
            return Consequence.TRY_AGAIN
        case CountryStopped():
            return Consequence.STOP_COUNTRY
        case CampaignStopped() | ChannelStopped():
            return Consequence.HALT
    return Consequence.NOTHING
