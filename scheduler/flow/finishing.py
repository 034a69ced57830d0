"""The end of an occurrence: finished, or missed where nobody could be reached in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.ending import Tally, nobody_in_time
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, SlotRow
from scheduler.domain.ports import Alarms
from scheduler.flow.heirs import Heirs
from scheduler.log import get_logger

log = get_logger(__name__)

#: Occurrences that may still get a slot.
LIVE = (OccurrenceState.SCHEDULED, OccurrenceState.RUNNING, OccurrenceState.HELD)
MISSED = "personne n’a pu être joint à temps"
PASSED = (
    "son heure était passée quand le registre, la campagne ou les contacts ont été mis en place : "
    "rien n’est parti"
)
NOBODY = "personne à qui écrire à cette date"


class EndLedger(Alarms, Protocol):
    """Each call is one transaction."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""

    async def tally(self, occurrence_id: OccurrenceId) -> Tally:
        """An occurrence's deliveries by state and reason."""

    async def unfinished(self, occurrence_id: OccurrenceId) -> bool:
        """Something of the occurrence still waits or is being sent."""

    async def set_state(
        self,
        occurrence_id: OccurrenceId,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool:
        """Change an occurrence's state; False when it is in none of the states named."""


async def finish(
    ledger: EndLedger, heirs: Heirs, row: OccurrenceRow, now: datetime, *, passed: bool
) -> None:
    """Nothing of it is still to come. ``passed``: its hours were over before it concerned anybody.

    May be said again at each look, with the same end.
    """
    slots = await ledger.slots_of([row.occurrence_id])
    if not slots:
        await _without_slots(ledger, row, now, passed=passed)
        return
    if await ledger.unfinished(row.occurrence_id) or await heirs.look(row, [], now, at_once=True):
        return
    any_missed = any(one.missed for one in slots)
    if not nobody_in_time(await ledger.tally(row.occurrence_id), any_missed=any_missed):
        only_from = [OccurrenceState.RUNNING]
        await ledger.set_state(row.occurrence_id, OccurrenceState.FINISHED, only_from=only_from)
        return
    await ledger.set_state(row.occurrence_id, OccurrenceState.MISSED, MISSED, only_from=LIVE)
    # A missed slot has raised it already, and said which.
    if not any_missed and await ledger.raise_alarm(AlarmKind.SLOT_MISSED, row.id, MISSED, now):
        log.error("occurrence.missed", occurrence=row.id)


async def _without_slots(
    ledger: EndLedger, row: OccurrenceRow, now: datetime, *, passed: bool
) -> None:
    if passed:
        if await ledger.set_state(
            row.occurrence_id, OccurrenceState.FINISHED, PASSED, only_from=LIVE
        ):
            log.warning("occurrence.passed", occurrence=row.id, reason=PASSED)
    elif row.date < now.date() - timedelta(days=1):
        await ledger.set_state(row.occurrence_id, OccurrenceState.FINISHED, NOBODY, only_from=LIVE)
