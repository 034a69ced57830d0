"""Handing a group over: each message to the provider, each attempt to an outcome.

Whatever happens, every delivery of the group ends in one: accepted, refused, called back, given up.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import DeliveryState, Outcome
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
from scheduler.domain.message import Message
from scheduler.domain.people.countries import country_of
from scheduler.domain.ports import Wire
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Claim, Due
from scheduler.flow import outcome
from scheduler.flow.begin import InHand, alive
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds for which an intent is good. Other replicas take the deliveries of a silent one for
#: uncertain after a longer time: a process that was frozen and wakes hands nothing over any more.
INTENT_LIFE = 300.0
#: Seconds after which what of a group hasn't had its turn waits again: answers are slow by now, and
#: a smaller group comes next.
PATIENCE = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What became of one delivery of a group."""

    outcome: Outcome
    #: The address it tells something of, and what.
    suppression: tuple[int, OptOut] | None = None
    #: The same where it may be its domain that is at fault.
    refusal: Refusal | None = None
    error: HandOverError | None = None
    #: Nothing of it was told anybody, and it waits again: its turn didn't come, or it was asked
    #: again and may not leave.
    withheld: bool = False


@dataclass(kw_only=True, slots=True)
class HandOver:
    """One group at a time."""

    channel: str
    wire: Wire
    prices: Prices
    #: What may have been accepted is sent again, with the same Message-ID (a setting).
    resend: bool
    clock: Callable[[], datetime]
    chance: Random
    _tasks: dict[int, asyncio.Task[Done]] = field(default_factory=dict)
    #: Deliveries past the point after which they may have been accepted.
    _handed_over: set[int] = field(default_factory=set)
    #: Deliveries whose turn hasn't come.
    _queueing: set[int] = field(default_factory=set)
    _good_until: float = 0.0
    #: Countries that the provider takes nothing for, and why.
    _closed: dict[str, str] = field(default_factory=dict)

    async def all(
        self,
        provider: Provider,
        claim: Claim,
        rows: Sequence[Due],
        messages: Mapping[int, Message],
        at_once: int,
        in_hand: InHand,
        closed: Mapping[str, str] | None = None,
    ) -> list[Done]:
        """Hand over those whose intent has just been taken, so many at once.

        ``in_hand`` is asked before each begins.
        ``closed``: countries that nothing is taken for, with the provider's words. Their numbers
        fail without asking again.
        """
        self._closed = dict(closed or {})
        self._good_until = alive() + INTENT_LIFE
        free = asyncio.Semaphore(at_once)
        self._queueing = {due.delivery_id for due in rows}
        self._tasks = {
            due.delivery_id: asyncio.create_task(
                self._one(provider, claim, due, messages[due.delivery_id], free, in_hand)
            )
            for due in rows
        }
        slow = asyncio.get_running_loop().call_later(PATIENCE, self._shrink)
        try:
            results = await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        finally:
            slow.cancel()
            self._tasks = {}
        done = [
            # Cancelled before its first step: nothing of it ran.
            self.interrupted(due) if isinstance(result, BaseException) else result
            for due, result in zip(rows, results, strict=True)
        ]
        self._handed_over.clear()
        return done

    def _shrink(self) -> None:
        """Answers are slow: what waits for its turn goes back, and comes in a smaller group."""
        for delivery in self._queueing:
            self._tasks[delivery].cancel()

    def call_back(self) -> None:
        """Everything that may still be kept from leaving waits again."""
        for delivery, task in self._tasks.items():
            if delivery not in self._handed_over and task is not asyncio.current_task():
                task.cancel()

    def give_up(self) -> None:
        """What still waits for its answer becomes uncertain."""
        for task in self._tasks.values():
            task.cancel()

    def interrupted(self, due: Due) -> Done:
        """The outcome of one that was stopped on its way."""
        now = self.clock()
        if due.delivery_id in self._queueing:
            return _withheld(due, now)
        in_doubt = due.delivery_id in self._handed_over
        if not in_doubt or self.resend:
            back = outcome.given_back(due, now, reason="stopped", may_have_left=in_doubt)
            return Done(outcome=back)
        state = DeliveryState.UNCERTAIN
        return Done(
            outcome=Outcome(delivery_id=due.delivery_id, state=state, at=now, reason="stopped")
        )

    async def _one(
        self,
        provider: Provider,
        claim: Claim,
        due: Due,
        message: Message,
        free: asyncio.Semaphore,
        in_hand: InHand,
    ) -> Done:
        """One attempt, always ending in an outcome: cancelled ones too."""
        try:
            async with free:
                self._queueing.discard(due.delivery_id)
                self._mind_country(due)
                # Before its envelope too: an envelope that nothing follows costs a connection.
                await in_hand.ask(due.delivery_id)
                receipt = await provider.send(message, self._note_handing_over, in_hand.begin)
            done = Done(outcome=outcome.accepted(due, receipt, self.prices, self.clock()))
        except HandOverError as refusal:
            if isinstance(refusal, ChannelStopped | CampaignStopped):
                # The others would be refused too: a wrong password is not tried five hundred times.
                self.call_back()
            if isinstance(refusal, CountryStopped):
                self._closed.setdefault(refusal.country, str(refusal))
            done = self._refused(claim, due, refusal)
        except Withheld:
            done = _withheld(due, self.clock())
        except asyncio.CancelledError:
            done = self.interrupted(due)
        except Exception:
            # A fault of ours in the provider must not lose what was, or wasn't, handed over.
            log.exception("delivery.fault", delivery=due.delivery_id)
            known = due.delivery_id in self._handed_over
            done = self._refused(claim, due, Uncertain("fault") if known else Temporary("fault"))
        with suppress(OSError):  # a full disk: the ledger is next, and decides alone
            self.wire.answered(due.delivery_id, done.outcome.state)
        log.info(
            "delivery",
            state=done.outcome.state.value,
            delivery=due.delivery_id,
            occurrence=claim.occurrence,
            channel=self.channel,
            attempt=due.attempts + 1,
            reason=done.outcome.reason,
        )
        return done

    def _refused(self, claim: Claim, due: Due, error: HandOverError) -> Done:
        now = self.clock()
        act = outcome.suppression(self.channel, error, now)
        return Done(
            outcome=outcome.refused(due, claim, error, now, self.chance, resend=self.resend),
            suppression=(due.address_id, act) if act else None,
            refusal=outcome.refusal(due, self.channel, error, now),
            error=error,
        )

    def _mind_country(self, due: Due) -> None:
        """Raises CountryStopped for a number of a country that is closed."""
        country = country_of(due.to) if self._closed else ""
        if country in self._closed:
            raise CountryStopped(self._closed[country], country=country, is_known=True)

    def _note_handing_over(self, delivery: int) -> None:
        """Raises Temporary when the intent is too old to be this process's alone."""
        if alive() > self._good_until:
            raise Temporary("stale", "its intent was taken too long ago")
        self.wire.handing_over(delivery)
        self._handed_over.add(delivery)


def _withheld(due: Due, now: datetime) -> Done:
    back = outcome.given_back(due, now, reason="not begun", untried=True)
    return Done(outcome=back, withheld=True)
