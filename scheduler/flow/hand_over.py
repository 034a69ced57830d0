"""Handing over: lines pull from a pile of intents, and each attempt comes to an outcome.

Whatever happens, every delivery that is put here ends in one: accepted, refused, called back,
given up. A line is one ``Provider.carry``, a task of its own; a slow answer holds its own line and
nothing else.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from scheduler.domain.delivery import DeliveryState, Outcome, Receipt
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    HandOverError,
    Temporary,
    Uncertain,
    Withheld,
)
from scheduler.domain.measure.prices import Prices
from scheduler.domain.people.countries import country_of
from scheduler.domain.ports import Wire
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Due
from scheduler.domain.showing.counted import Counted
from scheduler.flow import outcome
from scheduler.flow.begin import InHand, alive
from scheduler.flow.done import Done, withheld
from scheduler.flow.stock import Lot, Pile
from scheduler.flow.taken import Taken
from scheduler.log import get_logger

log = get_logger(__name__)

#: What became of a try -> how monitoring is told; anything else waits again.
_CAME_OF_IT = {
    DeliveryState.SENT: "sent",
    DeliveryState.FAILED: "failed",
    DeliveryState.UNCERTAIN: "uncertain",
}
#: Seconds for which an intent is good. Other replicas take the deliveries of a silent one for
#: uncertain after a longer time: a process that was frozen and wakes hands nothing over any more.
INTENT_LIFE = 300.0
#: Seconds that the wire journal's record may take between the last question and the first octet.
STALL = 0.1
#: Seconds after which an answer is slow.
PATIENCE = 1.0
#: What hasn't had its turn for so many times as long waits again, and a smaller group comes next.
#: Not as soon as answers are slow: over a relay that takes a second, all of the pile went back as
#: the lines came free for it, to be read, rendered and asked for once more while they stood idle.
#: That it may still begin is asked again and again meanwhile (``begin.py``).
TURNS = 2.25


@dataclass(kw_only=True, slots=True)
class HandOver:
    """Of one sender."""

    channel: str
    wire: Wire
    prices: Prices
    #: What may have been accepted is sent again, with the same Message-ID (a setting).
    resend: bool
    clock: Callable[[], datetime]
    chance: Random
    in_hand: InHand
    counted: Counted = field(default_factory=Counted)
    #: Set when a sender may have something to do: answers came, or the pile is low.
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    #: At so many in the pile it is low.
    low: int = 0
    #: At so many answers the ledger is told without waiting for its time.
    full: int = 1
    _pile: Pile = field(default_factory=Pile)
    #: Everything without an outcome, waiting for a line or on one.
    _lots: dict[int, Lot] = field(default_factory=dict)
    _lines: "dict[Taken, asyncio.Task[None]]" = field(default_factory=dict)
    _done: list[Done] = field(default_factory=list)
    #: Countries that the provider takes nothing for, and why.
    _closed: dict[str, str] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """In the pile."""
        return len(self._pile)

    @property
    def under_way(self) -> int:
        """Without an outcome."""
        return len(self._lots)

    @property
    def expected(self) -> int:
        """Of these, those whose answer may come soon: a slow one, only its line waits for."""
        soon = alive() - PATIENCE
        return sum(lot.since > soon for lot in self._lots.values())

    @property
    def answered(self) -> int:
        """Outcomes that nobody has collected."""
        return len(self._done)

    @property
    def has_come_back(self) -> bool:
        """Of these outcomes, some wait again untried."""
        return any(one.withheld for one in self._done)

    @property
    def on_lines(self) -> int:
        """Taken by a line, and without an answer."""
        return len(self._lots) - len(self._pile)

    def put(
        self, lots: Iterable[Lot], provider: Provider, at_once: int, closed: Mapping[str, str]
    ) -> None:
        """Hand over these, whose intent has just been taken, over so many lines at once.

        ``closed``: countries that nothing is taken for, with the provider's words. Their numbers
        fail without asking again.
        """
        self._closed = dict(closed)
        for lot in lots:
            self._lots[lot.due.delivery_id] = lot
            self._pile.put(lot)
        self.start(provider, at_once)

    def start(self, provider: Provider, at_once: int) -> None:
        """A line for each that waits, as far as there may be."""
        for _line in range(min(at_once - len(self._lines), len(self._pile))):
            line = Taken(self)
            task = asyncio.create_task(self._run(line, provider))
            self._lines[line] = task

    def collect(self) -> list[Done]:
        """What came of some, each told once."""
        done, self._done = self._done, []
        return done

    def add(self, done: Iterable[Done]) -> None:
        """What came of some elsewhere, to be told with the rest."""
        self._done += done

    def sweep(self) -> None:
        """Answers are slow: what waited long for its turn goes back, for a smaller group."""
        self._withhold(self._pile.take_all(older_than=alive() - TURNS * PATIENCE))

    def call_back(self) -> None:
        """Everything that may still be kept from leaving waits again."""
        self._withhold(self._pile.take_all())
        for line, task in list(self._lines.items()):
            line.is_called_back = True
            if not line.may_have_left and task is not _this_task():
                task.cancel()

    def give_up(self) -> None:
        """What still waits for its answer becomes uncertain."""
        self._withhold(self._pile.take_all())
        for task in self._lines.values():
            task.cancel()

    async def _run(self, line: Taken, provider: Provider) -> None:
        """One line, whatever becomes of it: each message that it has taken ends in an outcome."""
        try:
            await provider.carry(line, self._note_handing_over, line.answered, self.in_hand.begin)
        except asyncio.CancelledError:
            for lot in line.take_back():
                self._note(lot, self.interrupted(lot))
        except Exception:
            # A fault of ours in the provider must not lose what was, or wasn't, handed over.
            for lot in line.take_back():
                log.exception("delivery.fault", delivery=lot.due.delivery_id)
                fault = Uncertain("fault") if lot.is_handed_over else Temporary("fault")
                self._note(lot, self._refused(lot, fault))
        for lot in line.take_back():
            # It took it and said nothing of it.
            fault = Uncertain("fault") if lot.is_handed_over else Temporary("fault")
            self._note(lot, self._refused(lot, fault))
        del self._lines[line]
        self.changed.set()

    def take(self) -> Lot | None:
        """The next one that may leave, for a line."""
        while (lot := self._pile.take()) is not None:
            if not self.in_hand.may(lot.due.delivery_id):
                self._withhold([lot])
            elif (reason := self._closed_for(lot.due)) is not None:
                self._note(lot, self._refused(lot, reason))
            else:
                lot.taken_at = alive()
                if len(self._pile) == self.low:
                    self.changed.set()
                return lot
        self.changed.set()
        return None

    def interrupted(self, lot: Lot) -> Done:
        """The outcome of one that was stopped on its way."""
        now = self.clock()
        if not lot.is_handed_over or self.resend:
            back = outcome.given_back(
                lot.due, now, reason="stopped", may_have_left=lot.is_handed_over
            )
            return Done(outcome=back)
        state = DeliveryState.UNCERTAIN
        delivery = lot.due.delivery_id
        return Done(outcome=Outcome(delivery_id=delivery, state=state, at=now, reason="stopped"))

    def hear(self, lot: Lot, answer: Receipt | HandOverError | Withheld) -> None:
        """An answer, as its line tells it."""
        if isinstance(answer, Receipt):
            now = self.clock()
            self._note(lot, Done(outcome=outcome.accepted(lot.due, answer, self.prices, now)))
            return
        if isinstance(answer, Withheld):
            self._note(lot, withheld(lot.due, self.clock()))
            return
        if isinstance(answer, ChannelStopped | CampaignStopped):
            # The others would be refused too: a wrong password is not tried five hundred times.
            self.call_back()
        if isinstance(answer, CountryStopped):
            self._closed.setdefault(answer.country, str(answer))
        self._note(lot, self._refused(lot, answer))

    def _note(self, lot: Lot, done: Done) -> None:
        delivery = lot.due.delivery_id
        if self._lots.pop(delivery, None) is None:
            return
        self.in_hand.let_go(delivery)
        if not done.withheld or lot.is_handed_over:
            self._journal(delivery, done.outcome.state)
        self._count(lot, done)
        if done.error is not None or done.outcome.state is DeliveryState.UNCERTAIN:
            # What was accepted, and what waits again untried, is in the turn's counts.
            log.info(
                "delivery",
                state=done.outcome.state.value,
                delivery=delivery,
                occurrence=lot.claim.occurrence,
                channel=self.channel,
                attempt=lot.due.attempts + 1,
                reason=done.outcome.reason,
            )
        self._done.append(done)
        if len(self._done) == self.full or not self._lots:
            self.changed.set()

    def _count(self, lot: Lot, done: Done) -> None:
        """A try, and how long its answer took; what was called back was none."""
        if done.withheld:
            return
        took = alive() - lot.taken_at if lot.taken_at else None
        self.counted.tried(self.channel, _CAME_OF_IT.get(done.outcome.state, "again"), took)

    def _journal(self, delivery: int, state: DeliveryState) -> None:
        try:
            self.wire.answered(delivery, state)
        except OSError:
            # A full disk: the ledger is next, and decides alone.
            log.warning("wire.unwritten", delivery=delivery)

    def _withhold(self, lots: Iterable[Lot]) -> None:
        for lot in lots:
            self._note(lot, withheld(lot.due, self.clock()))

    def _refused(self, lot: Lot, error: HandOverError) -> Done:
        now, due = self.clock(), lot.due
        act = outcome.suppression(self.channel, error, now)
        return Done(
            outcome=outcome.refused(due, lot.claim, error, now, self.chance, resend=self.resend),
            suppression=(due.address_id, act) if act else None,
            refusal=outcome.refusal(due, self.channel, error, now),
            error=error,
            campaign=lot.claim.campaign,
        )

    def _closed_for(self, due: Due) -> CountryStopped | None:
        """Why a number of a country that is closed is refused."""
        country = country_of(due.to) if self._closed else ""
        if country not in self._closed:
            return None
        return CountryStopped(self._closed[country], country=country, is_known=True)

    def _note_handing_over(self, delivery: int) -> None:
        """Raises Temporary when the intent is too old to be this process's alone, or the wire
        journal can't be written."""
        lot = self._lots[delivery]
        if alive() > lot.since + INTENT_LIFE:
            raise Temporary("stale", "its intent was taken too long ago")
        began = alive()
        try:
            self.wire.handing_over(delivery)
        except OSError:
            log.exception("delivery.fault", delivery=delivery)
            raise Temporary("fault") from None
        if alive() - began > STALL:
            # A disk, or the whole process, stood still: who refused meanwhile was not asked for.
            raise Temporary("stale", "noting that it leaves took too long")
        lot.is_handed_over = True


def _this_task() -> "asyncio.Task[object] | None":
    """None in a callback, which is no task's."""
    return asyncio.current_task()
