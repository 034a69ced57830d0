"""Preparing, a group ahead of what is on the wire: a batch is claimed, its next rows are read and
rendered. Nothing of it has an intent yet."""

import asyncio
from dataclasses import dataclass

from scheduler.domain.sending import Claim, Lane
from scheduler.flow.batches import Batches, Group
from scheduler.flow.gate import Gate
from scheduler.flow.pacing import Pacer
from scheduler.flow.turning import Turning


@dataclass(kw_only=True, slots=True)
class Run:
    """One going through of what is due."""

    #: The batch that was named: others only while an answer is awaited.
    slot: int | None
    named: int | None
    #: The same, while it is to be claimed.
    number: int | None
    #: Something waits again that nothing was told of.
    came_back: bool = False
    preparing: "asyncio.Task[Group | None] | None" = None
    ready: Group | None = None
    #: What is being prepared was read before something came back that goes before it.
    is_outdated: bool = False
    #: Nothing more was found to send.
    is_idle: bool = False
    #: The batch whose lane was let through.
    claim: Claim | None = None
    #: When it was last looked for more, and the ledger told (``alive``).
    looked: float = 0.0
    told: float = 0.0

    @property
    def wants_more(self) -> bool:
        return self.ready is None and self.preparing is None and not self.is_idle


@dataclass(kw_only=True, slots=True)
class Preparing:
    """Of one sender."""

    lane: Lane
    batches: Batches
    gate: Gate
    pacer: Pacer
    turning: Turning
    stopping: asyncio.Event

    async def next_group(self, run: Run) -> Group | None:
        """The next rows, read and rendered; None when nothing may leave now."""
        number, run.number = run.number, None
        while not self.stopping.is_set():
            if self.batches.held is None and not await self._may_claim(run, number):
                return None
            claim = await self.batches.take(number)
            if claim is None:
                return None
            if run.claim is not claim and not await self.gate.lets_through():
                self.batches.only(None)
                return None
            run.claim, number = claim, None
            size = 1 if self.gate.is_trial else self._sized()
            group = await self.batches.next_group(size)
            if group is not None:
                return group
            if self._keeps_line:
                return None
            await self.batches.give_back()
        return None

    @property
    def _keeps_line(self) -> bool:
        """A line of the lane's own is kept until everything of the batch has its answer."""
        return self.lane.connections is not None and self.turning.is_owing

    async def give_back(self) -> None:
        if not self.turning.unwritten and not self._keeps_line:
            await self.batches.give_back()

    def _sized(self) -> int:
        return self.pacer.group_of(self.turning.sizing.group(self.turning.at_once))

    async def _may_claim(self, run: Run, number: int | None) -> bool:
        """Another batch: the one that was named, or any while there is something to wait for."""
        named_already = run.named is not None and number is None
        if named_already and (not self.turning.is_owing or self.lane.connections is not None):
            return False
        return not await self.gate.is_shut()
