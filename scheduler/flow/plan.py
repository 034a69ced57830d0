"""The plan step: when a slot comes due, write a row for every member of its audience.

Called at every look; it may be called again at any time, with the same end. What it decides is
pure (``verdicts.verdict``); the ledger's plan mark decides who plans when several look at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scheduler.config.configuration import Configuration
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import exceptions, season_of
from scheduler.domain.channels import ChannelKind
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import (
    OccurrenceRow,
    PlaceRow,
    PlanCount,
    SlotKey,
    SlotPlan,
    SlotRow,
)
from scheduler.domain.ports import Alarms, KnownOccurrences
from scheduler.flow import newcomers, occurrences
from scheduler.flow.agenda import Agenda
from scheduler.flow.finishing import EndLedger, finish
from scheduler.flow.heirs import HeirLedger, Heirs
from scheduler.flow.held import HeldLedger, HeldTexts
from scheduler.flow.newcomers import NewcomerLedger
from scheduler.flow.not_leaving import HoldLedger, hold, miss, tell_of_held_text, waits_for_its_name
from scheduler.flow.occurrences import CalendarLedger
from scheduler.flow.slot_plans import SlotPlanLedger, SlotPlans
from scheduler.flow.stragglers import StragglerLedger, Stragglers, runs
from scheduler.flow.verdicts import Verdict, calendar_slots, near, rulings
from scheduler.log import get_logger

log = get_logger(__name__)

#: What an alarm calls them.
_NEWCOMERS = "newcomers"


class PlanLedger(KnownOccurrences, Alarms, Protocol):
    """What the look itself asks. Each call is one transaction."""

    async def note_campaigns(
        self, enabled: Iterable[str], now: datetime, *, whole: bool = True
    ) -> Mapping[str, datetime]:
        """Since when each enabled campaign is on. ``whole``: the others are off."""

    async def places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live."""

    async def people_version(self) -> int:
        """Changes whenever an import may have changed who is where."""

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """Plan a slot, portion by portion, or go on where its planning was cut short; None when
        somebody else has, or is planning another slot of the channel: look again."""

    async def end_planning(self, slot_id: SlotId) -> None:
        """A slot whose planning was cut short, and where nobody is left, is planned."""


class PlannerLedger(
    CalendarLedger,
    PlanLedger,
    SlotPlanLedger,
    HeldLedger,
    HeirLedger,
    HoldLedger,
    StragglerLedger,
    EndLedger,
    NewcomerLedger,
    Protocol,
):
    """What the steps that a planner takes ask between them."""


