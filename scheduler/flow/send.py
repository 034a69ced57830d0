"""The send step: claim a batch, render a few, take their intents, hand them over, write it down.

    claim -> render -> intent (durable) -> hand over -> outcome (durable) -> … -> release

An intent is taken for no more than the connections hand over in about half a second, so an opt-out
is honoured until just before, and a crash leaves few rows in doubt. The wire journal narrows those
to what was really on the wire.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from time import monotonic

from scheduler.domain import retry, windows
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import (
    ChannelStopped,
    ContentError,
    HandOverError,
    Temporary,
    Uncertain,
)
from scheduler.domain.message import Message
from scheduler.domain.optout import OptOut
from scheduler.domain.ports import Provider, SendLedger, Wire
from scheduler.domain.prices import Prices
from scheduler.domain.sending import Claim, Due
from scheduler.domain.windows import Hours
from scheduler.flow import outcome
from scheduler.flow.render import Renderer
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long the intents of one group may take to hand over.
GROUP_SECONDS = 0.5
LARGEST_GROUP = 500
#: How long a stopped channel rests before one message tries it again.
STOPPED_REST = timedelta(minutes=15)

Done = tuple[Outcome, tuple[int, OptOut] | None, HandOverError | None]


@dataclass(kw_only=True, slots=True)
class Sender:
    """Sends what is due on one channel. One a channel and process."""

    channel: str
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
    chance: Random = field(default_factory=Random)
    #: Not before this instant: the channel rests after failures.
    rests_until: datetime | None = None
    _failures: int = 0
    _group: int = 0
    _stopping: bool = False
    _in_group: bool = False
    #: Slots that may have a batch to claim.
    _open: list[int] = field(default_factory=list)
    #: Has accepted a message since this process started.
    _proved: bool = False
    #: Outcomes that the ledger has not taken yet: they are known nowhere else.
    _unwritten: list[Done] = field(default_factory=list)
    #: Deliveries past the point after which they may have been accepted.
    _handed_over: set[int] = field(default_factory=set)
    _tasks: dict[int, asyncio.Task[Done]] = field(default_factory=dict)

    async def send_due(self) -> int:
        """Send until nothing is due any more, or the channel must rest; how many were tried.

        When the ledger fails, what it was to be told is kept and said first the next time.
        """
        await self._write_down()
        tried = 0
        while not self._stopping and not self._resting():
            claim = await self._claim()
            if claim is None:
                break
            tried += await self._work(claim)
        return tried

    def use(self, renewed: "Sender") -> None:
        """Take the calendar's part of a configuration that was read again."""
        self.renderer, self.hours = renewed.renderer, renewed.hours

    @property
    def busy(self) -> bool:
        """Some intent has no outcome in the ledger yet."""
        return self._in_group

    def stop(self) -> None:
        """No new intent from now on; what is before its last bytes goes back to waiting."""
        self._stopping = True
        self.call_back()

    def give_up(self) -> None:
        """The grace time is over: what still waits for its answer becomes uncertain."""
        for task in self._tasks.values():
            task.cancel()

    def call_back(self) -> None:
        """Everything of the group that may still be kept from leaving waits again."""
        for delivery, task in self._tasks.items():
            if delivery not in self._handed_over and task is not asyncio.current_task():
                task.cancel()

    def _resting(self) -> bool:
        return self.rests_until is not None and self.clock() < self.rests_until

    async def _claim(self) -> Claim | None:
        """The oldest batch of the open slots; they are asked for anew when it has none."""
        now = self.clock()
        claim = await self.ledger.claim(self._open, self.owner, now) if self._open else None
        if claim is None:
            self._open = [
                one.slot
                for one in await self.ledger.open_slots(self.channel, now)
                if now <= one.not_after
                and windows.is_open(self.channel, now, one.place, self.hours)
            ]
            if self._open:
                claim = await self.ledger.claim(self._open, self.owner, now)
        return claim

    async def _work(self, claim: Claim) -> int:
        tried = 0
        try:
            while not self._stopping and not self._resting() and self._is_open(claim):
                size = self._group_size()
                rows = await self.ledger.due(claim, self.clock(), size)
                if not rows:
                    break
                tried += len(rows)
                if not await self._send_group(claim, rows):
                    self._open = []
                    break
                if len(rows) < size:
                    break
            else:
                # Closed by now, or resting: which slots are open is asked anew.
                self._open = []
        finally:
            await self.ledger.release(claim)
        return tried

    def _is_open(self, claim: Claim) -> bool:
        now = self.clock()
        within = windows.is_open(claim.channel, now, claim.place, self.hours)
        return within and now <= claim.not_after

    def _group_size(self) -> int:
        if self._failures:
            return 1
        return self._group or self.provider.concurrency * 2

    async def _send_group(self, claim: Claim, rows: list[Due]) -> bool:
        """One group; False when none of it may leave (stopped, cancelled, claim lost)."""
        messages, faulty = await self._render(claim, rows)
        if self._stopping:
            return False
        wanted = [due.delivery for due in rows]
        self._in_group = True
        try:
            intents = await self.ledger.take_intents(claim, wanted, self.clock())
        except Exception:
            # Whether they were taken is not known: none of them has left, which is written next.
            now = self.clock()
            self._unwritten += [(outcome.given_back(due, now), None, None) for due in rows]
            raise
        if not intents:
            self._in_group = False
            return False
        began = monotonic()
        ready = [due for due in rows if due.delivery in intents and due.delivery in messages]
        done = await self._hand_over_all(claim, ready, messages)
        self._unwritten += [(one, None, None) for one in faulty if one.delivery in intents]
        self._unwritten += done
        await self._write_down()
        self._measure(len(ready), monotonic() - began)
        await self._note_health(done)
        return True

    async def _write_down(self) -> None:
        if self._unwritten:
            outcomes = [one for one, _, _ in self._unwritten]
            suppressions = [act for _, act, _ in self._unwritten if act is not None]
            await self.ledger.record(outcomes, suppressions)
            self._unwritten.clear()
        self._in_group = False

    async def _render(
        self, claim: Claim, rows: list[Due]
    ) -> tuple[Mapping[int, Message], list[Outcome]]:
        """Messages by delivery; a text that can't be rendered is a row that says so."""
        messages: dict[int, Message] = {}
        faulty: list[Outcome] = []
        for due in rows:
            now = self.clock()
            try:
                messages[due.delivery] = await self.renderer.message(due, claim, now)
            except Exception as wrong:
                # Whatever it is, it concerns this row alone: the others must leave.
                log.exception("delivery.unrenderable", delivery=due.delivery)
                reason = str(wrong) if isinstance(wrong, ContentError) else type(wrong).__name__
                state = DeliveryState.FAILED
                faulty.append(Outcome(delivery=due.delivery, state=state, at=now, reason=reason))
        return messages, faulty

    async def _hand_over_all(
        self, claim: Claim, rows: list[Due], messages: Mapping[int, Message]
    ) -> list[Done]:
        if self._stopping:
            return [(self._interrupted(due), None, None) for due in rows]
        free = asyncio.Semaphore(self.provider.concurrency)
        self._tasks = {
            due.delivery: asyncio.create_task(
                self._hand_over(claim, due, messages[due.delivery], free)
            )
            for due in rows
        }
        try:
            results = await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        finally:
            self._tasks = {}
        done = [
            # Cancelled before its first step: nothing of it ran.
            (self._interrupted(due), None, None) if isinstance(result, BaseException) else result
            for due, result in zip(rows, results, strict=True)
        ]
        self._handed_over.clear()
        return done

    async def _hand_over(
        self, claim: Claim, due: Due, message: Message, free: asyncio.Semaphore
    ) -> Done:
        """One attempt, always ending in an outcome: cancelled ones too."""
        error: HandOverError | None = None
        try:
            async with free:
                receipt = await self.provider.send(message, self._note_handing_over)
            one = outcome.accepted(due, receipt, self.prices, self.clock())
        except HandOverError as refusal:
            error = refusal
            if isinstance(refusal, ChannelStopped):
                # The others would be refused too: a wrong password is not tried five hundred times.
                self.call_back()
            one = outcome.refused(
                due, claim, refusal, self.clock(), self.chance, resend=self.resend
            )
        except asyncio.CancelledError:
            one = self._interrupted(due)
        except Exception:
            # A fault of ours in the provider must not lose what was, or wasn't, handed over.
            log.exception("delivery.fault", delivery=due.delivery)
            known = due.delivery in self._handed_over
            error = Uncertain("fault") if known else Temporary("fault")
            one = outcome.refused(due, claim, error, self.clock(), self.chance, resend=self.resend)
        with suppress(OSError):  # a full disk: the ledger is next, and decides alone
            self.wire.answered(due.delivery, one.state)
        act = outcome.suppression(self.channel, error, self.clock()) if error else None
        log.info(
            "delivery",
            state=one.state.value,
            delivery=due.delivery,
            occurrence=claim.occurrence,
            channel=self.channel,
            attempt=due.attempts + 1,
            reason=one.reason,
        )
        return one, (due.address, act) if act else None, error

    def _note_handing_over(self, delivery: int) -> None:
        self.wire.handing_over(delivery)
        self._handed_over.add(delivery)

    def _interrupted(self, due: Due) -> Outcome:
        now = self.clock()
        if due.delivery not in self._handed_over or self.resend:
            return outcome.given_back(due, now, reason="stopped")
        state = DeliveryState.UNCERTAIN
        return Outcome(delivery=due.delivery, state=state, at=now, reason="stopped")

    def _measure(self, handed: int, seconds: float) -> None:
        """The size of the next group: what half a second takes."""
        if handed:
            size = int(handed * GROUP_SECONDS / max(seconds, 0.001))
            self._group = max(self.provider.concurrency, min(size, LARGEST_GROUP))

    async def _note_health(self, done: list[Done]) -> None:
        """A channel that is stopped, or of which nothing is accepted, rests."""
        now = self.clock()
        errors = [error for _, _, error in done]
        stopped = next((one for one in errors if isinstance(one, ChannelStopped)), None)
        if stopped is not None:
            self._failures += 1
            self.rests_until = now + STOPPED_REST
            detail = f"{stopped.code} {stopped.detail}".strip()
            if await self.ledger.raise_alarm("channel-stopped", self.channel, detail, now):
                log.error("channel.stopped", channel=self.channel, reason=detail)
        elif errors and all(isinstance(one, Temporary) and one.of_channel for one in errors):
            self._failures += 1
            self.rests_until = now + retry.rest(self._failures)
            log.warning("channel.rests", channel=self.channel, until=self.rests_until.isoformat())
        elif any(one.state is DeliveryState.SENT for one, _, _ in done):
            if self._failures or not self._proved:
                await self.ledger.clear_alarm("channel-stopped", self.channel, now)
            self._failures, self.rests_until, self._proved = 0, None, True
