"""Pausing, resuming and cancelling an occurrence, or stopping everything, with exact counts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.planning import OccurrenceRow, SlotRow
from scheduler.domain.report import Count, Standing


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


class SteeringLedger(Protocol):
    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool: ...

    async def slots_of(self, rows: Iterable[int]) -> list[SlotRow]: ...

    async def counts(self, rows: Iterable[int] = ()) -> list[Count]: ...


async def steer(
    ledger: SteeringLedger, hand: Steering, row: OccurrenceRow, how: str, by: str, now: datetime
) -> str:
    """Carry it out; what was done, in a sentence. Raises NotFound when its state forbids it."""
    match how:
        case "paused":
            await _change(hand, row, OccurrenceState.PAUSED, _LIVE, by, now)
        case "resumed":
            planned = await ledger.slots_of([row.row])
            to = OccurrenceState.RUNNING if planned else OccurrenceState.SCHEDULED
            await _change(hand, row, to, [OccurrenceState.PAUSED], by, now)
            await ledger.clear_alarm("mail-refused", row.id, now)
        case "cancelled":
            if row.state in (OccurrenceState.CANCELLED, OccurrenceState.FINISHED):
                raise NotFound(f"{row.id} is {row.state}: it can't be cancelled")
            await hand.cancel(row, by, now)
            for kind in ("slot-missed", "message-faulty", "plan-failed"):
                await ledger.clear_alarm(kind, row.id, now)
    counts = dict.fromkeys(DeliveryState, 0)
    for count in await ledger.counts([row.row]):
        counts[count.state] += count.rows
    return (
        f"{row.id} is {how}: {counts[DeliveryState.SENT]} sent, "
        f"{counts[DeliveryState.WAITING]} waiting, {counts[DeliveryState.CANCELLED]} cancelled."
    )


_LIVE = (OccurrenceState.SCHEDULED, OccurrenceState.RUNNING, OccurrenceState.HELD)


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


async def stop_all(hand: StopLedger, by: str, now: datetime) -> str:
    """Stop every channel; what stands where, in a sentence. May be said twice."""
    stopped = await hand.stop_all(by, now)
    how = "Every channel is stopped" if stopped else "Every channel was stopped already"
    return f"{how}: {_standing(await hand.standing())}. `reflexe resume-all` goes on."


async def resume_all(hand: StopLedger, by: str, now: datetime) -> str:
    """Go on where everything stopped; the same sentence. May be said twice."""
    resumed = await hand.resume_all(by, now)
    how = "Every channel goes on" if resumed else "Nothing was stopped"
    return f"{how}: {_standing(await hand.standing())}."


def _standing(found: Standing) -> str:
    """Of the occurrences under way."""
    return f"{found.sent} sent, {found.waiting} waiting, {found.in_flight} in flight"
