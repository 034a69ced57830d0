"""Where a sender's rows come from: one batch of its lane after the other, read and rendered a group
ahead of what is on the wire."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from scheduler.domain.calendar import windows
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import ContentError
from scheduler.domain.message import Message
from scheduler.domain.provider import Provider
from scheduler.domain.readdressing import Readers
from scheduler.domain.sending import Claim, Due, Lane, OpenSlot
from scheduler.flow.render import Renderer
from scheduler.log import get_logger

log = get_logger(__name__)

#: Rows that are rendered before answers are heard.
AT_A_TIME = 16


class BatchLedger(Protocol):
    """What is asked of the ledger. Each call is one transaction."""

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        """Slots of running occurrences with a batch of the lane that is ready and free."""

    async def claim(
        self,
        slots: Sequence[int],
        owner: str,
        now: datetime,
        *,
        lane: Lane | None = None,
        number: int | None = None,
    ) -> Claim | None:
        """The oldest ready batch of these slots (of the lane, of this number), for the time of a
        lease; None also when as many of the lane are worked as may be."""

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        """Waiting deliveries of a batch."""

    async def release(self, claim: Claim) -> None:
        """Give a batch back."""


@dataclass(kw_only=True, slots=True)
class Group:
    """Rows of one batch, rendered, that ask for their intents."""

    claim: Claim
    rows: Sequence[Due]
    messages: Mapping[int, Message]
    #: Rows that can't be rendered, and why.
    faulty: Mapping[int, Outcome]

    def without_first(self, count: int) -> "Group | None":
        """What is left when so many have been asked for."""
        rows = self.rows[count:]
        return replace(self, rows=rows) if rows else None


@dataclass(kw_only=True, slots=True)
class Batches:
    """Of one sender: at most one is held."""

    lane: Lane
    provider: Provider
    ledger: BatchLedger
    renderer: Renderer
    hours: Hours
    owner: str
    clock: Callable[[], datetime]
    #: The batch that it works.
    held: Claim | None = None
    #: Slots that may have a batch to claim; None: to be asked.
    _open: list[int] | None = None
    #: Nothing more of what it holds is due.
    _is_through: bool = False
    _entered: bool = field(default=False)

    def only(self, slot: int | None) -> None:
        """Look in this slot first; anew in all of them without one."""
        self._open = None if slot is None else [slot]

    def read_again(self) -> None:
        """Something that it had given out waits again."""
        self._is_through = False

    async def take(self, number: int | None = None) -> Claim | None:
        """The batch that is held, or the oldest that may leave now (or the one of that number)."""
        if self.held is not None:
            return self.held
        is_fresh = self._open is None
        slots = await self._find_open() if self._open is None else self._open
        self._open = slots
        if not slots:
            self._open = None
            return None
        await self._enter()
        now = self.clock()
        claim = await self.ledger.claim(slots, self.owner, now, lane=self.lane, number=number)
        if claim is not None:
            self.held = replace(claim, readers=self._readers(claim))
            self._is_through = False
            return self.held
        self._open = None
        await self._leave()
        return None if is_fresh or number is not None else await self.take()

    async def next_group(self, size: int) -> Group | None:
        """Due rows of the batch that is held, rendered; None when nothing more of it may leave."""
        claim = self.held
        if claim is None or self._is_through:
            return None
        if not self.may_leave(claim):
            # Closed by now: which slots are open is asked anew.
            self._open = None
            return None
        rows = await self.ledger.due(claim, self.clock(), size)
        self._is_through = len(rows) < size
        if not rows:
            return None
        messages, faulty = await self._render(claim, rows)
        return Group(claim=claim, rows=rows, messages=messages, faulty=faulty)

    async def give_back(self) -> None:
        """One that can't be given back is remembered, and given back later."""
        if self.held is not None:
            await self.ledger.release(self.held)
            self.held = None
        await self._leave()

    def may_leave(self, claim: Claim) -> bool:
        now = self.clock()
        hours = self.hours.for_audience(claim.audience)
        within = windows.is_open(claim.channel, now, claim.place, hours)
        return within and now <= claim.not_after and self._knows(claim.audience)

    async def _find_open(self) -> list[int]:
        """Slots with a batch of the lane that may leave now."""
        now = self.clock()
        return [
            one.slot_id
            for one in await self.ledger.open_slots(self.lane, now)
            if now <= one.not_after
            and self._knows(one.audience)
            and windows.is_open(
                self.lane.channel, now, one.place, self.hours.for_audience(one.audience)
            )
        ]

    def _knows(self, audience: str) -> bool:
        """One whose file is faulty since the start waits for its mending."""
        return audience in self.renderer.audiences

    def _readers(self, claim: Claim) -> Readers:
        audience = self.renderer.audiences.get(claim.audience)
        return Readers(audience=audience, carries_fiction=self.provider.carries_fiction)

    async def _enter(self) -> None:
        # untaken: whoever holds nothing has left by the end of the last run (false)
        if not self._entered:
            await self.provider.enter(self._destination)
            self._entered = True

    async def _leave(self) -> None:
        if self._entered:
            self._entered = False
            await self.provider.leave(self._destination)

    @property
    def _destination(self) -> str:
        return "" if self.lane.connections is None else self.lane.destination

    async def _render(
        self, claim: Claim, rows: Sequence[Due]
    ) -> tuple[Mapping[int, Message], Mapping[int, Outcome]]:
        """Messages by delivery; a text that can't be rendered is a row that says so."""
        messages: dict[int, Message] = {}
        faulty: dict[int, Outcome] = {}
        for number, (due, tokens) in enumerate(
            zip(rows, self.renderer.tokens_of(rows), strict=True)
        ):
            if number % AT_A_TIME == AT_A_TIME - 1:
                # Lines wait for nobody's text but their own.
                await asyncio.sleep(0)
            now = self.clock()
            try:
                messages[due.delivery_id] = await self.renderer.message(due, claim, now, tokens)
            except Exception as wrong:
                # Whatever it is, it concerns this row alone: the others must leave.
                log.exception("delivery.unrenderable", delivery=due.delivery_id)
                reason = str(wrong) if isinstance(wrong, ContentError) else type(wrong).__name__
                state = DeliveryState.FAILED
                faulty[due.delivery_id] = Outcome(
                    delivery_id=due.delivery_id, state=state, at=now, reason=reason
                )
        ready = await self.provider.prepare(list(messages.values()))
        return dict(zip(messages, ready, strict=True)), faulty
