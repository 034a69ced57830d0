"""The pace, seen from the send step: how many of a group may leave now.

Buckets are levels in the ledger, so a pace holds for every replica and over a restart.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.measure.pace import Pace
from scheduler.domain.message import Message
from scheduler.domain.ports import SendLedger
from scheduler.domain.sending import Due

#: Seconds between two questions whether something may leave.
LONGEST_PAUSE = 1.0


@dataclass(kw_only=True, slots=True)
class Pacer:
    """Of one sender."""

    pace: Pace
    ledger: SendLedger
    clock: Callable[[], datetime]
    #: Ends a pause at once.
    stopping: asyncio.Event

    def group_of(self, size: int) -> int:
        """No larger a group than a second lets leave."""
        if not self.pace.rates:
            return size
        return min(size, max(1, int(min(self.pace.rates.values()))))

    async def fitting(self, rows: Sequence[Due], messages: Mapping[int, Message]) -> Sequence[Due]:
        """As many of these, from the first on, as may leave now; none, after a pause, when the
        first has to wait."""
        rates = self.pace.rates
        if not rates:
            return rows
        weights = [_tokens(messages.get(due.delivery_id)) for due in rows]
        granted = await self.ledger.take_tokens(rates, sum(weights), weights[0], self.clock())
        if not granted:
            await self._pause(weights[0] / min(rates.values()))
            return []
        taken = 0
        for count, weight in enumerate(weights):
            if taken + weight > granted:
                await self.ledger.give_back_tokens(rates, granted - taken)
                return rows[:count]
            taken += weight
        return rows

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), min(seconds, LONGEST_PAUSE))


def _tokens(message: Message | None) -> int:
    """A token a message, a segment for SMS; what can't be rendered leaves as one."""
    return max(1, message.segments) if message else 1
