"""The send step: intents a turn ahead of the wire, one transaction a turn, and no barrier.

    claim -> read, render (a group ahead) -> turn: outcomes of what was answered, next intents
          -> pile -> lines pull, hand over -> answers -> the next turn -> … -> release

The pile is kept between a half and one group: no more than the lines hand over in about half a
second, so an opt-out is honoured until just before, and a crash leaves few rows in doubt. A slow
answer holds its own line and nothing else. The wire journal narrows what is in doubt to what was
really on the wire.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol

from scheduler.domain.calendar.windows import Hours
from scheduler.domain.measure.pace import Pace
from scheduler.domain.measure.prices import Prices
from scheduler.domain.ports import Wire
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Lane
from scheduler.domain.showing.counted import Counted
from scheduler.domain.showing.traced import Work
from scheduler.flow.batches import Batches, BatchLedger, Group
from scheduler.flow.begin import InHand, alive
from scheduler.flow.gate import BreakerLedger, Gate
from scheduler.flow.hand_over import HandOver
from scheduler.flow.pacing import Pacer
from scheduler.flow.preparing import Preparing, Run
from scheduler.flow.render import Renderer
from scheduler.flow.turning import Turning, TurnLedger

#: Seconds after which the ledger is told what was answered, and what is in hand is looked at.
TICK = 0.05
#: Seconds between two looks for something new, while an answer is still awaited.
LOOK_AGAIN = 1.0


class SendLedger(BatchLedger, BreakerLedger, TurnLedger, Protocol):
    """All that sending asks of the ledger."""


@dataclass(kw_only=True, slots=True)
class Sender:
    """Works the batches of one lane."""

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
    counted: Counted = field(default_factory=Counted)
    _gate: Gate = field(init=False)
    _pacer: Pacer = field(init=False)
    _batches: Batches = field(init=False)
    _in_hand: InHand = field(init=False)
    _hand_over: HandOver = field(init=False)
    _turning: Turning = field(init=False)
    _preparing: Preparing = field(init=False)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    #: A group of which the ledger gave none: it isn't asked for twice in a row.
    _denied: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._gate = Gate(lane=self.lane, ledger=self.ledger, clock=self.clock)
        self._pacer = Pacer(
            pace=self.pace, prices=self.prices, stopping=self._stopping, clock=alive
        )
        self._batches = Batches(
            lane=self.lane,
            provider=self.provider,
            ledger=self.ledger,
            renderer=self.renderer,
            hours=self.hours,
            owner=self.owner,
            clock=self.clock,
        )
        self._in_hand = InHand(ledger=self.ledger, clock=self.clock)
        self._hand_over = HandOver(
            channel=self.lane.channel,
            wire=self.wire,
            prices=self.prices,
            resend=self.resend,
            clock=self.clock,
            chance=self.chance,
            in_hand=self._in_hand,
            counted=self.counted,
        )
        self._turning = Turning(
            lane=self.lane,
            provider=self.provider,
            ledger=self.ledger,
            gate=self._gate,
            pacer=self._pacer,
            in_hand=self._in_hand,
            hand_over=self._hand_over,
            clock=self.clock,
        )
        self._preparing = Preparing(
            lane=self.lane,
            batches=self._batches,
            gate=self._gate,
            pacer=self._pacer,
            turning=self._turning,
            stopping=self._stopping,
        )

    async def send_due(self) -> int:
        """Send until nothing is due any more, or the lane must rest, and every answer is there; how
        many were tried.

        When the ledger fails, what it was to be told is kept and said first the next time.
        """
        return await self._send(None, None)

    async def send_batch(self, slot: int, number: int) -> int:
        """The same of one batch, if it is ready and nobody holds it; others of the lane while an
        answer is awaited. How many were tried."""
        return await self._send(slot, number)

    async def settle(self) -> None:
        """Tell the ledger what it could not be told when it was away."""
        await self._turning.tell()
        await self._preparing.give_back()

    def use(self, renewed: "Sender") -> None:
        """Take the calendar's part of a configuration that was read again."""
        self.renderer = self._batches.renderer = renewed.renderer
        self.hours = self._batches.hours = renewed.hours

    @property
    def busy(self) -> bool:
        """Some intent has no outcome in the ledger yet."""
        return self._turning.is_owing

    @property
    def rests_until(self) -> datetime | None:
        """Nothing is tried before, as far as this process knows (UTC)."""
        return self._gate.rests_until

    def stop(self) -> None:
        """No new intent from now on; what is before its last bytes goes back to waiting."""
        self._stopping.set()
        self._hand_over.call_back()
        self._hand_over.changed.set()

    def call_back(self) -> None:
        """Everything under way that may still be kept from leaving waits again."""
        self._hand_over.call_back()

    def give_up(self) -> None:
        """The grace time is over: what still waits for its answer becomes uncertain."""
        self._hand_over.give_up()

    async def _send(self, slot: int | None, number: int | None) -> int:
        await self.settle()
        before = self._turning.tried
        self._batches.only(slot)
        self._denied = frozenset()
        run = Run(slot=slot, number=number, named=number)
        try:
            while await self._step(run):
                pass
        except asyncio.CancelledError:
            self._hand_over.give_up()
            raise
        except BaseException:
            # A ledger that is away sends nothing more.
            self._hand_over.call_back()
            raise
        finally:
            await self._leave(run)
        return self._turning.tried - before

    async def _step(self, run: Run) -> bool:
        """A group is prepared, a turn taken, or something waited for; False at the end."""
        if self._stopping.is_set():
            run.ready, run.is_idle = None, True
            self._hand_over.call_back()
        elif run.wants_more and not (self._gate.is_trial and self.busy):
            run.preparing = asyncio.create_task(self._preparing.next_group(run))
            run.preparing.add_done_callback(self._wake)
        if run.preparing is not None and (run.preparing.done() or not self._hand_over.under_way):
            await self._take_prepared(run, run.preparing)
            return True
        if run.is_idle and not self.busy:
            return await self._goes_on(run)
        if (group := self._next(run)) is not None or self._is_time_to_tell(run):
            await self._turn(run, group)
            return True
        await self._wait(run)
        return True

    async def _take_prepared(self, run: Run, preparing: "asyncio.Task[Group | None]") -> None:
        run.preparing = None
        run.ready = await preparing
        run.looked = alive()
        if run.is_outdated:
            await self._read_anew(run)
        else:
            run.is_idle = run.ready is None

    def _next(self, run: Run) -> Group | None:
        """The group that may ask for its intents now; none before what came back is told, for it
        goes before what was read after it."""
        if (
            run.ready is None
            or self._hand_over.has_come_back
            or self._hand_over.waiting > self._hand_over.low
            or self._gate.doubts
            or self._pacer.waits
        ):
            return None
        return run.ready

    def _is_time_to_tell(self, run: Run) -> bool:
        answered = self._hand_over.answered
        if not answered:
            # What was heard last is judged though one slow answer is still awaited.
            judged_late = self._gate.doubts and not self._hand_over.expected
            return judged_late or bool(self._turning.unwritten)
        if answered >= self._hand_over.full or self._hand_over.has_come_back:
            return True
        return alive() - run.told >= TICK or not self._hand_over.under_way

    async def _turn(self, run: Run, group: Group | None) -> None:
        run.told = alive()
        if group is not None and not self._batches.may_leave(group.claim):
            self._batches.only(None)
            run.ready = group = None
        try:
            turned = await self._turning.take(group)
        finally:
            self.counted.trace(Work.TURN, alive() - run.told, word=self.lane.channel)
        if self._turning.withheld:
            run.came_back = True
        if group is None:
            if self._turning.withheld:
                await self._read_anew(run)
            return
        run.ready = group.without_first(turned.asked)
        if turned.taken or not (turned.asked or turned.rests or self._gate.rests_until):
            self._denied = frozenset()
            return
        # None may leave: stopped, cancelled, another's by now, or the lane rests.
        rows = frozenset(due.delivery_id for due in group.rows)
        run.ready = None
        run.is_idle = rows == self._denied or not turned.asked
        self._denied = rows
        self._batches.only(None)
        await self._preparing.give_back()

    async def _read_anew(self, run: Run) -> None:
        """What was read ahead would overtake all that came back: it is read again, behind that."""
        run.ready, run.is_outdated = None, run.preparing is not None
        if run.is_outdated:
            return
        self._batches.read_again()
        if run.named is None:
            # Of an earlier batch, maybe: the oldest is claimed again.
            await self._preparing.give_back()

    async def _goes_on(self, run: Run) -> bool:
        """Every answer is there, and nothing was found to send. What came back meanwhile is asked
        for again: by now the ledger may say why it doesn't leave. A batch of a lane with lines of
        its own ends here, and another may begin."""
        if self._stopping.is_set() or self._gate.rests_until:
            return False
        goes_on = run.came_back or (self._batches.held is not None and run.named is None)
        await self._batches.give_back()
        if run.came_back:
            self._batches.only(run.slot)
            run.number = run.named
        run.came_back, run.is_idle = False, not goes_on
        return goes_on

    async def _wait(self, run: Run) -> None:
        """For an answer, a group, a pile that is low, or a tick."""
        changed = self._hand_over.changed
        is_busy = self._hand_over.waiting or self._hand_over.answered or self._gate.doubts
        seconds = min(self._pacer.waits or TICK, TICK) if is_busy or run.ready else LOOK_AGAIN
        # Not wait_for: up to Python 3.12 it forgets a cancellation that comes with what it awaits.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await changed.wait()
        changed.clear()
        if self._hand_over.waiting:
            # What is on a line already asks by itself before it begins.
            await self._in_hand.refresh()
            self._hand_over.sweep()
        self._hand_over.start(self.provider, self._turning.at_once)
        if run.is_idle and alive() - run.looked > LOOK_AGAIN:
            # One slow answer keeps nobody from what is due meanwhile.
            run.is_idle = False

    async def _leave(self, run: Run) -> None:
        """What was prepared is left where it is; the batch is given back."""
        if run.preparing is not None:
            # Not cancelled: a claim that is being made would be nobody's.
            with suppress(Exception):
                await run.preparing
        with suppress(Exception):
            await self._gate.step_aside()
            await self._preparing.give_back()

    def _wake(self, _task: object) -> None:
        self._hand_over.changed.set()
