"""Taking up those who came to a place after its slot was planned: a file moved them, or named them
again, between two zones' hours.

Part of each look, for an occurrence that runs: once after every import, and whenever the intent
took somebody out of a slot that isn't theirs any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import OccurrenceRow, PlanCount, SlotPlan, SlotRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.slot_plans import Places, SlotPlans, planned_again
from scheduler.log import get_logger

log = get_logger(__name__)


class StragglerLedger(Protocol):
    """Each call is one transaction."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def lacking(
        self, occurrence_id: OccurrenceId, channel: str, audience: Audience
    ) -> list[SlotId]:
        """The planned slots of an audience, by row, in which a member has no delivery."""

    async def plan(self, plan: SlotPlan, now: datetime) -> PlanCount | None:
        """Plan a slot; None when somebody else has."""


@dataclass(kw_only=True, slots=True)
class Stragglers:
    agenda: Agenda
    ledger: StragglerLedger
    slot_plans: SlotPlans
    #: Occurrence -> the people's version for which all of them were found.
    _looked: dict[int, int] = field(default_factory=dict)

    async def look(
        self,
        row: OccurrenceRow,
        places: Places,
        to_come: Sequence[Planned],
        version: int,
        now: datetime,
    ) -> list[PlanCount]:
        """Add them to the slots of their places."""
        if self._looked.get(row.occurrence_id) == version:
            return []
        marks = {
            one.slot_id: one
            for one in await self.ledger.slots_of([row.occurrence_id])
            if not one.missed
        }
        if not marks:
            return []
        counts: list[PlanCount] = []
        for mark in [marks[found] for found in await self._lacking(row, marks)]:
            if (one := planned_again(self.agenda, row, mark)) is not None:
                try:
                    counts += await self._top_up(row, one, mark, places, to_come, now)
                except (ContentError, NotFound):
                    # Once its message is mended.
                    return counts
        self._looked[row.occurrence_id] = version
        return counts

    async def _lacking(self, row: OccurrenceRow, marks: Mapping[SlotId, SlotRow]) -> list[SlotId]:
        """Slots in which somebody is missing; whoever goes before first."""
        planned = {(one.key.audience, one.key.channel) for one in marks.values()}
        found: list[SlotId] = []
        for audience in self.agenda.configuration.audiences:
            for channel in sorted(channel for name, channel in planned if name == audience.name):
                found += await self.ledger.lacking(row.occurrence_id, channel, audience)
        return [one for one in found if one in marks]

    async def _top_up(
        self,
        row: OccurrenceRow,
        one: Planned,
        mark: SlotRow,
        places: Places,
        to_come: Sequence[Planned],
        now: datetime,
    ) -> list[PlanCount]:
        settled = await self.slot_plans.texts(row, one, now)
        late = now > mark.not_after
        plan = await self.slot_plans.top_up(row, one, places, settled, end=late, to_come=to_come)
        plan = replace(plan, no_window=plan.no_window or late, forced=False)
        count = await self.ledger.plan(plan, now)
        if count is None:
            return []
        log.info("slot.topped_up", occurrence=row.id, channel=one.channel, audience=one.audience)
        return [count]


def runs(row: OccurrenceRow, counts: Sequence[PlanCount]) -> bool:
    """Its people may still change: nothing is added to what has ended."""
    return row.state is OccurrenceState.RUNNING or bool(counts)
