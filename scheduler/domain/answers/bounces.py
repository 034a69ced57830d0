"""What comes back by mail of what we sent: kinds of reports, and what each one may change.

Only a fault of the address itself ends it (5.1.1 and its kin); a full or a resting mailbox counts,
and ends it after several in a row; what is said of our own authentication or reputation never does:
it stops the sending and calls a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.bursts import BurstLimits
from scheduler.domain.ids import DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


class BounceKind(StrEnum):
    """What a report says of one recipient."""

    #: The address can't receive anything, ever.
    HARD = "hard"
    #: It couldn't receive this one.
    SOFT = "soft"
    #: Its domain's servers are at fault (5.4.x), and nobody's address.
    ROUTE = "route"
    #: We were refused, not the address.
    POLICY = "policy"
    #: The reader called the message spam.
    COMPLAINT = "complaint"
    #: A robot answers for its owner.
    AUTO_REPLY = "auto-reply"
    #: A filter holds it until its sender has proved to be somebody.
    CHALLENGE = "challenge"
    #: It is still being tried.
    DELAY = "delay"
    #: A person's mail, or a report that says nothing of an address.
    NOT_A_REPORT = "not-a-report"


#: Kinds that end with a message that didn't arrive.
FAILURES = frozenset({BounceKind.HARD, BounceKind.SOFT, BounceKind.ROUTE, BounceKind.POLICY})

#: Our word for why -> what it means for the address. One without a line here is soft.
REASONS: Mapping[str, BounceKind] = {
    "user-unknown": BounceKind.HARD,
    "host-unknown": BounceKind.HARD,
    "moved": BounceKind.HARD,
    "no-mail": BounceKind.HARD,
    "authentication": BounceKind.POLICY,
    "reputation": BounceKind.POLICY,
    "spam": BounceKind.POLICY,
    "sender": BounceKind.POLICY,
    "policy": BounceKind.POLICY,
}
#: What an enhanced status (RFC 3463) says by itself, by its longest beginning.
STATUSES: Mapping[str, str] = {
    "5.1.1": "user-unknown",
    "5.1.2": "host-unknown",
    "5.1.3": "user-unknown",
    "5.1.6": "moved",
    "5.1.7": "sender",
    "5.1.8": "sender",
    "5.1.10": "user-unknown",
    "5.2.": "mailbox-refused",
    "5.2.1": "mailbox-disabled",
    "5.2.2": "mailbox-full",
    "5.2.3": "too-large",
    "5.3.": "system",
    "5.3.4": "too-large",
    "5.4.": "network",
    "5.4.7": "expired",
    "5.6.": "content",
    "5.7.": "policy",
    "5.7.13": "mailbox-disabled",
    "5.7.17": "mailbox-disabled",
    "4.2.1": "mailbox-disabled",
    "4.2.2": "mailbox-full",
    "4.4.7": "expired",
}

#: Words on a domain that isn't there: they stand beside 5.4.x too, which else blames nobody.
_OF_THE_DOMAIN = frozenset({"host-unknown", "no-mail"})
_OF_OURS = frozenset(name for name, kind in REASONS.items() if kind is BounceKind.POLICY)

#: Alarm while what we send is refused for what we are.
REFUSED = AlarmKind.MAIL_REFUSED
#: Mail servers try for five days (RFC 5321 section 4.5.4.1): no word by then, and it arrived.
SILENCE = timedelta(days=5)


@frozen
class Finding:
    """What a report says of one recipient."""

    #: As the report writes it; empty where it names nobody.
    recipient: str
    kind: BounceKind
    #: RFC 3463, without its comment; empty where none is given.
    status: str = ""
    #: Three digits, or empty.
    reply_code: str = ""
    reason: str = ""
    #: The report's own words, on one line, cut short and without addresses. Anybody's words:
    #: they are shown escaped.
    words: str = ""

    @property
    def settles(self) -> bool:
        """It says how the message ended; a delay or a robot's answer doesn't."""
        ended = self.kind in FAILURES or self.kind is BounceKind.COMPLAINT
        return ended or self.reason == "delivered"

    @property
    def is_noted(self) -> bool:
        """The ledger keeps it: it settles something, or a person can do something about it."""
        return self.settles or self.kind is BounceKind.CHALLENGE


@frozen
class Report:
    """One message, as far as it reports on another."""

    findings: tuple[Finding, ...]
    #: What may be a token of ours: of the address it came to, then of the message it returns.
    tokens: tuple[str, ...] = ()
    #: The same in Message-IDs of ours that it returns.
    references: tuple[str, ...] = ()
    #: Its own name, the same at every look.
    id: str = ""

    @property
    def is_report(self) -> bool:
        """A machine's word, on which nobody waits; somebody's mail isn't."""
        return any(one.kind is not BounceKind.NOT_A_REPORT or one.reason for one in self.findings)

    @property
    def weightiest(self) -> Finding:
        """What it says of our one recipient: each message of ours goes to one."""
        return min(self.findings, key=lambda one: _WEIGHT.index(one.kind))


