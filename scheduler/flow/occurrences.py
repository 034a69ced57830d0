"""The calendar step: the ledger's occurrences that wait follow the calendar and the names in it.

Once a day, and after an edit; it may be said again at any moment, with the same end.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.calendar.leaving import season_of
from scheduler.flow import newcomers, renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.newcomers import SeasonSource
from scheduler.flow.slot_plans import REACH
from scheduler.log import get_logger

log = get_logger(__name__)

#: How far ahead the ledger knows its occurrences.
HORIZON = timedelta(days=400)


class CalendarLedger(renames.NameLedger, SeasonSource, Protocol):
    """Each call is one transaction."""

    #: What fell due before the ledger was made concerns nobody (UTC).
    made_at: datetime

    async def replan(
        self, calendar: Sequence[Occurrence], today: date, now: datetime
    ) -> list[tuple[str, str]]:
        """Those that ended without anybody and have another day to come wait again: their printed
        ids of before and of now."""

    async def sync(
        self, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
    ) -> None:
        """Bring the occurrences that still wait to the calendar; what has run is not touched.
        ``whole``: what it doesn't have is gone."""


class DatedLedger(Protocol):
    """Each call is one transaction."""

    made_at: datetime

    async def sync(
        self, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
    ) -> None: ...


async def add_entered(agenda: Agenda, ledger: DatedLedger, now: datetime) -> None:
    """The same of what newcomers are to get, as soon as they enter."""
    today = now.date()
    start = _first_day(ledger, today)
    coming = agenda.occurrences(start, today + HORIZON)
    mine = [one for one in coming if season_of(one) in agenda.entered]
    await ledger.sync(mine, start, whole=False)


def _first_day(ledger: DatedLedger, today: date) -> date:
    return max(today - REACH, ledger.made_at.date() - timedelta(days=1))


async def sync(agenda: Agenda, ledger: CalendarLedger, now: datetime) -> None:
    """Bring the ledger's waiting occurrences to the calendar."""
    await newcomers.note(agenda, ledger)
    configuration = agenda.configuration
    if not configuration.faults:
        await renames.follow(agenda, ledger, now)
    today = now.date()
    start = _first_day(ledger, today)
    coming = agenda.occurrences(start, today + HORIZON)
    for before, after in await ledger.replan(coming, today, now):
        await ledger.clear_alarm(AlarmKind.SLOT_MISSED, before, now)
        log.info("occurrence.replanned", occurrence=after, was=before)
    if configuration.faults:
        # What a faulty configuration doesn't name is not taken for gone, nor for renamed.
        await ledger.sync(coming, start, whole=False)
        return
    await ledger.sync(coming, start)
    found = await renames.look(agenda, ledger, coming, today)
    told = {one.id: reason for one, reason in found.items()}
    lost = await renames.settle(configuration.audiences, ledger)
    await renames.tell(ledger, told | lost, now)
