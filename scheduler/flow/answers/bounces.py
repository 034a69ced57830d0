"""The bounce step: which of our messages a report is on, and what it may change.

A report is believed where it bears a token that we made: of the envelope sender it came back to,
or of a Message-ID in what it returns. Any other changes nothing, and waits for a person.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from scheduler.domain.answers.bounces import (
    BounceKind,
    BouncePolicy,
    Changes,
    Finding,
    Proven,
    Report,
    word_for,
)
from scheduler.domain.answers.replies import Letter
from scheduler.domain.ids import DeliveryId
from scheduler.domain.names.tokens import Tokens
from scheduler.domain.showing.counted import Counted, Tally
from scheduler.domain.values import frozen
from scheduler.log import get_logger

log = get_logger(__name__)

#: Reports in one transaction: a sending that waits for the ledger meanwhile hardly notices.
GROUP = 10
#: Kinds that a person is shown where nothing proves them.
_DOUBTFUL = frozenset(
    {BounceKind.HARD, BounceKind.COMPLAINT, BounceKind.POLICY, BounceKind.SOFT, BounceKind.ROUTE}
)


#: Kinds that are not noted, and show all the same that somebody has the message.
_ARRIVED_ALL_THE_SAME = frozenset({BounceKind.AUTO_REPLY, BounceKind.DELAY})


class BounceLedger(Protocol):
    """What the step asks of the ledger. Each call is one transaction."""

    async def take_proven(
        self, found: Sequence[Proven], policy: BouncePolicy, now: datetime
    ) -> Changes:
        """Write down what tokens prove, and do what it asks. Durable when it returns."""

    async def take_unproven(self, found: Sequence[Report], now: datetime) -> int:
        """Keep for a person what nothing proves; how many are new."""

    async def settle_answered(self, deliveries: Sequence[DeliveryId]) -> int:
        """These were answered: those in doubt are sent; how many."""

    async def calm(self, now: datetime) -> int:
        """End the alarms of refusals that are over; how many."""


@frozen
class BounceStep:
    tokens: Tokens
    ledger: BounceLedger
    policy: BouncePolicy
    counted: Counted = field(default_factory=Counted)

    async def take(self, letters: Sequence[Letter], now: datetime) -> list[Letter]:
        """Do what the reports among these ask; those that are done with, for good."""
        proven: list[Proven] = []
        unproven: list[Report] = []
        treated = []
        await self._note_answers(letters)
        for letter in letters:
            report = letter.report
            if report is None or not report.is_report:
                continue
            delivery = delivery_of(report, self.tokens)
            if delivery is not None:
                treated.append(letter)
                if report.weightiest.is_noted:
                    proven.append(Proven(delivery=delivery, finding=report.weightiest))
            elif report.weightiest.kind in _DOUBTFUL:
                unproven.append(report)
        await self._write(proven, unproven, now)
        return treated

    async def _note_answers(self, letters: Sequence[Letter]) -> None:
        """Whoever answers a message has it, a robot or a person: one that was in doubt had left."""
        answered = [
            opened.delivery_id
            for letter in letters
            for opened in map(self.tokens.open_delivery, letter.answers)
            if opened is not None
        ]
        for letter in letters:
            report = letter.report
            if report is not None and report.weightiest.kind in _ARRIVED_ALL_THE_SAME:
                delivery = delivery_of(report, self.tokens)
                answered += [] if delivery is None else [delivery]
        if answered and (settled := await self.ledger.settle_answered(answered)):
            log.info("delivery.settled", by="answers", count=settled)

    async def calm(self, now: datetime) -> None:
        await self.ledger.calm(now)

    async def _write(
        self, proven: Sequence[Proven], unproven: Sequence[Report], now: datetime
    ) -> None:
        clock = asyncio.get_running_loop().time
        for first in range(0, len(proven), GROUP):
            some = proven[first : first + GROUP]
            begun = clock()
            changes = await self.ledger.take_proven(some, self.policy, now)
            for one in some:
                self.counted.add(Tally.BOUNCES, one.finding.kind.value, word_for(one.finding))
            # However many there are, half of the time the ledger is free for what is being sent.
            await asyncio.sleep(clock() - begun)
            log.info(
                "bounces.taken",
                reports=len(some),
                bounced=changes.bounced,
                complained=changes.complained,
                pending=changes.pending,
                paused=changes.paused,
            )
        if unproven and (new := await self.ledger.take_unproven(unproven, now)):
            log.info("bounces.unproven", reports=new)


def delivery_of(report: Report, tokens: Tokens) -> DeliveryId | None:
    """The delivery that a token in the report names; None where none of them is ours."""
    by_return_path = map(tokens.open_bounce, report.tokens)
    by_message_id = map(tokens.open_delivery, report.references)
    opened = next(filter(None, [*by_return_path, *by_message_id]), None)
    return opened.delivery_id if opened else None


def effect_of(found: Finding, policy: BouncePolicy, *, proven: bool) -> str:
    """What a finding does, in a few words for whoever asks beforehand."""
    if not proven:
        doubtful = found.kind in _DOUBTFUL
        return "nothing; waits for a person's decision" if doubtful else "nothing"
    match found.kind:
        case BounceKind.HARD:
            return "ends the address by e-mail"
        case BounceKind.COMPLAINT:
            return "opts the address out of every topic by e-mail"
        case BounceKind.SOFT:
            return f"counts; {policy.soft_limit} in {policy.soft_days} days end the address"
        case BounceKind.POLICY:
            return "raises an alarm, and pauses the sending"
        case BounceKind.ROUTE:
            return "nothing for the address; many of a domain within an hour hold that domain"
        case BounceKind.CHALLENGE:
            return (
                "counts, with an alarm: the message waits there until the sender is confirmed; "
                "ask that filter's administrators to let our sending domain through"
            )
    return "nothing"