#: A report on several recipients is read for the worst of them that concerns ours.
_WEIGHT = (
    BounceKind.COMPLAINT,
    BounceKind.HARD,
    BounceKind.POLICY,
    BounceKind.SOFT,
    BounceKind.ROUTE,
    BounceKind.CHALLENGE,
    BounceKind.DELAY,
    BounceKind.AUTO_REPLY,
    BounceKind.NOT_A_REPORT,
)


def reason_of_status(status: str) -> str:
    """What a status says without any words; empty for one that says nothing."""
    fitting = [
        known
        for known in STATUSES
        if status == known or (known.endswith(".") and status.startswith(known))
    ]
    return STATUSES[max(fitting, key=len)] if fitting else ""


def kind_of(reason: str, status: str) -> BounceKind:
    """What a failure means for the address. A passing refusal (4.x.x) is never for good."""
    if status.startswith("4"):
        return BounceKind.SOFT
    if status.startswith("5.4.") and reason not in _OF_THE_DOMAIN | _OF_OURS:
        return BounceKind.ROUTE
    return REASONS.get(reason, BounceKind.SOFT)


@frozen
class BouncePolicy:
    """How many passing failures in a row end an address, and how many refusals of us a sending."""

    soft_limit: int
    soft_days: int
    policy_limit: int
    burst: BurstLimits = field(default_factory=BurstLimits)


@frozen
class Past(Dated):
    """One message that was sent to an address, and what was heard of it."""

    #: UTC.
    sent_at: datetime
    failed: bool
    delivered: bool = False


def is_worn_out(history: Iterable[Past], policy: BouncePolicy, now: datetime) -> bool:
    """Whether an address has failed too often in too short a time.

    A message that arrived, or of which nothing was heard for five days, starts the count anew.
    """
    since = now - timedelta(days=policy.soft_days)
    failures = 0
    for one in sorted(history, key=lambda one: one.sent_at, reverse=True):
        if one.sent_at < since or one.delivered:
            break
        if one.failed:
            failures += 1
        elif one.sent_at < now - SILENCE:
            break
    return failures >= policy.soft_limit


@frozen
class Proven:
    """A finding on a delivery of ours: a token says so."""

    delivery: DeliveryId
    finding: Finding


@frozen
class Changes:
    """What a group of proven findings changed."""

    #: Addresses that aren't written to any more.
    bounced: int = 0
    complained: int = 0
    #: Addresses whose end is in suspense, with their domain.
    pending: int = 0
    #: Occurrences that wait for a person.
    paused: int = 0


@frozen
class OpenReport(Dated):
    """A report that nothing proves to be ours, for a person to decide."""

    id: int
    #: UTC.
    at: datetime
    #: Empty once its person is erased, or the text too old to be kept.
    recipient: str
    kind: str
    status: str
    reason: str
    words: str
    #: The recipient is somebody whom the ledger knows.
    known: bool


def word_for(found: Finding) -> str:
    """Why, in a word of ours; what a report says in words of its own is its kind."""
    ours = found.reason in REASONS or found.reason in STATUSES.values()
    return found.reason if ours else found.kind.value
