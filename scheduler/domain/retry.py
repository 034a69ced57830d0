"""When to try again after a temporary refusal. ``flow.outcome.refused`` decides whether to."""

from datetime import datetime, timedelta
from random import Random

#: Greylisting wants at least a minute.
FIRST = timedelta(seconds=60)
LONGEST = timedelta(minutes=30)
#: Up to so much of the wait is added at random, so that retries don't come in waves.
JITTER = 0.25


def next_attempt(
    attempts: int, now: datetime, chance: Random, *, least: timedelta | None = None
) -> datetime:
    """The instant of the next try after ``attempts`` of them: 1, 2, 4… minutes, at most 30.

    ``least`` is what the provider asked for, and is respected.
    """
    doublings = min(max(attempts, 1) - 1, 10)
    wait = min(FIRST * (1 << doublings), LONGEST)
    return now + max(wait, least or wait) * (1 + JITTER * chance.random())


def rest(failures: int) -> timedelta:
    """How long a channel rests after so many groups in a row of which nothing was accepted."""
    return min(timedelta(seconds=15) * (1 << min(failures, 8)), timedelta(minutes=10))
