"""The embedded engine: every sender of this process looks for work by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Protocol

from scheduler.domain.sending import Lane


class Works(Protocol):
    """A sender, as an engine sees it."""

    @property
    def lane(self) -> Lane: ...

    @property
    def busy(self) -> bool:
        """Some intent has no outcome in the ledger yet."""

    async def send_due(self) -> int:
        """Send until nothing is due any more, or the lane must rest."""

    async def send_batch(self, slot: int, number: int) -> int:
        """The same of one batch."""

    async def settle(self) -> None:
        """Tell the ledger what it could not be told when it was away."""

    def stop(self) -> None:
        """No new intent from now on."""

    def give_up(self) -> None:
        """What still waits for its answer becomes uncertain."""


#: Told of a lane that failed, with the error, and with None once it works again.
Report = Callable[[Lane, Exception | None], Awaitable[None]]


class LocalEngine:
    """For a ledger that one process has."""

    def __init__(self, senders: Sequence[Works], report: Report, *, every: float) -> None:
        """``every``: seconds between two looks when nobody wakes it."""
        self._senders = senders
        self._report = report
        self._failed: set[Lane] = set()
        self._every = every
        self._stopping = False
        self._wakings = [asyncio.Event() for _ in senders]
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._keep_sending(sender, waking))
            for sender, waking in zip(self._senders, self._wakings, strict=True)
        ]

    def wake(self) -> None:
        """There may be something to send."""
        for waking in self._wakings:
            waking.set()

    async def stop(self, grace: float) -> None:
        """No new intent; ``grace`` seconds for what waits for its answer."""
        self._stopping = True
        for sender in self._senders:
            sender.stop()
        self.wake()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=grace)
        if late:
            for sender in self._senders:
                sender.give_up()
            await asyncio.wait(late)

    async def _keep_sending(self, sender: Works, waking: asyncio.Event) -> None:
        while not self._stopping:
            waking.clear()
            try:
                await sender.send_due()
            except Exception as fault:
                self._failed.add(sender.lane)
                await self._report(sender.lane, fault)
            else:
                await self._note_recovery(sender.lane)
            # Not wait_for, which may forget a cancellation (see ``flow.send``).
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await waking.wait()

    async def _note_recovery(self, lane: Lane) -> None:
        if lane in self._failed:
            self._failed.discard(lane)
            # The ledger may be away again: the next fault says so.
            with suppress(Exception):
                await self._report(lane, None)
