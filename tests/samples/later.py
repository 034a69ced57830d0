"""SMS that left a ledger, for what their provider says of them later."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.domain.answers.events import Consequence, Event, EventKind
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Claim, Lane
from scheduler.store.schema.tables import delivery, event
from tests.samples.ledger import DUE, STAFF, Book, person

#: By now no SMS waits for the e-mail of the same occurrence any more.
NOW = DUE + timedelta(hours=1)
SMS_LANE = Lane(channel="sms")


@dataclass(kw_only=True, slots=True)
class Texts:
    """The SMS of one occurrence, sent by hand."""

    book: Book
    claims: list[Claim] = field(default_factory=list)

    async def plan(self, people: int = 1) -> "Texts":
        await self.book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
        await self.book.plan("sms")
        return self

    async def take(self, now: datetime = NOW) -> list[int]:
        """The intents of all that is due; their claim is kept."""
        ledger = self.book.ledger
        slots = [one.slot_id for one in await ledger.open_slots(SMS_LANE, now)]
        claim = await ledger.claim(slots, "essai", now) if slots else None
        if claim is None:
            return []
        self.claims.append(claim)
        due = [one.delivery_id for one in await ledger.due(claim, now, 100)]
        return sorted(await ledger.take_intents(claim, due, now))

    async def accept(self, deliveries: list[int], *ids: str, now: datetime = NOW) -> None:
        """The provider's answers, one id each; the claim is given back."""
        sent = [
            Outcome(delivery_id=DeliveryId(one), state=DeliveryState.SENT, at=now, provider_id=id_)
            for one, id_ in zip(deliveries, ids, strict=True)
        ]
        await self.book.ledger.record(sent)
        await self.book.ledger.release(self.claims.pop())

    async def lose(self, deliveries: list[int], now: datetime = NOW) -> None:
        """Their requests get no answer."""
        state = DeliveryState.UNCERTAIN
        await self.book.ledger.record(
            [
                Outcome(delivery_id=DeliveryId(one), state=state, at=now, reason="lost")
                for one in deliveries
            ]
        )
        await self.book.ledger.release(self.claims.pop())

    async def send(self, *ids: str, now: datetime = NOW) -> list[int]:
        """All that is due, accepted under these ids."""
        taken = await self.take(now)
        await self.accept(taken, *ids, now=now)
        return taken

    async def hear(
        self,
        delivery: int,
        id_: str,
        code: str = "30003",
        consequence: Consequence = Consequence.TRY_AGAIN,
        *,
        now: datetime = NOW,
        kind: EventKind = EventKind.BOUNCED,
    ) -> bool:
        """The provider's later word, by our reference; that it didn't arrive, if nothing else."""
        word = {EventKind.BOUNCED: "undelivered"}.get(kind, kind.value)
        return await self.book.ledger.note_event(
            Event(
                delivery_id=DeliveryId(delivery),
                provider_id=id_,
                kind=kind,
                code=code,
                detail=word,
                at=now,
                consequence=consequence,
            )
        )

    async def arrives(self, delivery: int, id_: str, now: datetime = NOW) -> bool:
        return await self.hear(
            delivery, id_, "", Consequence.NOTHING, now=now, kind=EventKind.DELIVERED
        )

    async def row(self, number: int = 1) -> Any:
        (row,) = await self.book.rows(select(delivery).where(delivery.c.id == number))
        return row

    async def kinds(self, number: int = 1) -> list[str]:
        """What was learnt of one delivery, in order."""
        mine = select(event.c.kind).where(event.c.delivery_id == number).order_by(event.c.id)
        return [row.kind for row in await self.book.rows(mine)]
