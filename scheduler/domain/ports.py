"""What the steps in ``flow`` ask of the outside, each as small as its user needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import (
    OccurrenceRow,
    SlotRow,
)


class Alarms(Protocol):
    """What needs a person. Each call is one transaction."""

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        """Open an alarm; False when it is open already."""

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        """The fault is mended; False when there was none."""


class KnownOccurrences(Protocol):
    """Occurrences and their slots, as the ledger has them. Each call is one transaction."""

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]:
        """By date; all of them when no state is named."""

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]:
        """The slots of these occurrences that have their mark."""


class Wire(Protocol):
    """Notes what is on the wire, for the start after a crash."""

    def handing_over(self, delivery: int) -> None:
        """Just before its last bytes leave."""

    def answered(self, delivery: int, state: DeliveryState) -> None:
        """Once its answer is read; noted at the latest with the next hand-over."""
