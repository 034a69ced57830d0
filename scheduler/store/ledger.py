"""The ledger as the daemon's path sees it: each method is one transaction.

The statements are in the modules beside this one; here they are given a connection, and sealed
values are opened with the keys.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.answers.events import Event
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import UnderWay
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import (
    GaveWay,
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotPlan,
    SlotRow,
)
from scheduler.store import alarms, delivery_counts, stopping
from scheduler.store.answers import later_words, tallies
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.keys.tokens import Tokens
from scheduler.store.notes import PROGRAM, note, note_of
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.people import newcomers as entering
from scheduler.store.planning import (
    agenda_entries,
    approvals,
    heirs,
    lists,
    marks,
    renamings,
    replanning,
    stragglers,
)
from scheduler.store.planning import forecast as expected
from scheduler.store.planning import held_texts as held
from scheduler.store.planning import known_audiences as audiences
from scheduler.store.planning import occurrences as calendar
from scheduler.store.planning import one_slot as planning
from scheduler.store.planning import passes as passing
from scheduler.store.planning import seen_texts as seen
from scheduler.store.reading import reports
from scheduler.store.sending import events, queue
from scheduler.store.sending.replica_ledger import ReplicaLedger
from scheduler.store.steering import acts as steering
from scheduler.store.transactions import reading, reading_kept, writes, writing


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
        #: As it was asked -> the version of the people, and where they live.
        self._places: dict[str, tuple[int, list[PlaceRow]]] = {}

    async def close(self) -> None:
        await self.database.close()
        if self.journal is not None:
            self.journal.close()

    def journalled(self, digests: Collection[str]) -> Mapping[str, int]:
        """How many acts the opt-out journal keeps of each of these addresses."""
        found = self.journal.read() if self.journal is not None else None
        records = found.records if found is not None else ()
        return Counter(one.digest for one in records if one.digest in digests)

    async def note_program(self, version: str) -> None:
        """Which version works on it, for whoever updates it later."""
        if await self.database.read(note_of, PROGRAM) != version:
            await self.database.write(note, PROGRAM, version)

    # The calendar

    async def note_campaigns(
        self, enabled: Iterable[str], now: datetime, *, whole: bool = True
    ) -> Mapping[str, datetime]:
        names = frozenset(enabled)
        return await self.database.unless_unchanged(
            calendar.enable_campaigns,
            (names, whole),
            lambda: self.database.write(calendar.enable_campaigns, names, now, whole=whole),
        )

    replan = writing(replanning.replan)

    tally = reading(replanning.tally)

    sync = writing(calendar.sync)

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        return await self.database.read_kept(calendar.in_states, tuple(states))

    follow = writing(renamings.follow)

    ran = reading(renamings.ran)

    people = reading(renamings.people)

    known_audiences = reading(audiences.known)

    async def note_audiences(self, names: Collection[str]) -> None:
        if not await self.database.read(audiences.are_noted, names):
            await self.database.write(audiences.note_names, names)

    seen_texts = reading(seen.every)

    note_texts = writing(seen.keep)

    find_occurrence = reading(calendar.find)

    async def slots_of(self, occurrences: Iterable[OccurrenceId]) -> list[SlotRow]:
        return await self.database.read_kept(calendar.slots_of, tuple(occurrences))

    places = reading(calendar.places)

    async def known_places(self, audience: Audience) -> list[PlaceRow]:
        """The same as of the last import, for what is asked page after page: it reads everybody."""
        asked, version = repr(audience), await self.people_version()
        known = self._places.get(asked)
        if known is None or known[0] != version:
            known = self._places[asked] = version, await self.places(audience)
        return known[1]

    readers = reading(calendar.readers)

    people_version = reading_kept(calendar.people_version)

    # Texts

    agenda_entry = writing(agenda_entries.entry_of)

    passes = reading(passing.of_message)

    #: How often each answer of a quiz was chosen.
    answers = reading(tallies.answers_of)

    approval = reading(approvals.of_season)

    list_of = reading(lists.of_season)

    people_lists = reading(lists.restricting)

    kept_texts = reading(steering.kept_texts)

    held_texts = reading(held.of_occurrence)

    end_held = writing(held.end)

    # Newcomers

    newcomers = reading(entering.newcomers)

    put_newcomers = writing(entering.put_newcomers)

    let_in = writing(entering.let_in)

    entered_seasons = reading(entering.entered_seasons)

    newcomers_standing = reading(entering.newcomers_standing)

    answer_newcomers = writing(entering.answer_newcomers)

    # Planning

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """Portion by portion, each a transaction; None when somebody else has it, or when another
        slot of the channel is being planned."""
        try:
            while (step := await self.plan_some(plan, now)) is not None:
                if step.done:
                    return step.count
        except UnderWay:
            return None
        return None

    @writes
    def plan_some(
        self, connection: Connection, plan: SlotPlan, now: datetime
    ) -> planning.Step | None:
        """A portion of the slot with its batches and, where there is a queue, their jobs."""
        step = planning.plan_some(connection, plan, now, self.batch_sizes)
        if step is not None and self.limits is not None:
            queue.enqueue(connection, [step.count.slot_id], self.limits, now)
        return step

    end_planning = writing(marks.end_empty)

    lacking = reading(stragglers.lacking)

    async def succeed(self, gave_way: GaveWay, now: datetime) -> int:
        if not await self.database.read(heirs.any_heir, gave_way, now):
            return 0
        total = 0
        while some := await self.database.write(heirs.succeed, gave_way, now):
            total += some
        return total

    forecast = reading(expected.forecast)

    untold = reading(expected.untold)

    miss = writing(marks.miss_slot)

    set_state = writing(calendar.set_state)

    unfinished = reading(calendar.unfinished)

    # What is learnt later

    async def note_event(self, found: Event) -> bool:
        """Append an event and do what it asks; False when it says nothing new, or no delivery is
        meant."""
        return await self.database.write(later_words.take, self.optouts, found)

    async def note_events(self, found: Sequence[Event]) -> int:
        """The same of many; how many say something new."""
        return await self.database.write(later_words.take_all, self.optouts, found) if found else 0

    #: Deliveries sent since then whose end isn't known, by the provider's id.
    unsettled = reading(events.unsettled)

    # Figures

    counts = reading(reports.counts)

    #: Deliveries of every slot by state, reason and arrival, as the database counts them itself.
    counted = reading(delivery_counts.of_all)

    standing_of = reading(stopping.standing_of)

    async def sum_counts(self) -> None:
        """Bring together what transactions have counted apart, where that has become much."""
        if not self.database.is_sqlite:
            await self.database.write(delivery_counts.bring_together)

    same_day = reading(reports.same_day)

    #: Nobody is in it but the people shipped with the program: their figures may be exact.
    people_are_invented = reading(reports.people_are_invented)

    unmet_wishes = reading(reports.unmet_wishes)

    never_told = reading(reports.never_told)

    # Alarms

    raise_alarm = writing(alarms.raise_alarm)

    received = reading(reports.received)

    open_alarms = reading_kept(reports.open_alarms)

    clear_alarm = writing(alarms.clear_alarm)
