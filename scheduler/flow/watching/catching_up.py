"""A start after a long time without a daemon, where a person is to be asked before it catches up.

What fell due meanwhile, and what was under way, is paused with an alarm each; a person lets it go
on or cancels it, by the desk or a command, as with any pause. Its limits hold meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.audit import PROGRAM
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.leaving import season_of
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotRow
from scheduler.flow.agenda import Agenda
from scheduler.log import get_logger

log = get_logger(__name__)

#: States in which something may leave by itself.
LIVE = (OccurrenceState.SCHEDULED, OccurrenceState.RUNNING)


class CatchUpLedger(Protocol):
    """Each call is one transaction."""

    async def occurrences(self) -> list[OccurrenceRow]: ...

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]: ...

    async def places(self, audience: Audience) -> list[PlaceRow]: ...

    async def unfinished(self, occurrence_id: OccurrenceId) -> bool: ...

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool: ...


class Pausing(Protocol):
    async def change(
        self,
        row: OccurrenceRow,
        to: OccurrenceState,
        only_from: Iterable[OccurrenceState],
        by: str,
        now: datetime,
    ) -> bool:
        """With its entry in the audit log; False when it is in none of these states."""


async def hold(
    agenda: Agenda, ledger: CatchUpLedger, hand: Pausing, since: datetime, now: datetime
) -> list[str]:
    """Pause what fell due after ``since``, and what was under way; their printed ids."""
    rows = [row for row in await ledger.occurrences() if row.state in LIVE]
    due = await _fell_due(agenda, ledger, rows, since, now)
    held = []
    for row in rows:
        if row.occurrence_id not in due and not await _is_under_way(ledger, row):
            continue
        if await hand.change(row, OccurrenceState.PAUSED, LIVE, PROGRAM, now):
            detail = f"no daemon looked at the calendar from {since:%Y-%m-%d %H:%M} UTC on"
            await ledger.raise_alarm(AlarmKind.CATCH_UP_HELD, row.id, detail, now)
            log.warning("occurrence.catch_up_held", occurrence=row.id, remedy="reflexe resume")
            held.append(row.id)
    return held


async def _is_under_way(ledger: CatchUpLedger, row: OccurrenceRow) -> bool:
    return row.state is OccurrenceState.RUNNING and await ledger.unfinished(row.occurrence_id)


async def _fell_due(
    agenda: Agenda,
    ledger: CatchUpLedger,
    rows: Sequence[OccurrenceRow],
    since: datetime,
    now: datetime,
) -> set[int]:
    """Those with a slot that came due in between; whatever has its mark already is under way."""
    places = await _places(agenda, ledger)
    start, end = since.date() - timedelta(days=2), now.date() + timedelta(days=2)
    due = {
        season_of(one.occurrence)
        for one in agenda.slots(start, end, places)
        if one.slot.due_at is not None and since <= one.slot.due_at <= now
    }
    return {row.occurrence_id for row in rows if season_of(row) in due}


async def _places(agenda: Agenda, ledger: CatchUpLedger) -> Mapping[str, list[Place]]:
    return {
        name: [row.place for row in await ledger.places(audience)]
        or [Place(zone=audience.zone, territory=audience.territory)]
        for name, audience in agenda.audiences.items()
    }
