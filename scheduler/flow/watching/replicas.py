"""Living beside others: the work of the dead, and jobs for what has none."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.calendar import windows
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.sending import Lane, OpenSlot
from scheduler.log import get_logger

log = get_logger(__name__)


class ReplicaLedger(Protocol):
    """Each call is one transaction."""

    async def free_batches(self, now: datetime) -> list[tuple[int, int]]:
        """Let go of what silent replicas hold."""

    async def give_up_on(self, wait: timedelta, now: datetime) -> int:
        """Take for uncertain what replicas silent for ``wait`` had in flight."""

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        """Slots with a batch that is ready and free."""

    async def enqueue(self, slots: Collection[int], now: datetime) -> int:
        """A job for each ready batch of these that has none."""


@dataclass(kw_only=True, slots=True)
class Sweep:
    """Beside each worker, so that the death of any is noticed by any other."""

    ledger: ReplicaLedger
    channels: Collection[str]
    #: Asked at each look: a configuration that was read again holds at once.
    hours: Callable[[], Hours]
    #: How long a silent replica's wire journal is waited for.
    journal_wait: timedelta
    #: Drops the jobs of dead workers from the queue; how many.
    forget_stalled: Callable[[], Awaitable[int]]

    async def look(self, now: datetime) -> None:
        """Take over what the dead had not begun."""
        freed = await self.ledger.free_batches(now)
        stalled = await self.forget_stalled()
        if freed or stalled:
            log.warning("replica.taken_over", batches=len(freed), jobs=stalled)
        given_up = await self.ledger.give_up_on(self.journal_wait, now)
        if given_up:
            log.warning("replica.given_up", deliveries=given_up)
        await self.reconcile(now)

    async def reconcile(self, now: datetime) -> int:
        """A job for whatever may leave now and has none; how many."""
        hours = self.hours()
        slots = [
            one.slot_id
            for channel in self.channels
            for one in await self.ledger.open_slots(Lane(channel=channel), now)
            if now <= one.not_after
            and windows.is_open(channel, now, one.place, hours.for_audience(one.audience))
        ]
        return await self.ledger.enqueue(slots, now) if slots else 0
