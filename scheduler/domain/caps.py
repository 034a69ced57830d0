"""How many messages a person gets in a week and in a month, at most, on one channel.

Rolling, in the person's local days. Service messages and episodes are never left out for a cap, but
they count; so do the stronger messages that are about to come, so that what can wait gives way to
what can't.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scheduler.domain.campaigns import Place, Rank
from scheduler.domain.windows import instant

_WEEK = 7
_MONTH = 31
#: Never left out for a cap.
_EXEMPT = (Rank.SERVICE, Rank.EPISODE)
_STRENGTH = {rank: strength for strength, rank in enumerate(Rank)}
#: How far ahead a stronger message counts.
AHEAD = timedelta(days=_WEEK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Caps:
    """Messages a person and channel; 0: no cap."""

    week: int = 2
    month: int = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class CapLimit:
    """Whoever got so many messages on the channel since then gets no more now."""

    #: UTC.
    since: datetime
    #: 0 and less: everybody.
    messages: int


def counts(rank: Rank) -> bool:
    """Whether a message of this rank may be left out for a cap."""
    return rank not in _EXEMPT


def goes_before(one: Rank, other: Rank) -> bool:
    """Whether ``other`` gives way to ``one``."""
    return _STRENGTH[one] < _STRENGTH[other]


def limits(caps: Caps, day: date, place: Place, coming: Iterable[date]) -> Sequence[CapLimit]:
    """What keeps a message of local ``day`` from a person of ``place``.

    ``coming`` are the local days, after ``day``, of stronger messages. No period of 7 days (31 for
    the month) that holds ``day`` may hold more than the cap: one limit for each way to fill it.
    """
    ahead = sorted(one for one in coming if day < one <= day + AHEAD)
    found = {
        CapLimit(since=_midnight(day - timedelta(days=back), place), messages=most - later)
        for most, length in ((caps.week, _WEEK), (caps.month, _MONTH))
        if most
        for later in range(len(ahead) + 1)
        # The longest look back of a period that ends with the last of so many.
        for back in [length - 1 - ((ahead[later - 1] - day).days if later else 0)]
        if back >= 0
    }
    return sorted(found, key=lambda one: (one.since, one.messages))


def _midnight(day: date, place: Place) -> datetime:
    return instant(day, time(), place.zone)
