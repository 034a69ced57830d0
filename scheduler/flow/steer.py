"""Pausing, resuming and cancelling an occurrence, with exact counts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.planning import OccurrenceRow, SlotRow
from scheduler.domain.report import Count


class SteeringLedger(Protocol):
    async def set_state(
        self,
        row: int,
        to: OccurrenceState,
        reason: str = "",
        *,
        only_from: Iterable[OccurrenceState] = (),
    ) -> bool: ...

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool: ...

    async def cancel(self, row: int, now: datetime) -> int: ...

    async def slots_of(self, rows: Iterable[int]) -> list[SlotRow]: ...

    async def counts(self, rows: Iterable[int] = ()) -> list[Count]: ...


async def steer(ledger: SteeringLedger, row: OccurrenceRow, how: str, now: datetime) -> str:
    """Carry it out; what was done, in a sentence. Raises NotFound when its state forbids it."""
    match how:
        case "paused":
            await _change(ledger, row, OccurrenceState.PAUSED, _LIVE)
        case "resumed":
            planned = await ledger.slots_of([row.row])
            to = OccurrenceState.RUNNING if planned else OccurrenceState.SCHEDULED
            await _change(ledger, row, to, [OccurrenceState.PAUSED])
        case "cancelled":
            if row.state in (OccurrenceState.CANCELLED, OccurrenceState.FINISHED):
                raise NotFound(f"{row.id} is {row.state}: it can't be cancelled")
            await ledger.cancel(row.row, now)
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
    ledger: SteeringLedger,
    row: OccurrenceRow,
    to: OccurrenceState,
    only_from: Iterable[OccurrenceState],
) -> None:
    if not await ledger.set_state(row.row, to, only_from=only_from):
        raise NotFound(f"{row.id} is {row.state}: it can't become {to}")
