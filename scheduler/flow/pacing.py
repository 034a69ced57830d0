"""The pace, seen from the send step: what a group takes of it, and how long to wait for more.

Buckets are levels in the ledger, drawn from in the turn's own transaction, so a pace holds for
every replica and over a restart.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.intents import Candidate
from scheduler.domain.measure.pace import Pace
from scheduler.domain.measure.prices import Prices
from scheduler.domain.message import Message
from scheduler.domain.sending import Due

#: Seconds between two questions whether something may leave.
LONGEST_PAUSE = 1.0


@dataclass(kw_only=True, slots=True)
class Pacer:
    """Of one sender."""

    pace: Pace
    prices: Prices
    #: Ends a pause at once.
    stopping: asyncio.Event
    clock: Callable[[], float]
    #: Nothing is asked for before (``clock``).
    _not_before: float = 0.0

    def group_of(self, size: int) -> int:
        """No larger a group than a second lets leave."""
        if not self.pace.rates:
            return size
        return min(size, max(1, int(min(self.pace.rates.values()))))

    def candidates(
        self, rows: Sequence[Due], messages: Mapping[int, Message]
    ) -> Sequence[Candidate]:
        """What each takes of the pace and of the day: a token a message, a segment for SMS; what
        can't be rendered leaves as one."""
        return [self._candidate(due, messages.get(due.delivery_id)) for due in rows]

    def _candidate(self, due: Due, message: Message | None) -> Candidate:
        if message is None:
            return Candidate(delivery=due.delivery_id)
        cost = self.prices.cost(due.to, message.segments)
        tokens = max(1, message.segments)
        return Candidate(delivery=due.delivery_id, tokens=tokens, cost=cost)

    def wait_for(self, first: Candidate) -> None:
        """Nothing was asked for: nothing is until the buckets have what the first takes, or, where
        it wasn't the pace (the ledger takes nothing for now), before a moment has passed."""
        slowest = min(self.pace.rates.values(), default=0.0)
        seconds = first.tokens / slowest if slowest else LONGEST_PAUSE
        self.rest_for(min(seconds, LONGEST_PAUSE))

    def rest_for(self, seconds: float) -> None:
        """Nothing is asked for before."""
        self._not_before = max(self._not_before, self.clock() + seconds)

    @property
    def waits(self) -> float:
        """Seconds before something may be asked for."""
        return max(0.0, self._not_before - self.clock())
