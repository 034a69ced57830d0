"""The ledger as the daemon's path sees it: each method is one transaction.

The statements are in the modules beside this one; here they are given a connection, and sealed
values are opened with the keys.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from scheduler.domain.addressees import RecipientList
from scheduler.domain.answers.events import Event
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Audience, Occurrence
from scheduler.domain.calendar.ending import Tally
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.passing import Pass
from scheduler.domain.planning import (
    GaveWay,
    HeldText,
    KeptText,
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.renames import Ran, Renaming
from scheduler.domain.showing.report import AlarmRow, Count, ReceivedText
from scheduler.domain.showing.siblings import Seen
from scheduler.store import alarms
from scheduler.store.answers import later_words
from scheduler.store.database import Database
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.planning import (
    agenda_entries,
    approvals,
    forecast,
    heirs,
    held_texts,
    known_audiences,
    lists,
    occurrences,
    passes,
    renamings,
    replanning,
    seen_texts,
    stragglers,
)
from scheduler.store.planning import one_slot as planning
from scheduler.store.reading import reports
from scheduler.store.sealing import Keys
from scheduler.store.sending import events, queue
from scheduler.store.sending.replica_ledger import ReplicaLedger
from scheduler.store.steering import acts as steering
from scheduler.store.tokens import Tokens


class Ledger(ReplicaLedger):
    """One ledger, open. Made by ``bootstrap``; close it when done."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        made_at: datetime,
        journal: OptOutJournal | None = None,
    ) -> None:
        """``journal`` is None for a scratch copy, whose opt-outs are nobody's."""
        super().__init__(database, keys, journal)
        self.tokens = Tokens(keys)
        self.made_at = made_at
        #: Deliveries in a batch, where not as many as usual, by destination.
        self.batch_sizes: Mapping[str, int] = {}

    async def close(self) -> None:
        await self.database.close()
        if self.journal is not None:
            self.journal.close()

    def journalled(self, digests: Collection[str]) -> Mapping[str, int]:
        """How many acts the opt-out journal keeps of each of these addresses."""
        found = self.journal.read() if self.journal is not None else None
        records = found.records if found is not None else ()
        return Counter(one.digest for one in records if one.digest in digests)

    # The calendar

    async def note_campaigns(
        self, enabled: Iterable[str], now: datetime, *, whole: bool = True
    ) -> Mapping[str, datetime]:
        return await self.database.write(occurrences.enable_campaigns, enabled, now, whole=whole)

    async def replan(
        self, calendar: Sequence[Occurrence], today: date, now: datetime
    ) -> list[tuple[str, str]]:
        return await self.database.write(replanning.replan, calendar, today, now)

    async def tally(self, row: int) -> Tally:
        return await self.database.read(replanning.tally, row)

    async def sync(
        self, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
    ) -> None:
        await self.database.write(occurrences.sync, calendar, since, whole=whole)

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        return await self.database.read(occurrences.in_states, states)

    async def follow(self, wanted: Sequence[Renaming], now: datetime) -> int:
        return await self.database.write(renamings.follow, wanted, now)

    async def ran(self, since: date) -> list[Ran]:
        return await self.database.read(renamings.ran, since)

    async def people(self) -> Mapping[str, int]:
        return await self.database.read(renamings.people)

    async def known_audiences(self) -> set[str]:
        return await self.database.read(known_audiences.known)

    async def note_audiences(self, names: Collection[str]) -> None:
        if not await self.database.read(known_audiences.are_noted, names):
            await self.database.write(known_audiences.note_names, names)

    async def seen_texts(self) -> Mapping[str, Seen]:
        return await self.database.read(seen_texts.every)

    async def note_texts(self, found: Mapping[str, Seen]) -> None:
        await self.database.write(seen_texts.keep, found)

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

    async def agenda_entry(
        self, campaign: str, says: Mapping[str, str], now: datetime
    ) -> AgendaEntry:
        return await self.database.write(agenda_entries.entry_of, campaign, says, now)

    async def passes(self, message: str) -> list[Pass]:
        return await self.database.read(passes.of_message, message)

    async def approval(self, campaign: str, episode: str, season: str) -> Approval | None:
        return await self.database.read(approvals.of_season, campaign, episode, season)

    async def list_of(self, campaign: str, episode: str, season: str) -> RecipientList | None:
        return await self.database.read(lists.of_season, campaign, episode, season)

    async def kept_texts(self, row: int) -> list[KeptText]:
        return await self.database.read(steering.kept_texts, row)

    async def held_texts(self, row: int) -> list[HeldText]:
        return await self.database.read(held_texts.of_occurrence, row)

    async def end_held(
        self, row: int, channel: str, audience: str, variants: Collection[str], now: datetime
    ) -> None:
        await self.database.write(held_texts.end, row, channel, audience, variants, now)

    # Planning

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        return await self.database.write(self._plan, plan, now)

    async def lacking(self, row: int, channel: str, audience: Audience) -> list[int]:
        return await self.database.read(stragglers.lacking, row, channel, audience)

    async def succeed(self, gave_way: GaveWay, now: datetime) -> int:
        if not await self.database.read(heirs.any_heir, gave_way, now):
            return 0
        total = 0
        while some := await self.database.write(heirs.succeed, gave_way, now):
            total += some
        return total

    async def forecast(self, plan: SlotPlan) -> Mapping[str, int]:
        return await self.database.read(forecast.forecast, plan)

    async def untold(self, plans: Sequence[SlotPlan]) -> int:
        return await self.database.read(forecast.untold, plans)

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

    # What is learnt later

    async def note_event(self, found: Event) -> bool:
        """Append an event and do what it asks; False when it says nothing new, or no delivery is
        meant."""
        return await self.database.write(later_words.take, self.optouts, found)

    async def note_events(self, found: Sequence[Event]) -> int:
        """The same of many; how many say something new."""
        return await self.database.write(later_words.take_all, self.optouts, found) if found else 0

    async def unsettled(self, channel: str, since: datetime) -> Mapping[str, int]:
        """Deliveries sent since then whose end isn't known, by the provider's id."""
        return await self.database.read(events.unsettled, channel, since)

    # Figures

    async def counts(self, rows: Iterable[int] = ()) -> list[Count]:
        return await self.database.read(reports.counts, rows)

    async def same_day(self) -> list[tuple[str, str, str, str, int]]:
        return await self.database.read(reports.same_day)

    async def people_are_invented(self) -> bool:
        """Nobody is in it but the people shipped with the program: their figures may be exact."""
        return await self.database.read(reports.people_are_invented)

    # Alarms

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        return await self.database.write(alarms.raise_alarm, kind, subject, detail, now)

    async def received(self, row: int) -> list[ReceivedText]:
        return await self.database.read(reports.received, row)

    async def open_alarms(self) -> list[AlarmRow]:
        return await self.database.read(reports.open_alarms)

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        return await self.database.write(alarms.clear_alarm, kind, subject, now)

    def _plan(self, connection: Connection, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """The slot with its batches and, where there is a queue, their jobs."""
        count = planning.plan_slot(connection, plan, now, self.batch_sizes)
        if count is not None and self.limits is not None:
            queue.enqueue(connection, [count.slot], self.limits, now)
        return count
