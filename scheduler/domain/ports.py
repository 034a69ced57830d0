"""What the steps in ``flow`` ask of the outside, each as small as its user needs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import (
    OccurrenceRow,
    SlotRow,
)
from scheduler.domain.sending import Claim, Due, Lane, OpenSlot, Rest


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


class SendLedger(Alarms, Protocol):
    """What the send step asks of the ledger. Each call is one transaction."""

    async def open_slots(self, lane: Lane, now: datetime) -> list[OpenSlot]:
        """Slots of running occurrences with a batch of the lane that is ready and free."""

    async def claim(
        self,
        slots: Collection[int],
        owner: str,
        now: datetime,
        *,
        lane: Lane | None = None,
        number: int | None = None,
    ) -> Claim | None:
        """The oldest ready batch of these slots (of the lane, of this number), for the time of a
        lease; None also when as many of the lane are worked as may be."""

    async def due(self, claim: Claim, now: datetime, limit: int) -> list[Due]:
        """Waiting deliveries of a batch."""

    async def take_tokens(
        self, rates: Mapping[str, float], wanted: int, least: int, now: datetime
    ) -> int:
        """0, or from ``least`` to ``wanted`` tokens out of every bucket named (tokens a second)."""

    async def give_back_tokens(self, rates: Mapping[str, float], tokens: int) -> None:
        """What wasn't used of them."""

    async def take_intents(
        self,
        claim: Claim,
        deliveries: Collection[int],
        now: datetime,
        costs: Mapping[int, int] | None = None,
    ) -> set[int]:
        """Mark these as being sent; those that may leave. Durable when it returns. What a file
        has changed of its person since it was planned gets another address, or is left out.

        ``costs``: what each will cost, in ten-thousandths of a euro.
        """

    @property
    def heard(self) -> int:
        """Grows with every opt-out that this process has recorded."""

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        """Those of these intents whose text may still begin: asked of the ledger as it is."""

    async def record(
        self,
        outcomes: Sequence[Outcome],
        suppressions: Sequence[tuple[int, OptOut]] = (),
        refusals: Sequence[Refusal] = (),
    ) -> None:
        """Write outcomes, and what they say of addresses. Durable when it returns.

        What ``refusals`` come to the ledger decides, by all that it knows of their domains: some of
        these deliveries may wait again.
        """

    async def release(self, claim: Claim) -> None:
        """Give a batch back."""

    async def resting(self, lane: Lane) -> list[Rest]:
        """The breakers of a lane and of its channel that aren't closed."""

    async def probe(self, rest: Rest, now: datetime) -> bool:
        """Be the one who tries a message after a rest; False when another is."""

    async def end_probe(self, lane: Lane, now: datetime) -> None:
        """A trial that tried nothing."""

    async def trip(
        self, lane: Lane, reason: str, now: datetime, rest: timedelta | None = None
    ) -> datetime:
        """Let a lane rest, for ``rest`` or as its failures in a row ask for; until when."""

    async def close_breaker(self, lane: Lane) -> bool:
        """The lane and its channel work; False when nothing rested."""

    async def raise_halt(self, campaign: str, channel: str, reason: str, now: datetime) -> bool:
        """Nothing of the campaign, or for a country (``+262``), leaves on the channel until a
        person acts."""

    async def closed_countries(self, channel: str) -> Mapping[str, str]:
        """Countries that nothing leaves for on the channel, with the provider's words."""


class Wire(Protocol):
    """Notes what is on the wire, for the start after a crash."""

    def handing_over(self, delivery: int) -> None:
        """Just before its last bytes leave."""

    def answered(self, delivery: int, state: DeliveryState) -> None:
        """Once its answer is read."""
