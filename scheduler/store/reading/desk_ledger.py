"""The ledger as the desk reads it. Nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from scheduler.domain.answers.whose import SentMail
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.delivery import SlotState
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import SlotKey
from scheduler.domain.showing.desk import Alarm, DeliveryLine, PersonLine, Reach, SlotFacts, Tally
from scheduler.store import delivery_counts
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys, open_fields
from scheduler.store.optouts import objections_counted
from scheduler.store.planning import lists, occurrences
from scheduler.store.reading import coverage, desk_outbox, reports
from scheduler.store.reading import whose as reading_whose
from scheduler.store.reading.reached import kept_reach
from scheduler.store.schema.tables import (
    slot,
)
from scheduler.store.sending import breakers, replicas
from scheduler.store.transactions import reading


def _slots(connection: Connection, rows: Collection[int]) -> list[SlotFacts]:
    statement = select(slot).where(slot.c.occurrence_id.in_(list(rows)))
    return [
        SlotFacts(
            slot_id=row.id,
            occurrence_id=row.occurrence_id,
            key=SlotKey(
                channel=row.channel,
                audience=row.audience,
                place=Place(zone=row.zone, territory=row.territory),
            ),
            due_at=row.due_at,
            reason=row.reason,
            missed=row.state == SlotState.MISSED,
            not_after=row.not_after,
            planned_at=row.planned_at,
        )
        for row in connection.execute(statement)
    ]


def _tallies(connection: Connection, rows: Collection[int]) -> list[Tally]:
    return [
        Tally(
            slot=one.slot_id,
            state=one.state,
            reason=one.reason,
            rows=one.rows,
            arrival=one.arrival,
        )
        for one in delivery_counts.of_occurrences(connection, rows)
    ]


class DeskLedger:
    """Each method is one consistent view."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self._keys = keys
        self._reach = kept_reach(database)

    # The calendar

    #: Every occurrence, by date.
    occurrences = reading(occurrences.in_states)

    async def reach(
        self, audience: Audience, channels: Mapping[str, AddressKind], to: int | None = None
    ) -> list[Reach]:
        """Its living members by place, and how many of them each channel can reach; ``to``: of
        those in a list alone. Of many, as of the last minute."""
        return await self._reach.of(audience, channels, to)

    #: The lists that occurrences go to.
    people_lists = reading(lists.restricting)

    #: The slots of these occurrences that have their mark.
    slots = reading(_slots)

    #: Deliveries of these occurrences, by slot, state and reason, as they are counted.
    tallies = reading(_tallies)

    async def alarms(self) -> list[Alarm]:
        """What needs a person, oldest first."""
        return [
            Alarm(kind=row.kind, subject=row.subject, detail=row.detail, raised_at=row.raised_at)
            for row in await self.database.read(reports.open_alarms)
        ]

    async def sent_mail(self, delivery: int, identities: Sequence[str]) -> SentMail | None:
        """A message by its number, and whether one of these addresses is whom it went to."""
        return await self.database.read(reading_whose.sent_mail, self._keys, delivery, identities)

    #: Circuit breakers that aren't closed, by channel and destination group.
    rests = reading(breakers.every)

    #: Those that haven't left, the latest heard first; none on SQLite.
    replicas = reading(replicas.every)

    #: Who asked for no more since then, an act each.
    objected = reading(objections_counted.since)

    #: People of each contact file, by how many of these occurrences reached them.
    coverage = reading(coverage.coverage)

    # The outbox

    #: Whether anything was ever planned here.
    any_delivery = reading(reports.any_real_delivery)

    #: (channel, state, deliveries), over everything.
    totals = reading(desk_outbox.totals)

    async def people(self, page: int) -> tuple[int, list[PersonLine]]:
        """How many living contacts there are, and those of one page (from 1)."""
        total, rows, sent = await self.database.read(desk_outbox.people, page)
        return total, [self._person(row, sent.get(row.id, {})) for row in rows]

    async def person(self, contact_id: int) -> PersonLine | None:
        row, sent = await self.database.read(desk_outbox.one_person, contact_id)
        return self._person(row, sent.get(contact_id, {})) if row else None

    async def deliveries(self, contact_id: int) -> list[DeliveryLine]:
        """What became of each message for one contact, in time order."""
        return [
            desk_outbox.line(row)
            for row in await self.database.read(desk_outbox.deliveries, contact_id)
        ]

    def _person(self, row: Any, sent: Mapping[str, int]) -> PersonLine:
        fields = dict(row.segment)
        if row.sealed is not None:
            key = bytes(row.source_key)
            fields |= open_fields(self._keys, row.audience, bytes(row.sealed), key)
        names = (fields.get("prenom", ""), fields.get("nom", ""))
        return PersonLine(
            contact=row.id,
            audience=row.audience,
            name=" ".join(name for name in names if name),
            email=self._address(row.email_sealed, row.email_digest),
            phone=self._address(row.phone_sealed, row.phone_digest),
            sent=sent,
        )

    def _address(self, sealed: bytes | None, digest: bytes | None) -> str:
        if sealed is None or digest is None:
            return ""
        return self._keys.open("address", bytes(sealed), bytes(digest)).decode()
