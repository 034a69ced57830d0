"""A ledger to write in, with builders of people, occurrences and plans, for the ledger's tests."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, Table, select

from scheduler.domain.calendar.campaigns import (
    Audience,
    AudienceField,
    ChannelTerms,
    Occurrence,
    Place,
    Shift,
)
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.tokens import OptOutToken
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.people.contacts import Proof, Row
from scheduler.domain.people.imports import SAMPLE_ORIGIN, ImportStart
from scheduler.domain.planning import (
    Awaited,
    ContentText,
    OccurrenceRow,
    PlanCount,
    SlotKey,
    SlotPlan,
)
from scheduler.domain.sending import Claim, Lane
from scheduler.store.ledger import Ledger
from scheduler.store.people.contact_file_ledger import ContactFileLedger
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.schema.tables import delivery
from scheduler.store.setup import open_ledger
from scheduler.store.steering.hand_ledger import HandLedger

MADE = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: Sunday 4 October 2026, 10:00 in Paris.
DUE = datetime(2026, 10, 4, 8, tzinfo=UTC)
PARIS = Place(zone="Europe/Paris", territory="FR")
REUNION = Place(zone="Indian/Reunion", territory="974")
FIRST_SUNDAY = Occurrence(
    campaign="cybermois", episode="1-porte", season="2026", date=date(2026, 10, 4)
)

STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={
        "email": ChannelTerms(basis="legitimate-interest"),
        "sms": ChannelTerms(basis="consent", shift=Shift.MONDAY),
    },
    fields=(
        AudienceField(name="prenom", label="Prénom"),
        AudienceField(name="service", label="Service", segment=True),
    ),
)
PATIENTS = replace(
    STAFF,
    name="patients",
    label="Usagers",
    source="patients",
    key="reference",
    channels={
        "email": ChannelTerms(basis="consent"),
        "sms": ChannelTerms(basis="consent", shift=Shift.MONDAY),
    },
    fields=(AudienceField(name="prenom", label="Prénom"),),
)
MANAGERS = replace(STAFF, name="managers", rule={"service": ("Direction", "Cadres")})

#: What the link in the first person's e-mail holds, and the one in a trial of it.
FIRST_LINK = OptOutToken(address_id=AddressId(1), contact_id=ContactId(1))
TRIAL_LINK = replace(FIRST_LINK, test=True)
AGREED = Proof(date=date(2026, 1, 15), how="papier", wording="J’accepte.")
FRENCH = ContentText(
    variant="fr", fingerprint="f1", source='{"text": 1}', readers=[("fr", False), ("en", False)]
)


def person(
    number: int,
    *,
    email: str | None = "",
    phone: str | None = "",
    agreed: Sequence[str] = ("email", "sms"),
    place: Place = PARIS,
    language: str = "fr",
    easy_to_read: bool = False,
    key: str = "",
    fields: Mapping[str, str] | None = None,
) -> Row:
    """A row of a contact file; an address that is not given is made from the number."""
    address = f"p{number}@example.org" if email == "" else email
    return Row(
        number=number,
        key=key or f"K{number}",
        email=normalise_email(address) if address else None,
        phone=f"+3363998{number:04}" if phone == "" else phone,
        language=language,
        easy_to_read=easy_to_read,
        zone=place.zone,
        territory=place.territory,
        fields=fields or {"prenom": f"Prénom {number}"},
        proofs=dict.fromkeys(agreed, AGREED),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """One open ledger, and short ways to write in it."""

    ledger: Ledger
    people: PeopleLedger

    @property
    def contact_files(self) -> ContactFileLedger:
        return ContactFileLedger(self.ledger.database, self.ledger.keys)

    @property
    def hand(self) -> HandLedger:
        return HandLedger(self.ledger.database, self.ledger.keys)

    async def take_in(
        self,
        audience: Audience,
        *rows: Row,
        at: datetime = MADE,
        origin: str = SAMPLE_ORIGIN,
        own_file: bool = False,
    ) -> None:
        """Import these people."""
        start = ImportStart(
            audience=audience,
            file_hash="0" * 64,
            # Invented people: their figures are shown as they are.
            origin=origin,
            own_file=own_file,
            basis="consent",
            mode="add",
        )
        number = await self.contact_files.begin_import(start, at)
        for first in range(0, len(rows), 1000):
            await self.contact_files.take_in(audience, rows[first : first + 1000], number, at)
        await self.contact_files.finish_import(number, {}, at)

    async def occurrence(self, one: Occurrence = FIRST_SUNDAY) -> OccurrenceRow:
        """The row of an occurrence, made when it isn't there."""
        await self.ledger.sync([one], one.date)
        return next(row for row in await self.ledger.occurrences() if row.season == one.season)

    async def slot_plan(
        self,
        channel: str = "email",
        audience: Audience = STAFF,
        *,
        place: Place = PARIS,
        one: Occurrence = FIRST_SUNDAY,
        contents: Sequence[ContentText] = (FRENCH,),
        awaited: Sequence[Awaited] = (),
        due_at: datetime = DUE,
        **more: Any,
    ) -> SlotPlan:
        return SlotPlan(
            occurrence=await self.occurrence(one),
            topic="october",
            key=SlotKey(channel=channel, audience=audience.name, place=place),
            address_kind=AddressKind.PHONE if channel == "sms" else AddressKind.EMAIL,
            audience=audience,
            awaited=awaited,
            due_at=due_at,
            not_after=due_at + timedelta(hours=48),
            reason="",
            contents=contents,
            **more,
        )

    async def plan(
        self, channel: str = "email", audience: Audience = STAFF, **more: Any
    ) -> PlanCount | None:
        """Plan one slot when it comes due."""
        plan = await self.slot_plan(channel, audience, **more)
        return await self.ledger.plan(plan, max(plan.due_at, DUE))

    async def claim(
        self, now: datetime = DUE, owner: str = "essai", channel: str = "email"
    ) -> Claim:
        """Claim the oldest batch of a channel that is ready."""
        slots = await self.ledger.open_slots(Lane(channel=channel), now)
        claim = await self.ledger.claim([one.slot_id for one in slots], owner, now)
        assert claim is not None
        return claim

    async def rows(self, table: Table | Select[Any]) -> list[Any]:
        """Every row, in the order of the ids."""
        statement = (
            select(table).order_by(*table.primary_key) if isinstance(table, Table) else table
        )
        return list(
            await self.ledger.database.read(lambda connection: connection.execute(statement).all())
        )

    async def states(self) -> Counter[str]:
        """How many deliveries are in each state; with the reason for those left out."""
        rows = await self.rows(delivery)
        return Counter(
            f"{row.state} {row.reason}" if row.state == "left-out" else row.state for row in rows
        )


async def open_book(url: str, keys_file: Path, now: datetime = MADE) -> Book:
    opened = await open_ledger(url, keys_file, now)
    ledger = Ledger(opened.database, opened.keys, opened.made_at)
    return Book(ledger=ledger, people=PeopleLedger(opened.database, opened.keys))