@dataclass(kw_only=True, slots=True)
class Planner:
    """Looks at the calendar and the ledger, and plans what is due."""

    agenda: Agenda
    ledger: PlannerLedger
    channels: Mapping[str, ChannelKind]
    #: Channels whose provider reaches real people.
    real_world: frozenset[str]
    #: Where people live, kept until an import changes it.
    _known_places: dict[str, list[PlaceRow]] = field(default_factory=dict)
    _version: int = -1
    #: The occurrence being planned has a text that can't be sent.
    _faulty: bool = False
    #: One of its slots is somebody else's to plan, or waits until another is planned.
    _behind: bool = False
    #: The last look at newcomers failed.
    _lost_newcomers: bool = False
    _slot_plans: SlotPlans = field(init=False)
    _heirs: Heirs = field(init=False)
    _held: HeldTexts = field(init=False)
    _stragglers: Stragglers = field(init=False)

    def __post_init__(self) -> None:
        self._slot_plans = SlotPlans(
            agenda=self.agenda,
            ledger=self.ledger,
            channels=self.channels,
            real_world=self.real_world,
        )
        self._held = HeldTexts(ledger=self.ledger, slot_plans=self._slot_plans)
        self._stragglers = Stragglers(
            agenda=self.agenda, ledger=self.ledger, slot_plans=self._slot_plans
        )
        self._heirs = Heirs(agenda=self.agenda, ledger=self.ledger, channels=self.channels)

    @property
    def configuration(self) -> Configuration:
        return self.agenda.configuration

    async def sync(self, now: datetime) -> None:
        """Bring the ledger's waiting occurrences to the calendar. Once a day, and after an edit."""
        await occurrences.sync(self.agenda, self.ledger, now)

    async def plan_due(self, now: datetime) -> list[PlanCount]:
        """Plan every slot that is due, note those that were missed, finish what is complete."""
        names = [one.name for one in self.agenda.campaigns]
        whole = not self.configuration.faults
        enabled = await self.ledger.note_campaigns(names, now, whole=whole)
        known = await self.ledger.occurrences()
        self.agenda.exceptions = exceptions(known)
        if await self._let_in(now):
            known = await self.ledger.occurrences()
        rows = near(self.agenda, known, now)
        if not rows:
            return []
        places = await self._places(rows)
        marks = {
            (one.occurrence_id, one.key): one
            for one in await self.ledger.slots_of([row.occurrence_id for row in rows])
        }
        slots = calendar_slots(self.agenda, rows, places)
        counts: list[PlanCount] = []
        for row in rows:
            since = max(self.ledger.made_at, enabled[row.campaign])
            try:
                mine = slots.get(season_of(row), [])
                counts += await self._plan_row(row, mine, places, marks, since, now)
            except Exception as fault:
                # One occurrence's trouble must not keep the others from leaving.
                log.exception("occurrence.plan_failed", occurrence=row.id)
                await self.ledger.raise_alarm(AlarmKind.PLAN_FAILED, row.id, repr(fault), now)
        return counts

    async def _plan_row(
        self,
        row: OccurrenceRow,
        slots: Sequence[Planned],
        places: Mapping[str, Sequence[PlaceRow]],
        marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
        since: datetime,
        now: datetime,
    ) -> list[PlanCount]:
        """One occurrence; ``since`` is when the ledger and its campaign were both there."""
        counts: list[PlanCount] = []
        self._faulty = self._behind = False
        await self._end_empty(row, places, marks)
        due, to_come = rulings(self.agenda, row, slots, places, marks, since, now)
        at_stake = any(word in (Verdict.PLAN, Verdict.MISS) for _, word, _ in due)
        if at_stake and await waits_for_its_name(self.agenda, self.ledger, row, now):
            return counts
        for number, (one, word, forced) in enumerate(due):
            after = [other for other, then, _ in due[number + 1 :] if then is Verdict.PLAN]
            counts += await self._settle(
                row, one, word, now, to_come=[*to_come, *after], forced=forced
            )
        waits = await self._look_after_held(row, to_come, now, counts)
        if counts and not self._faulty:
            await self.ledger.clear_alarm(AlarmKind.MESSAGE_FAULTY, row.id, now)
        if runs(row, counts):
            counts += await self._stragglers.look(
                row, self._known_places, to_come, self._version, now
            )
        await self._heirs.look(row, to_come, now, at_once=bool(counts) or self._faulty)
        waits = waits or self._behind
        if not to_come and not waits and row.state is not OccurrenceState.FINISHED:
            passed = bool(due) and all(word is Verdict.PASS for _, word, _ in due)
            await finish(self.ledger, self._heirs, row, now, passed=passed)
        return counts

    async def _end_empty(
        self,
        row: OccurrenceRow,
        places: Mapping[str, Sequence[PlaceRow]],
        marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
    ) -> None:
        """A planning that was cut short, of people who have all moved meanwhile, would never end:
        the calendar has no slot where nobody lives. Whoever comes back is a straggler."""
        for (occurrence_id, key), mark in marks.items():
            if occurrence_id != row.occurrence_id or not mark.planning:
                continue
            if key.audience in places and all(
                one.place != key.place for one in places[key.audience]
            ):
                await self.ledger.end_planning(mark.slot_id)

    async def _look_after_held(
        self,
        row: OccurrenceRow,
        to_come: Sequence[Planned],
        now: datetime,
        counts: list[PlanCount],
    ) -> bool:
        """Those of a running occurrence whose text is held; whether somebody waits for one."""
        if row.state is not OccurrenceState.RUNNING and not counts:
            return False
        found = await self._held.look(row, self._known_places, to_come, now)
        counts += found.counts
        if found.reason:
            self._faulty = True
            await tell_of_held_text(self.ledger, row, found.reason, now)
        elif found.ended:
            running = [OccurrenceState.RUNNING]
            await self.ledger.set_state(
                row.occurrence_id, OccurrenceState.RUNNING, "", only_from=running
            )
            if not self._faulty:
                await self.ledger.clear_alarm(AlarmKind.MESSAGE_FAULTY, row.id, now)
        return bool(found.reason)

    async def _let_in(self, now: datetime) -> bool:
        """Newcomers get their steps; whether the ledger has other occurrences for it. Their trouble
        keeps nobody else's message from leaving."""
        try:
            if found := await newcomers.look(self.agenda, self.ledger, now):
                await occurrences.add_entered(self.agenda, self.ledger, now)
        except Exception as fault:
            log.exception("newcomers.failed")
            await self.ledger.raise_alarm(AlarmKind.PLAN_FAILED, _NEWCOMERS, repr(fault), now)
            self._lost_newcomers = True
            return False
        if self._lost_newcomers:
            await self.ledger.clear_alarm(AlarmKind.PLAN_FAILED, _NEWCOMERS, now)
            self._lost_newcomers = False
        return found

    async def _places(self, rows: Sequence[OccurrenceRow]) -> dict[str, list[PlaceRow]]:
        wanted = {
            name for row in rows for name in self.configuration.campaign(row.campaign).audiences
        }
        audiences = self.agenda.audiences
        version = await self.ledger.people_version()
        if version != self._version:
            self._version, self._known_places = version, {}
            self._slot_plans.forget()
        for name in wanted - set(self._known_places):
            self._known_places[name] = await self.ledger.places(audiences[name])
        return {name: self._known_places[name] for name in wanted}

    async def _settle(
        self,
        row: OccurrenceRow,
        one: Planned,
        word: Verdict,
        now: datetime,
        *,
        to_come: Sequence[Planned],
        forced: bool = False,
    ) -> list[PlanCount]:
        """Carry a verdict out."""
        if word in (Verdict.WAIT, Verdict.PASS):
            return []
        try:
            plan = await self._slot_plans.make(
                row,
                one,
                self._known_places,
                now,
                with_texts=word is Verdict.PLAN,
                forced=forced,
                to_come=to_come,
            )
        except (ContentError, NotFound) as faulty:
            self._faulty = True
            await hold(self.ledger, row, str(faulty), now)
            return []
        if word is Verdict.MISS:
            await miss(self.ledger, row, plan, now)
            return []
        count = await self.ledger.plan(plan, now)
        if count is None:
            self._behind = True
            return []
        log.info(
            "slot.planned",
            occurrence=row.id,
            channel=one.channel,
            audience=one.audience,
            zone=one.place.zone,
            territory=one.place.territory,
            waiting=count.waiting,
            left_out=count.left_out,
        )
        return [count]
