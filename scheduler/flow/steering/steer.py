"""Pausing, resuming and cancelling an occurrence, or stopping everything, with exact counts.

The counts are values: whoever asks, a command or the desk, puts them into words of their own.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, SlotRow
from scheduler.domain.showing.report import Standing
from scheduler.domain.values import frozen

#: What is done to an occurrence.


class How(StrEnum):
    """What a person does to an occurrence; its value says how it is told."""

    #: Nothing more of it leaves until it is resumed.
    PAUSED = "paused"
    #: It goes on where it was.
    RESUMED = "resumed"
    #: Nothing more of it leaves, for good.
    CANCELLED = "cancelled"


class Steering(Protocol):
    """What is done by hand stands in the audit log, with the name of who did it."""

    async def change(
        self,
        row: OccurrenceRow,
        to: OccurrenceState,
        only_from: Iterable[OccurrenceState],
        by: str,
        now: datetime,
    ) -> bool: ...

    async def cancel(self, row: OccurrenceRow, by: str, now: datetime) -> int: ...


class StandingSource(Protocol):
    async def standing_of(self, row: OccurrenceId) -> Standing:
        """Where the deliveries of one occurrence stand."""


class SteeringLedger(StandingSource, Protocol):
    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool: ...

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]: ...


def possible(state: OccurrenceState) -> tuple[How, ...]:
    """What can be done to an occurrence in this state."""
    match state:
        case OccurrenceState.CANCELLED | OccurrenceState.FINISHED:
            return ()
        case OccurrenceState.MISSED:
            return (How.CANCELLED,)
        case OccurrenceState.PAUSED:
            return (How.RESUMED, How.CANCELLED)
        case _:
            return (How.PAUSED, How.CANCELLED)


async def steer(
    ledger: SteeringLedger, hand: Steering, row: OccurrenceRow, how: How, by: str, now: datetime
) -> Standing:
    """Carry it out; where its deliveries stand then. Raises NotFound when its state forbids it."""
    match how:
        case How.PAUSED:
            await _change(hand, row, OccurrenceState.PAUSED, _LIVE, by, now)
        case How.RESUMED:
            planned = await ledger.slots_of([row.occurrence_id])
            to = OccurrenceState.RUNNING if planned else OccurrenceState.SCHEDULED
            await _change(hand, row, to, [OccurrenceState.PAUSED], by, now)
            for kind in (AlarmKind.MAIL_REFUSED, AlarmKind.CATCH_UP_HELD):
                await ledger.clear_alarm(kind, row.id, now)
        case How.CANCELLED:
            if how not in possible(row.state):
                raise NotFound(f"{row.id} is {row.state}: it can't be cancelled")
            await hand.cancel(row, by, now)
            for kind in _ENDED_WITH_IT:
                await ledger.clear_alarm(kind, row.id, now)
    return await standing_of(ledger, row)


async def standing_of(ledger: StandingSource, row: OccurrenceRow) -> Standing:
    """Where the deliveries of one occurrence stand."""
    return await ledger.standing_of(row.occurrence_id)


_ENDED_WITH_IT = (
    AlarmKind.SLOT_MISSED,
    AlarmKind.MESSAGE_FAULTY,
    AlarmKind.PLAN_FAILED,
    AlarmKind.RENAMED,
    AlarmKind.CATCH_UP_HELD,
)
_LIVE = [state for state in OccurrenceState if How.PAUSED in possible(state)]


async def _change(
    hand: Steering,
    row: OccurrenceRow,
    to: OccurrenceState,
    only_from: Iterable[OccurrenceState],
    by: str,
    now: datetime,
) -> None:
    if not await hand.change(row, to, only_from, by, now):
        raise NotFound(f"{row.id} is {row.state}: it can't become {to}")


class StopLedger(Protocol):
    """Each call is one transaction; stopping and resuming stand in the audit log."""

    async def stop_all(self, by: str, now: datetime) -> bool:
        """No intent is taken from now on; False when it is stopped already."""

    async def resume_all(self, by: str, now: datetime) -> bool:
        """Go on where everything stopped; False when nothing was."""

    async def standing(self) -> Standing:
        """How far the occurrences under way are."""


@frozen
class AllSteered:
    """What became of an order to every channel."""

    #: False: it stood so already.
    changed: bool
    #: Of the occurrences under way.
    standing: Standing


async def stop_all(hand: StopLedger, by: str, now: datetime) -> AllSteered:
    """Stop every channel. May be said twice."""
    return AllSteered(changed=await hand.stop_all(by, now), standing=await hand.standing())


async def resume_all(hand: StopLedger, by: str, now: datetime) -> AllSteered:
    """Go on where everything stopped. May be said twice."""
    return AllSteered(changed=await hand.resume_all(by, now), standing=await hand.standing())
