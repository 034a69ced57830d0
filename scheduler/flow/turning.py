"""One turn: the ledger is told what came of some, and says who may leave next."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.domain.intents import Told, Turned, Wanted
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Lane
from scheduler.flow import outcome
from scheduler.flow.batches import Group
from scheduler.flow.begin import Asked, InHand, alive
from scheduler.flow.done import Done
from scheduler.flow.gate import Gate
from scheduler.flow.hand_over import HandOver
from scheduler.flow.pacing import Pacer
from scheduler.flow.sizing import Sizing
from scheduler.flow.stock import Lot
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds after a turn of which nothing could begin, before any other intent.
BREATH = 0.5


class TurnLedger(Asked, Protocol):
    """What a turn asks of the ledger."""

    async def turn(self, told: Told, wanted: Wanted | None, now: datetime) -> Turned:
        """Write outcomes, then take intents, in one transaction; durable when it returns.

        What a file has changed of a candidate's person since it was planned gets another address
        and waits, or is left out. Where the lane rests, or its pace is used up, none is taken.
        """


@dataclass(kw_only=True, slots=True)
class Turning:
    """Of one sender. One turn at a time."""

    lane: Lane
    provider: Provider
    ledger: TurnLedger
    gate: Gate
    pacer: Pacer
    in_hand: InHand
    hand_over: HandOver
    clock: Callable[[], datetime]
    sizing: Sizing = field(default_factory=Sizing)
    #: Attempts since the sender was made.
    tried: int = 0
    #: The last turn told of some that wait again, untried.
    withheld: bool = False
    #: Outcomes that the ledger has not taken yet: they are known nowhere else.
    unwritten: list[Done] = field(default_factory=list)

    @property
    def at_once(self) -> int:
        return self.provider.concurrency if self.lane.connections is None else 1

    @property
    def is_owing(self) -> bool:
        """Some intent has no outcome in the ledger yet."""
        return bool(self.hand_over.under_way or self.hand_over.answered or self.unwritten)

    async def tell(self) -> None:
        """What is known here alone, without asking for anything."""
        if self.unwritten or self.hand_over.answered:
            await self.take(None)

    async def take(self, group: Group | None) -> Turned:
        """One turn; those of the group that may leave are handed over from then on.

        Raises what the ledger raises: what it was to be told is told first the next time.
        """
        done = self.hand_over.collect()
        self.unwritten += done
        if await self._judge(done):
            group = None
        wanted = self._wanted(group)
        asked, heard, now = alive(), self.ledger.heard, self.clock()
        try:
            turned = await self.ledger.turn(_told(self.unwritten), wanted, now)
        except BaseException:
            if group is not None and wanted is not None:
                # Whether they were taken is not known: none of them has left, which is told next.
                self.unwritten += [Done(outcome=outcome.given_back(due, now)) for due in group.rows]
            raise
        self.withheld = any(one.withheld for one in self.unwritten)
        self.unwritten.clear()
        if group is not None and wanted is not None:
            self._put(group, turned, asked, heard, wanted)
        self._log(done, turned)
        return turned

    async def _judge(self, done: list[Done]) -> bool:
        """What was answered says something of lane and channel; True when the lane rests now."""
        tried = [one for one in done if not one.withheld]
        self.tried += len(tried)
        self.sizing.note(len(tried))
        if done and not tried:
            # A ledger too slow to be believed, or a person: it isn't asked without a pause.
            self.pacer.rest_for(BREATH)
        # Before the outcomes: what waits again must find its campaign halted.
        await self.gate.halt(done)
        rests = await self.gate.hear(
            tried,
            enough=self.hand_over.full,
            at_once=self.at_once,
            left=self.hand_over.expected,
            on_lines=self.hand_over.on_lines,
        )
        if rests:
            self.hand_over.call_back()
        return rests

    def _wanted(self, group: Group | None) -> Wanted | None:
        if group is None:
            return None
        return Wanted(
            claim=group.claim,
            lane=self.lane,
            candidates=self.pacer.candidates(group.rows, group.messages),
            rates=self.pacer.pace.rates,
            is_trial=self.gate.is_trial,
            is_by_number=any(due.to.startswith("+") for due in group.rows),
        )

    def _put(self, group: Group, turned: Turned, asked: float, heard: int, wanted: Wanted) -> None:
        if not turned.asked and not turned.rests:
            self.pacer.wait_for(wanted.candidates[0])
        if not self.hand_over.under_way:
            self.sizing.begin()
        taken = [due for due in group.rows if due.delivery_id in turned.taken]
        ready = [due for due in taken if due.delivery_id in group.messages]
        self.hand_over.add(
            Done(outcome=group.faulty[due.delivery_id])
            for due in taken
            if due.delivery_id in group.faulty
        )
        lots = [
            Lot(due=due, claim=group.claim, message=group.messages[due.delivery_id], since=asked)
            for due in ready
        ]
        if self.pacer.stopping.is_set():
            self.hand_over.add(self.hand_over.interrupted(lot) for lot in lots)
            return
        self.in_hand.hold(group.claim, (due.delivery_id for due in ready), asked=asked, heard=heard)
        size = self.sizing.group(self.at_once)
        self.hand_over.low, self.hand_over.full = size // 2, max(1, len(lots))
        self.hand_over.put(lots, self.provider, self.at_once, turned.closed)

    def _log(self, done: list[Done], turned: Turned) -> None:
        counts = Counter("withheld" if one.withheld else one.outcome.state.value for one in done)
        if counts or turned.taken:
            log.info("turn", lane=self.lane.name, intents=len(turned.taken), **counts)


def _told(done: list[Done]) -> Told:
    return Told(
        outcomes=[one.outcome for one in done],
        suppressions=[one.suppression for one in done if one.suppression],
        refusals=[one.refusal for one in done if one.refusal],
    )
