"""The ledger as the daemon's path sees it: each method is one transaction.

The statements are in the modules beside this one; here they are given a connection, and sealed
values are opened with the keys.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from scheduler.domain.appointment import AgendaEntry
from scheduler.domain.approval import Approval
from scheduler.domain.campaigns import Audience, Occurrence
from scheduler.domain.delivery import OccurrenceState, Outcome
from scheduler.domain.events import Event
from scheduler.domain.optout import OptOut
from scheduler.domain.planning import (
    KeptText,
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.report import AlarmRow, Count, ReceivedText
from scheduler.domain.sending import Claim, Due, OpenSlot
from scheduler.store import (
    agenda_entries,
    alarms,
    approvals,
    events,
    occurrences,
    planning,
    reports,
    sending,
    settling,
    steering,
)
from scheduler.store.database import Database
from scheduler.store.high_water import advance
from scheduler.store.optout_journal import OptOutJournal
from scheduler.store.optout_writer import OptOutWriter
from scheduler.store.sealing import Keys, open_fields
from scheduler.store.tokens import Tokens


class Ledger:
    """One ledger, open. Made by ``bootstrap``; close it when done."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        made_at: datetime,
        journal: OptOutJournal | None = None,
    ) -> None:
        """``journal`` is None for a scratch copy, whose opt-outs are nobody's."""
        self.database = database
        self.journal = journal
        self.optouts = OptOutWriter(database, journal)
        self.keys = keys
        self.tokens = Tokens(keys)
        self.made_at = made_at

    async def close(self) -> None:
        await self.database.close()
        if self.journal is not None:
            self.journal.close()

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

    # Texts

    async def agenda_entry(self, campaign: str, digest: str, now: datetime) -> AgendaEntry:
        return await self.database.write(agenda_entries.entry_of, campaign, digest, now)

    async def approval(self, campaign: str, episode: str, season: str) -> Approval | None:
        return await self.database.read(approvals.of_season, campaign, episode, season)

    async def kept_texts(self, row: int) -> list[KeptText]:
        return await self.database.read(steering.kept_texts, row)

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
        taken, mark = await self.database.write(_intend, claim, deliveries, now)
        if self.journal is not None and mark:
            # The journal only helps after a restore: a full disk there stops nobody's message.
            with suppress(OSError):
                self.journal.note_mark(mark)
        return taken

    async def record(
        self, outcomes: Sequence[Outcome], suppressions: Sequence[tuple[int, OptOut]] = ()
    ) -> None:
        """Outcomes, and what they say of addresses (by address id), in one transaction."""
        await self.database.write(self._record, outcomes, suppressions)

    async def note_event(self, found: Event) -> bool:
        """Append an event; False when it says nothing new, or no delivery is meant."""
        return await self.database.write(events.note_event, found)

    async def note_events(self, found: Sequence[Event]) -> int:
        """The same of many; how many say something new."""
        return await self.database.write(events.note_events, found) if found else 0

    async def unsettled(self, channel: str, since: datetime) -> Mapping[str, int]:
        """Deliveries sent since then whose end isn't known, by the provider's id."""
        return await self.database.read(events.unsettled, channel, since)

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

    async def received(self, row: int) -> list[ReceivedText]:
        return await self.database.read(reports.received, row)

    async def open_alarms(self) -> list[AlarmRow]:
        return await self.database.read(reports.open_alarms)

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        return await self.database.write(alarms.clear_alarm, kind, subject, now)

    def _record(
        self,
        connection: Connection,
        outcomes: Sequence[Outcome],
        suppressions: Sequence[tuple[int, OptOut]],
    ) -> None:
        sending.record(connection, outcomes)
        if suppressions:
            self.optouts.record(connection, suppressions)

    def _due(self, row: Any) -> Due:
        fields = dict(row.segment)
        if row.sealed_fields is not None:
            source_key = bytes(row.source_key)
            fields |= open_fields(self.keys, row.source, bytes(row.sealed_fields), source_key)
        fields.pop("", None)
        digest, sealed = bytes(row.digest), row.sealed_address
        return Due(
            delivery=row.id,
            contact=row.contact_id,
            address=row.address_id,
            content=row.content_id,
            attempts=row.attempts,
            # Empty: erased while it was being sent; the intent leaves it out.
            to=self.keys.open("address", bytes(sealed), digest).decode() if sealed else "",
            short_token=row.token,
            language=row.language,
            fields=fields,
            origin=row.origin or "",
        )


def _intend(
    connection: Connection, claim: Claim, deliveries: Collection[int], now: datetime
) -> tuple[set[int], int]:
    """Which may leave, and the ledger's mark then; 0 when none may."""
    taken = sending.take_intents(connection, claim, deliveries, now)
    return taken, advance(connection) if taken else 0
