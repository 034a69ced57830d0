"""How many messages a person gets in a week and in a month, at most, on one channel.

Rolling, in the person's local days. Service messages and episodes are never left out for a cap, but
they count; so do the stronger messages that are about to come to them, so that what can wait gives
way to what can't.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from scheduler.domain.calendar.campaigns import Audience, Place, Rank
from scheduler.domain.calendar.windows import instant
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

_WEEK = 7
_MONTH = 31
#: Never left out for a cap.
_EXEMPT = (Rank.SERVICE, Rank.EPISODE)
_STRENGTH = {rank: strength for strength, rank in enumerate(Rank)}
#: How far ahead a stronger message counts.
AHEAD = timedelta(days=_WEEK)


@frozen
class Caps:
    """Messages a person and channel; 0: no cap."""

    week: int = 2
    month: int = 8


@frozen
class Coming:
    """A stronger message that is about to come: it counts for those who will get it."""

    #: Local.
    day: date
    topic: str = ""
    #: The audiences whose people at an address get it before those of this one.
    before: Sequence[Audience] = ()
    #: It is capped itself: only whoever got fewer than so many since then (UTC) gets it.
    room: Sequence[tuple[datetime, int]] = ()


@frozen
class CapLimit(Dated):
    """Whoever got so many messages on the channel since then, or will by the first ``ahead`` of
    those to come, gets no more now."""

    #: UTC.
    since: datetime
    messages: int
    ahead: int = 0


def counts(rank: Rank) -> bool:
    """Whether a message of this rank may be left out for a cap."""
    return rank not in _EXEMPT


def goes_before(one: Rank, other: Rank) -> bool:
    """Whether ``other`` gives way to ``one``."""
    return _STRENGTH[one] < _STRENGTH[other]


def limits(caps: Caps, day: date, place: Place, coming: Sequence[Coming]) -> Sequence[CapLimit]:
    """What keeps a message of local ``day`` from a person of ``place``.

    ``coming`` are the stronger messages of the days after, in turn. No period of 7 days (31 for the
    month) that holds ``day`` may hold more than the cap: one limit for each way to fill it.
    """
    return [
        CapLimit(since=_midnight(day - timedelta(days=back), place), messages=most, ahead=ahead)
        for most, length in ((caps.week, _WEEK), (caps.month, _MONTH))
        if most
        for ahead in range(len(coming) + 1)
        # The longest look back of a period that ends with the last of so many.
        for back in [length - 1 - ((coming[ahead - 1].day - day).days if ahead else 0)]
        if back >= 0
    ]


def room(
    caps: Caps, today: date, day: date, place: Place, others: Iterable[date]
) -> Sequence[tuple[datetime, int]] | None:
    """What lets a message of ``day`` come that may be capped itself: fewer than so many since then,
    for each pair. None: it is not certain to come to anybody.

    ``others`` are the days, after ``today``, of what goes before it.
    """
    theirs, found = sorted(others), []
    for most, length in ((caps.week, _WEEK), (caps.month, _MONTH)):
        for back in range(length - 1, -1, -1):
            first = day - timedelta(days=back)
            last = first + timedelta(days=length - 1)
            left = most - sum(first <= one <= last for one in theirs)
            if most and left <= 0:
                return None
            if most and first <= today:
                found.append((_midnight(first, place), left))
    return [
        (since, left)
        for since, left in found
        if not any(
            (early, few) != (since, left) and early <= since and few <= left for early, few in found
        )
    ]


def _midnight(day: date, place: Place) -> datetime:
    return instant(day, time(), place.zone)
