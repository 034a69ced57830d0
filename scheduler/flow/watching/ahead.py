"""What would hold an occurrence of the coming days, told while there is time to mend it.

One alarm an occurrence, fourteen days before it is due and until it is mended; once it is due,
planning itself says what it holds. A further cause is one more function in ``CAUSES``.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, SlotRow
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.report import AlarmRow
from scheduler.flow import renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.fit import PassSource
from scheduler.flow.showing.merged import merge
from scheduler.flow.texts import faults_ahead
from scheduler.log import get_logger

log = get_logger(__name__)

#: How long before it is due a person hears of it.
AHEAD = timedelta(days=14)


class AheadLedger(renames.NameSource, Alarms, PassSource, Protocol):
    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        """By date; all of them when no state is named."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""


#: Of one occurrence to come: what would hold it, or some of its readers, in French.
Cause = Callable[[Agenda, AheadLedger, Occurrence, datetime], Awaitable[list[str]]]


async def of_texts(
    agenda: Agenda, ledger: AheadLedger, one: Occurrence, now: datetime
) -> list[str]:
    """A fault of its message, or of some reader's text."""
    campaign = agenda.configuration.campaign(one.campaign)
    return await faults_ahead(agenda, ledger, campaign, agenda.episode(one), now)


CAUSES: tuple[Cause, ...] = (of_texts,)


async def would_hold(agenda: Agenda, ledger: AheadLedger, now: datetime) -> dict[str, list[str]]:
    """The occurrences of the coming days that would be held -> why. Writes nothing."""
    rows = await ledger.occurrences()
    planned = {
        one.occurrence_id for one in await ledger.slots_of([row.occurrence_id for row in rows])
    }
    start, end = now.date(), now.date() + AHEAD
    found: dict[str, list[str]] = {}
    for merged in merge(agenda, rows, planned, start, end):
        waits = merged.state is OccurrenceState.SCHEDULED
        if merged.one is None or not waits or (merged.row and merged.row.occurrence_id in planned):
            continue
        reasons = [
            reason for cause in CAUSES for reason in await cause(agenda, ledger, merged.one, now)
        ]
        if reasons:
            found[merged.id] = list(dict.fromkeys(reasons))
    return found


async def look(agenda: Agenda, ledger: AheadLedger, now: datetime) -> Mapping[str, list[str]]:
    """Raise what is new, clear what is mended. Once a day, and after an edit."""
    found = await would_hold(agenda, ledger, now)
    for subject, reasons in found.items():
        detail = " ; ".join(reasons)
        if await ledger.raise_alarm(AlarmKind.WOULD_BE_HELD, subject, detail, now):
            log.warning("occurrence.would_be_held", occurrence=subject, reason=detail)
    for alarm in await ledger.open_alarms():
        if alarm.kind == AlarmKind.WOULD_BE_HELD and alarm.subject not in found:
            await ledger.clear_alarm(AlarmKind.WOULD_BE_HELD, alarm.subject, now)
    return found
