"""The send step: claim a batch, render a few, take their intents, hand them over, write it down.

    claim -> render -> pace -> intent (durable) -> hand over -> outcome (durable) -> … -> release

An intent is taken for no more than the connections hand over in about half a second, so an opt-out
is honoured until just before, and a crash leaves few rows in doubt. The wire journal narrows those
to what was really on the wire.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from time import monotonic

from scheduler.domain.calendar import windows
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import ContentError
from scheduler.domain.measure.pace import Pace
from scheduler.domain.measure.prices import Prices
from scheduler.domain.message import Message
from scheduler.domain.ports import SendLedger, Wire
from scheduler.domain.provider import Provider
from scheduler.domain.readdressing import Readers
from scheduler.domain.sending import Claim, Due, Lane
from scheduler.flow import outcome
from scheduler.flow.begin import InHand, alive
from scheduler.flow.gate import Gate
from scheduler.flow.hand_over import Done, HandOver
from scheduler.flow.pacing import Pacer
from scheduler.flow.render import Renderer
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds to wait after a group of which nothing could begin.
BREATH = 0.5
#: How long the intents of one group may take to hand over.
GROUP_SECONDS = 0.5
LARGEST_GROUP = 500


@dataclass(kw_only=True, slots=True)
class Sender:
    """Works the batches of one lane, one at a time."""

    lane: Lane
    provider: Provider
    ledger: SendLedger
    renderer: Renderer
    wire: Wire
    hours: Hours
    prices: Prices
    #: What may have been accepted is sent again, with the same Message-ID (a setting).
    resend: bool
    owner: str
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    chance: Random = field(default_factory=Random)
    _gate: Gate = field(init=False)
    _pacer: Pacer = field(init=False)
    _hand_over: HandOver = field(init=False)
    _group: int = 0
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _in_group: bool = False
    #: Slots that may have a batch to claim.
    _open: list[int] = field(default_factory=list)
    #: The batch that it works.
    _held: Claim | None = None
    #: Outcomes that the ledger has not taken yet: they are known nowhere else.
    _unwritten: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._gate = Gate(lane=self.lane, ledger=self.ledger, clock=self.clock)
        self._pacer = Pacer(
            pace=self.pace, ledger=self.ledger, clock=self.clock, stopping=self._stopping
        )
        self._hand_over = HandOver(
            channel=self.lane.channel,
            wire=self.wire,
            prices=self.prices,
            resend=self.resend,
            clock=self.clock,
            chance=self.chance,
        )

    async def send_due(self) -> int:
        """Send until nothing is due any more, or the lane must rest; how many were tried.

        When the ledger fails, what it was to be told is kept and said first the next time.
        """
        await self.settle()
        tried = 0
        self._open = []
        while not self._stopping.is_set():
            is_fresh = not self._open
            self._open = self._open or await self._find_open()
            if not self._open or await self._gate.is_shut():
                break
            handed = await self._work_next()
            if handed is None and is_fresh:
                break
            if handed is None:
                self._open = []
            tried += handed or 0
        return tried

    async def send_batch(self, slot: int, number: int) -> int:
        """The same of one batch, if it is ready and nobody holds it; how many were tried."""
        await self.settle()
        self._open = [slot]
        if self._stopping.is_set() or await self._gate.is_shut():
            return 0
        return await self._work_next(number) or 0

    async def settle(self) -> None:
        """Tell the ledger what it could not be told when it was away."""
        await self._write_down()
        await self._release()

    def use(self, renewed: "Sender") -> None:
        """Take the calendar's part of a configuration that was read again."""
        self.renderer, self.hours = renewed.renderer, renewed.hours

    @property
    def busy(self) -> bool:
        """Some intent has no outcome in the ledger yet."""
        return self._in_group

    @property
    def rests_until(self) -> datetime | None:
        """Nothing is tried before, as far as this process knows (UTC)."""
        return self._gate.rests_until

    def stop(self) -> None:
        """No new intent from now on; what is before its last bytes goes back to waiting."""
        self._stopping.set()
        self._hand_over.call_back()

    def call_back(self) -> None:
        """Everything of the group under way that may still be kept from leaving waits again."""
        self._hand_over.call_back()

    def give_up(self) -> None:
        """The grace time is over: what still waits for its answer becomes uncertain."""
        self._hand_over.give_up()

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

    async def _work_next(self, number: int | None = None) -> int | None:
        """Claim the oldest batch of the open slots (or the one of that number) and work it; how
        many were tried, None when there was none."""
        destination = "" if self.lane.connections is None else self.lane.destination
        await self.provider.enter(destination)
        try:
            claim = await self.ledger.claim(
                self._open, self.owner, self.clock(), lane=self.lane, number=number
            )
            if claim is None:
                return None
            self._held = replace(claim, readers=self._readers(claim))
            return await self._work(self._held)
        finally:
            await self.provider.leave(destination)

    async def _work(self, claim: Claim) -> int:
        """Send of a batch what may leave now, and give it back; how many were tried."""
        tried = 0
        try:
            while (
                not self._stopping.is_set()
                and self._is_open(claim)
                and await self._gate.lets_through()
            ):
                size = self._group_size()
                rows = await self.ledger.due(claim, self.clock(), size)
                if not rows:
                    break
                handed = await self._send_group(claim, rows)
                if handed is None:
                    self._open = []
                    break
                tried += handed
                if handed == len(rows) < size:
                    break
            else:
                # Closed by now, or resting: which slots are open is asked anew.
                self._open = []
        finally:
            await self._gate.step_aside()
            await self._release()
        return tried

    def _is_open(self, claim: Claim) -> bool:
        now = self.clock()
        hours = self.hours.for_audience(claim.audience)
        within = windows.is_open(claim.channel, now, claim.place, hours)
        return within and now <= claim.not_after and self._knows(claim.audience)

    def _knows(self, audience: str) -> bool:
        """One whose file is faulty since the start waits for its mending."""
        return audience in self.renderer.audiences

    @property
    def _at_once(self) -> int:
        return self.provider.concurrency if self.lane.connections is None else 1

    def _group_size(self) -> int:
        if self._gate.is_trial:
            return 1
        size = self._group or self._at_once * 2
        return self._pacer.group_of(size)

    async def _send_group(self, claim: Claim, rows: Sequence[Due]) -> int | None:
        """One group; how many were tried, and None when none may leave (stopped, cancelled)."""
        messages, faulty = await self._render(claim, rows)
        rows = await self._pacer.fitting(rows, messages)
        if self._stopping.is_set():
            return None
        # Asked before the intents: whoever has one must end in an outcome.
        closed = await self._gate.closed_countries(rows)
        in_hand = InHand(
            ledger=self.ledger,
            claim=claim,
            clock=self.clock,
            asked=alive(),
            heard=self.ledger.heard,
        )
        intents = await self._take_intents(claim, rows, messages)
        in_hand.hold(intents)
        if not intents:
            return 0 if not rows else None
        began = monotonic()
        ready = [due for due in rows if due.delivery_id in intents and due.delivery_id in messages]
        if self._stopping.is_set():
            done = [self._hand_over.interrupted(due) for due in ready]
        else:
            done = await self._hand_over.all(
                self.provider, claim, ready, messages, self._at_once, in_hand, closed
            )
        self._unwritten += [Done(outcome=one) for one in faulty if one.delivery_id in intents]
        self._unwritten += done
        # Before the outcomes: what waits again must find its campaign halted.
        await self._gate.halt(claim, done)
        await self._write_down()
        tried = [one for one in done if not one.withheld]
        self._measure(len(tried), monotonic() - began)
        await self._gate.note(tried)
        if done and not tried:
            # A ledger too slow to be believed, or a person: it isn't asked without a pause.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), BREATH)
        # What waits again is asked for at once: by now the ledger may say why it doesn't leave.
        return len(rows) - (len(done) - len(tried))

    async def _take_intents(
        self, claim: Claim, rows: Sequence[Due], messages: Mapping[int, Message]
    ) -> set[int]:
        if not rows:
            return set()
        costs: dict[int, int] = {
            due.delivery_id: self.prices.cost(due.to, messages[due.delivery_id].segments)
            for due in rows
            if due.delivery_id in messages
        }
        self._in_group = True
        try:
            wanted = [due.delivery_id for due in rows]
            intents = await self.ledger.take_intents(claim, wanted, self.clock(), costs)
        except Exception:
            # Whether they were taken is not known: none of them has left, which is written next.
            now = self.clock()
            self._unwritten += [Done(outcome=outcome.given_back(due, now)) for due in rows]
            raise
        self._in_group = bool(intents)
        return intents

    def _readers(self, claim: Claim) -> Readers:
        audience = self.renderer.audiences.get(claim.audience)
        return Readers(audience=audience, carries_fiction=self.provider.carries_fiction)

    async def _write_down(self) -> None:
        if self._unwritten:
            outcomes = [one.outcome for one in self._unwritten]
            suppressions = [one.suppression for one in self._unwritten if one.suppression]
            refusals = [one.refusal for one in self._unwritten if one.refusal]
            await self.ledger.record(outcomes, suppressions, refusals)
            self._unwritten.clear()
        self._in_group = False

    async def _release(self) -> None:
        """Give the batch back; one that could not be is remembered, and given back later: after
        what the ledger was not told yet, by which some of it may wait again."""
        if self._held is not None and not self._unwritten:
            await self.ledger.release(self._held)
            self._held = None

    async def _render(
        self, claim: Claim, rows: Sequence[Due]
    ) -> tuple[Mapping[int, Message], list[Outcome]]:
        """Messages by delivery; a text that can't be rendered is a row that says so."""
        messages: dict[int, Message] = {}
        faulty: list[Outcome] = []
        for due in rows:
            now = self.clock()
            try:
                messages[due.delivery_id] = await self.renderer.message(due, claim, now)
            except Exception as wrong:
                # Whatever it is, it concerns this row alone: the others must leave.
                log.exception("delivery.unrenderable", delivery=due.delivery_id)
                reason = str(wrong) if isinstance(wrong, ContentError) else type(wrong).__name__
                state = DeliveryState.FAILED
                faulty.append(
                    Outcome(delivery_id=due.delivery_id, state=state, at=now, reason=reason)
                )
        return messages, faulty

    def _measure(self, handed: int, seconds: float) -> None:
        """The size of the next group: what half a second takes."""
        if handed:
            size = int(handed * GROUP_SECONDS / max(seconds, 0.001))
            self._group = max(self._at_once, min(size, LARGEST_GROUP))
