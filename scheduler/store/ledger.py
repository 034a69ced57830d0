"""The ledger as the daemon's path sees it: each method is one transaction.

The statements are in the modules beside this one; here they are given a connection, and sealed
values are opened with the keys.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from scheduler.domain.campaigns import Audience, Occurrence
from scheduler.domain.delivery import OccurrenceState, Outcome
from scheduler.domain.events import Event
from scheduler.domain.optout import OptOut
from scheduler.domain.planning import (
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.report import AlarmRow, Count
from scheduler.domain.sending import Claim, Due, OpenSlot
from scheduler.store import (
    alarms,
    events,
    occurrences,
    optouts,
    planning,
    reports,
    sending,
    settling,
)
from scheduler.store.database import Database
from scheduler.store.sealing import Keys, open_fields
from scheduler.store.tokens import Tokens


class Ledger:
    """One ledger, open. Made by ``bootstrap``; close it when done."""

    def __init__(self, database: Database, keys: Keys, made_at: datetime) -> None:
        self.database = database
        self.keys = keys
        self.tokens = Tokens(keys)
        self.made_at = made_at

    async def close(self) -> None:
        await self.database.close()

    # The calendar

    async def note_campaigns(self, enabled: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        return await self.database.write(occurrences.enable_campaigns, enabled, now)

    async def sync(self, calendar: Sequence[Occurrence], since: date) -> None:
        await self.database.write(occurrences.sync, calendar, since)

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        return await self.database.read(occurrences.in_states, states)

    async def find_occurrence(self, printed: str) -> OccurrenceRow | None:
        return await self.database.read(occurrences.find, printed)

    async def slots_of(self, rows: Iterable[int]) -> list[SlotRow]:
        return await self.database.read(occurrences.slots_of, rows)

    async def places(self, audience: Audience) -> list[PlaceRow]:
        return await self.database.read(occurrences.places, audience)

    async def readers(self, audience: Audience) -> list[tuple[str, bool]]:
        return await self.database.read(occurrences.readers, audience)

    async def people_version(self) -> int:
        return await self.database.read(occurrences.people_version)

    # Planning

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        return await self.database.write(planning.plan_slot, plan, now)

    async def miss(self, plan: SlotPlan, now: datetime) -> bool:
        return await self.database.write(planning.miss_slot, plan, now)

    async def set_state(
        self,
        row: int,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool:
        return await self.database.write(
            occurrences.set_state, row, to, reason, only_from=only_from
        )

    async def unfinished(self, row: int) -> bool:
        return await self.database.read(occurrences.unfinished, row)

    # Steering by hand

    async def bring_forward(
        self, one: Occurrence, audiences: Iterable[str], now: datetime
    ) -> OccurrenceRow:
        return await self.database.write(occurrences.bring_forward, one, audiences, now)

    async def cancel(self, row: int, now: datetime) -> int:
        """End an occurrence; how many deliveries were cancelled."""
        return await self.database.write(occurrences.cancel, row, now)

    # Sending

    async def open_slots(self, channel: str, now: datetime) -> list[OpenSlot]:
        return await self.database.read(sending.open_slots, channel, now)

    async def claim(self, slots: Collection[int], owner: str, now: datetime) -> Claim | None:
        return await self.database.write(sending.claim, slots, owner, now)

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        rows = await self.database.read(sending.due_rows, claim, now, limit)
        return [self._due(row) for row in rows]

    async def content(self, row: int) -> str:
        return await self.database.read(sending.content_source, row)

    async def take_intents(
        self, claim: Claim, deliveries: Collection[int], now: datetime
    ) -> set[int]:
        return await self.database.write(sending.take_intents, claim, deliveries, now)

    async def record(
        self, outcomes: Sequence[Outcome], suppressions: Sequence[tuple[int, OptOut]] = ()
    ) -> None:
        """Outcomes, and what they say of addresses (by address id), in one transaction."""
        await self.database.write(_record, outcomes, suppressions)

    async def note_event(self, found: Event) -> bool:
        """Append an event; False when it says nothing new, or no delivery is meant."""
        return await self.database.write(events.note_event, found)

    async def release(self, claim: Claim) -> None:
        await self.database.write(sending.release, claim)

    async def expire(self, now: datetime) -> int:
        return await self.database.write(settling.expire, now)

    async def recover(
        self, outcomes: Sequence[Outcome], now: datetime, *, resend: Collection[str] = ()
    ) -> None:
        """Settle what an earlier process left in flight, and open its batches again."""
        await self.database.write(settling.recover, outcomes, resend, now)

    async def wire_identity(self) -> str:
        """What the header of this ledger's wire journal says; empty before the first."""
        return await self.database.read(settling.wire_identity)

    async def renew_wire(self) -> str:
        """A new identity, for the journal that starts now."""
        return await self.database.write(settling.renew_wire)

    async def left_in_flight(self) -> list[int]:
        return await self.database.read(settling.left_in_flight)

    async def next_ready(self) -> datetime | None:
        return await self.database.read(settling.next_ready)

    # Figures

    async def counts(self, rows: Iterable[int] = ()) -> list[Count]:
        return await self.database.read(reports.counts, rows)

    async def same_day(self) -> list[tuple[str, str, str, str, int]]:
        return await self.database.read(reports.same_day)

    # Alarms

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        return await self.database.write(alarms.raise_alarm, kind, subject, detail, now)

    async def open_alarms(self) -> list[AlarmRow]:
        return await self.database.read(reports.open_alarms)

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        return await self.database.write(alarms.clear_alarm, kind, subject, now)

    def _due(self, row: Any) -> Due:
        fields = dict(row.segment)
        if row.sealed_fields is not None:
            source_key = bytes(row.source_key)
            fields |= open_fields(self.keys, row.source, bytes(row.sealed_fields), source_key)
        fields.pop("", None)
        digest = bytes(row.digest)
        return Due(
            delivery=row.id,
            contact=row.contact_id,
            address=row.address_id,
            content=row.content_id,
            attempts=row.attempts,
            to=self.keys.open("address", bytes(row.sealed_address), digest).decode(),
            short_token=row.token,
            language=row.language,
            fields=fields,
            fictional=row.fictional,
        )


def _record(
    connection: Connection,
    outcomes: Sequence[Outcome],
    suppressions: Sequence[tuple[int, OptOut]],
) -> None:
    sending.record(connection, outcomes)
    for address_id, act in suppressions:
        optouts.suppress(connection, address_id, act)
