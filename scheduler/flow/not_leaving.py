"""What becomes of an occurrence, or a part of it, that doesn't leave now: it is held, waits or is
missed, and says why; somebody is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, SlotPlan
from scheduler.domain.ports import Alarms
from scheduler.flow import renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.renames import NameSource
from scheduler.log import get_logger

log = get_logger(__name__)


class HoldLedger(NameSource, Alarms, Protocol):
    """Each call is one transaction."""

    async def miss(self, plan: SlotPlan, now: datetime) -> bool:
        """Record that a slot's limit passed; False when it has its mark already."""

    async def set_state(
        self,
        occurrence_id: OccurrenceId,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool:
        """Change an occurrence's state; False when it is in none of the states named."""


async def hold(ledger: HoldLedger, row: OccurrenceRow, reason: str, now: datetime) -> None:
    """A faulty message is never sent: its occurrence says why, until the file is mended."""
    await ledger.set_state(
        row.occurrence_id, OccurrenceState.HELD, reason, only_from=[OccurrenceState.SCHEDULED]
    )
    if await ledger.raise_alarm(AlarmKind.MESSAGE_FAULTY, row.id, reason, now):
        log.error("occurrence.held", occurrence=row.id, reason=reason)


async def tell_of_held_text(
    ledger: HoldLedger, row: OccurrenceRow, reason: str, now: datetime
) -> None:
    """The others leave: the occurrence runs, and says who waits for what."""
    if row.reason != reason:
        running = [OccurrenceState.RUNNING]
        await ledger.set_state(
            row.occurrence_id, OccurrenceState.RUNNING, reason, only_from=running
        )
    if await ledger.raise_alarm(AlarmKind.MESSAGE_FAULTY, row.id, reason, now):
        log.error("text.held", occurrence=row.id, reason=reason)


async def waits_for_its_name(
    agenda: Agenda, ledger: HoldLedger, row: OccurrenceRow, now: datetime
) -> bool:
    """It may have run under another name: then it waits, and neither leaves nor is missed.

    Asked just before something is planned, for another replica may have sent meanwhile.
    """
    one = Occurrence(campaign=row.campaign, episode=row.episode, season=row.season, date=row.date)
    found = await renames.look(agenda, ledger, [one], now.date())
    for reason in found.values():
        waits = [OccurrenceState.SCHEDULED]
        await ledger.set_state(row.occurrence_id, OccurrenceState.HELD, reason, only_from=waits)
        await ledger.raise_alarm(AlarmKind.RENAMED, row.id, reason, now)
    return bool(found)


async def miss(ledger: HoldLedger, row: OccurrenceRow, plan: SlotPlan, now: datetime) -> None:
    if await ledger.miss(plan, now):
        detail = f"{plan.key.channel}, {plan.key.audience}, {plan.key.place.zone}"
        await ledger.raise_alarm(AlarmKind.SLOT_MISSED, row.id, detail, now)
        log.error("slot.missed", occurrence=row.id, due_at=plan.due_at.isoformat())
