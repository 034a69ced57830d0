"""Beside everything else: looks after the other replicas, and has the duties that one has."""

from datetime import datetime, timedelta

from scheduler.bootstrap import App
from scheduler.daemon.polling import Looking
from scheduler.flow.watching.replicas import Sweep

#: Seconds between two signs of life.
BEAT = 4


class Beating:
    """Signs of life, by themselves: whoever waits for a lock is alive."""

    subject = "sign of life"
    every = timedelta(seconds=BEAT)

    def __init__(self, app: App) -> None:
        self._ledger = app.ledger

    async def look(self, now: datetime) -> None:
        await self._ledger.beat(now)
        # Lost with the server's connections: without it a move of the ledger could begin.
        await self._ledger.database.hold()


class Sweeping:
    """Takes over what the dead held."""

    subject = "replicas"
    every = timedelta(seconds=BEAT)

    def __init__(self, sweep: Sweep) -> None:
        self._sweep = sweep

    async def look(self, now: datetime) -> None:
        await self._sweep.look(now)


class Duty:
    """A look that one replica at a time makes; another takes over when that one falls silent."""

    def __init__(self, app: App, look: Looking) -> None:
        self._ledger = app.ledger
        self._look = look
        self.subject = look.subject
        self.every = look.every
        self._hold = max(timedelta(seconds=30), 2 * look.every)
        self._renew_at: datetime | None = None

    async def look(self, now: datetime) -> None:
        if self._renew_at is None or not timedelta(0) < self._renew_at - now <= self._hold:
            if not await self._ledger.take_duty(self.subject, self._hold, now):
                return
            self._renew_at = now + self._hold / 2
        await self._look.look(now)
