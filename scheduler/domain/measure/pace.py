"""How fast messages may leave: token buckets, and what a day is allowed.

A bucket limits the seconds, an allowance the day. Both are levels in the ledger, which every
process shares; what they become is worked out here.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta

from scheduler.domain.calendar.windows import instant, zone_named
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: A bucket dated further ahead was written by a clock that has been set back since.
AHEAD = timedelta(minutes=1)


@frozen
class Level(Dated):
    """What a token bucket holds; less than nothing after something larger than the bucket."""

    tokens: float
    #: When it held so much (UTC).
    at: datetime

    def filled(self, now: datetime, rate: float) -> "Level":
        """What it holds by ``now``, filling with ``rate`` tokens a second.

        Its time never goes back, so two clocks some seconds apart fill it once.
        """
        since = now if self.at - now > AHEAD else max(self.at, now)
        seconds = max(timedelta(0), since - self.at).total_seconds()
        return Level(tokens=min(largest(rate), self.tokens + seconds * rate), at=since)

    def grants(self, wanted: int, least: int, rate: float) -> int:
        """Whole tokens it gives: 0, or from ``least`` to ``wanted``.

        ``least`` above what a bucket can hold is given by a full one, and leaves a debt.
        """
        if not 0 < least <= wanted or self.tokens < min(least, largest(rate)):
            return 0
        return max(least, min(wanted, int(self.tokens)))


def largest(rate: float) -> float:
    """What a bucket holds when full: a second's worth, and one token at least."""
    return max(1.0, rate)


def full(rate: float, now: datetime) -> Level:
    """A bucket that nobody has taken from."""
    return Level(tokens=largest(rate), at=now)


@frozen
class SpendCap:
    """What a channel may cost in a day, in ten-thousandths of a euro."""

    channel: str
    #: The organisation's: its days count.
    zone: str
    amount: int

    #: What the delivery that must wait says.
    reason = "spend-cap"

    @property
    def name(self) -> str:
        return f"spend/{self.channel}"

    def limit(self, day: date) -> int | None:
        return self.amount

    def weight(self, cost: int) -> int:
        """What a message of this cost takes of it."""
        return cost

    def returned(self, reserved: int, state: DeliveryState, cost: int) -> int:
        """What of ``reserved`` is free again after an attempt: all but what was, or may have been,
        accepted. Less than 0 where it cost more than was thought."""
        if state is DeliveryState.UNCERTAIN:
            return 0
        return reserved - (cost if state is DeliveryState.SENT else 0)


@frozen
class WarmUp:
    """Messages a day of a channel whose sender is new to the servers it writes to."""

    channel: str
    zone: str
    #: The first day; earlier ones count as it.
    since: date
    first_day: int
    #: What each day is to the one before.
    growth: float
    #: From so many a day on there is no limit any more.
    full: int

    reason = "warm-up"

    @property
    def name(self) -> str:
        return f"warm-up/{self.channel}"

    def limit(self, day: date) -> int | None:
        """Messages of a local day; None: as many as there are."""
        messages = float(self.first_day)
        for _ in range((day - self.since).days):
            messages *= self.growth
            if messages >= self.full:
                break
        return int(messages) if messages < self.full else None

    def weight(self, cost: int) -> int:
        return 1

    def returned(self, reserved: int, state: DeliveryState, cost: int) -> int:
        """What waits again was not seen, or will be counted when it is tried again."""
        return 1 if state is DeliveryState.WAITING else 0


Allowance = SpendCap | WarmUp


@frozen
class Pace:
    """How fast one lane may go: a channel's messages to one destination group."""

    #: Bucket -> tokens a second; each of them must give.
    rates: Mapping[str, float] = field(default_factory=dict)
    allowance: Allowance | None = None
    #: The group's; None: what the provider itself takes.
    connections: int | None = None
    messages_per_connection: int | None = None


@frozen
class Fitting:
    """What an allowance has room for."""

    granted: Mapping[int, int]
    #: Larger than the whole allowance: no day will do.
    too_large: Mapping[int, int]
    #: Something is left out because the day's allowance is used up.
    is_used_up: bool


def fitting(weights: Mapping[int, int], used: int, limit: int | None) -> Fitting:
    """Those that still fit, in their order: nothing overtakes the first that doesn't."""
    if limit is None:
        return Fitting(granted=weights, too_large={}, is_used_up=False)
    too_large = {one: weight for one, weight in weights.items() if weight > limit}
    granted: dict[int, int] = {}
    left = limit - used
    for one, weight in weights.items():
        if one in too_large:
            continue
        if weight > left:
            return Fitting(granted=granted, too_large=too_large, is_used_up=True)
        granted[one] = weight
        left -= weight
    return Fitting(granted=granted, too_large=too_large, is_used_up=False)


def local_day(now: datetime, zone: str) -> date:
    return now.astimezone(zone_named(zone)).date()


def next_day(now: datetime, zone: str) -> datetime:
    """When the next local day begins (UTC)."""
    return instant(local_day(now, zone) + timedelta(days=1), time(), zone)
