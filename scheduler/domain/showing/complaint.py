"""The answer to somebody who complains of our messages: what the ledger can say, and prove.

Plain facts, in the order they are asked for: since when they refused and by which route, what had
left before, what left after although it was refused (nothing, or it is said), and what was left out
because of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from scheduler.domain.consent.optout import ALL_CHANNELS, ALL_TOPICS, EVERYTHING, Reason
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.instants import Dated
from scheduler.domain.people.person import Refusal
from scheduler.domain.values import frozen

#: It is with the provider, or may be.
_LEFT = (DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.SENDING)


@frozen
class Written(Dated):
    """A message that was meant for a person: what became of it."""

    occurrence: str
    #: Empty: its text isn't kept.
    title: str
    channel: str
    #: Empty: a service message.
    topic: str
    state: DeliveryState
    reason: str
    #: UTC.
    at: datetime


@frozen
class SortedOut:
    """A person's messages, each in its place, oldest first."""

    #: Before the first refusal; all of it where there is none.
    before: Sequence[Written]
    #: Although a refusal that held covered it.
    despite: Sequence[Written]
    #: After a refusal that didn't cover it: another channel, a service message.
    outside: Sequence[Written]
    #: Left out because of it.
    kept_back: Sequence[Written]


@frozen
class Complaint(Dated):
    """What there is to say about one person at one address."""

    #: Masked.
    address: str
    #: Keyed digest of it, by which everything here is found.
    digest: str
    #: The person's own, oldest first; what the far end refused isn't theirs.
    refusals: Sequence[Refusal]
    messages: SortedOut
    #: May still leave; whether it may is asked again just before.
    waiting: int
    #: The opt-out journal's acts, by digest, and the head of the audit log's chain.
    journal: Mapping[str, int]
    audit_head: str
    #: UTC.
    now: datetime


def own(refusals: Sequence[Refusal]) -> list[Refusal]:
    """What a person asked for; a bounce isn't their word."""
    return [one for one in refusals if one.reason != Reason.BOUNCED]


def sort_out(refusals: Sequence[Refusal], messages: Sequence[Written]) -> SortedOut:
    """``refusals`` are the person's own."""
    first = min((one.at for one in refusals), default=None)
    places: dict[str, list[Written]] = {}
    for one in sorted(messages, key=lambda message: message.at):
        places.setdefault(_place(one, refusals, first), []).append(one)
    return SortedOut(
        before=places.get("before", ()),
        despite=places.get("despite", ()),
        outside=places.get("outside", ()),
        kept_back=places.get("kept back", ()),
    )


def _place(one: Written, refusals: Sequence[Refusal], first: datetime | None) -> str:
    if one.state is DeliveryState.LEFT_OUT and one.reason == LeftOut.OPTED_OUT:
        return "kept back"
    if one.state not in _LEFT:
        return "nowhere"
    if first is None or one.at <= first:
        return "before"
    return "despite" if any(_covers(refusal, one) for refusal in refusals) else "outside"


def _covers(refusal: Refusal, one: Written) -> bool:
    """It held when the message left, on its channel and for what it was."""
    held = refusal.at < one.at and (refusal.lifted_at is None or one.at < refusal.lifted_at)
    scopes = {EVERYTHING, ALL_TOPICS, one.topic} if one.topic else {EVERYTHING}
    return held and refusal.channel in (ALL_CHANNELS, one.channel) and refusal.scope in scopes
