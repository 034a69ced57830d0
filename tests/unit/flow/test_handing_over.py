"""Handing over: whatever a provider, a line or the journal does, each has one outcome."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

import pytest
from structlog.testing import capture_logs

from scheduler.domain.delivery import DeliveryState, Receipt
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId
from scheduler.domain.measure.prices import Prices
from scheduler.domain.message import Message
from scheduler.domain.provider import Answered, Begin, HandingOver, Stock, unasked
from scheduler.domain.sending import Claim, Due, trial_claim
from scheduler.flow.begin import InHand, alive
from scheduler.flow.done import Done
from scheduler.flow.hand_over import INTENT_LIFE, HandOver
from scheduler.flow.stock import Lot
from tests.flow_world import ScriptedProvider, utc
from tests.samples.ledger import PARIS

NOW = utc(5, 8)
CLAIM = replace(
    trial_claim(
        message="essai", campaign="essai", channel="email", audience="staff", place=PARIS, now=NOW
    ),
    not_after=utc(6, 8),
)
Carries = Callable[[Stock, HandingOver, Answered], Awaitable[None]]


@dataclass
class Ledger:
    """Whoever asks may begin."""

    heard: int = 0

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        return set(deliveries)


@dataclass
class Wire:
    """The journal, on a disk that may be full."""

    full: bool = False
    full_at_the_end: bool = False
    told: list[str] = field(default_factory=list)

    def handing_over(self, delivery: int) -> None:
        if self.full:
            raise OSError("no space left on device")
        self.told.append(f"leaves {delivery}")

    def answered(self, delivery: int, state: DeliveryState) -> None:
        if self.full or self.full_at_the_end:
            raise OSError("no space left on device")
        self.told.append(f"{state} {delivery}")


class Told(ScriptedProvider):
    """A line that does what a test says."""

    carries: Carries

    async def carry(
        self, stock: Stock, handing_over: HandingOver, answered: Answered, begin: Begin = unasked
    ) -> None:
        await self.carries(stock, handing_over, answered)


def lot_of(number: int, since: float | None = None) -> Lot:
    to = f"p{number}@example.org"
    due = Due(
        delivery_id=DeliveryId(number),
        contact_id=ContactId(number),
        address_id=AddressId(number),
        content_id=ContentId(1),
        attempts=0,
        to=to,
        short_token="",
        language="fr",
        fields={},
    )
    message = Message(delivery=number, to=to, sender="", body=b"", reference="")
    return Lot(due=due, claim=CLAIM, message=message, since=alive() if since is None else since)


def hand_over_of(wire: Wire) -> HandOver:
    return HandOver(
        channel="email",
        wire=wire,
        prices=Prices(),
        resend=False,
        clock=lambda: NOW,
        chance=Random(1),  # noqa: S311
        in_hand=InHand(ledger=Ledger(), clock=lambda: NOW),
    )


def put(handing: HandOver, provider: ScriptedProvider, *lots: Lot) -> None:
    handing.in_hand.hold(CLAIM, [one.due.delivery_id for one in lots], asked=alive(), heard=0)
    handing.put(lots, provider, 1, {})


async def all_of(handing: HandOver) -> list[tuple[int, str, str]]:
    """What came of each: its delivery, state and reason."""
    async with asyncio.timeout(5):
        while handing.under_way:
            await handing.changed.wait()
            handing.changed.clear()
    return sorted(map(_read, handing.collect()))


def _read(done: Done) -> tuple[int, str, str]:
    outcome = done.outcome
    return outcome.delivery_id, outcome.state.value, outcome.reason


@pytest.mark.parametrize(("left", "state"), [(False, "waiting"), (True, "uncertain")])
async def test_what_a_line_took_and_said_nothing_of_is_no_loss(left: bool, state: str) -> None:
    provider, handing = Told(), hand_over_of(Wire())

    async def forgets(stock: Stock, handing_over: HandingOver, answered: Answered) -> None:
        message = stock.take()
        assert message is not None
        if left:
            handing_over(message.delivery)

    provider.carries = forgets
    put(handing, provider, lot_of(1))

    ((_, became, reason),) = await all_of(handing)
    assert (became, reason.partition(" ")[0]) == (state, "fault")


async def test_what_may_not_begin_any_more_is_given_to_no_line() -> None:
    provider, handing = ScriptedProvider(), hand_over_of(Wire())
    handing.in_hand.hold(CLAIM, [1, 2], asked=alive(), heard=0)
    handing.in_hand.let_go(1)
    handing.put([lot_of(1), lot_of(2)], provider, 1, {})

    assert await all_of(handing) == [(1, "waiting", "not begun"), (2, "sent", "")]
    assert provider.tries == ["p2@example.org"]


async def test_what_two_lines_answer_for_has_one_outcome() -> None:
    provider, handing = ScriptedProvider(), hand_over_of(Wire())
    put(handing, provider, lot_of(1), lot_of(1))

    assert [one[0] for one in await all_of(handing)] == [1]


async def test_a_disk_that_fills_after_the_last_octet_loses_no_answer() -> None:
    provider, handing = ScriptedProvider(), hand_over_of(Wire(full_at_the_end=True))

    with capture_logs() as logged:
        put(handing, provider, lot_of(1))
        assert await all_of(handing) == [(1, "sent", "")]

    assert [one["event"] for one in logged] == ["wire.unwritten"]


async def test_a_full_disk_lets_nothing_leave_that_no_journal_tells_of() -> None:
    provider, handing = ScriptedProvider(), hand_over_of(Wire(full=True))
    put(handing, provider, lot_of(1))

    ((_, state, reason),) = await all_of(handing)
    assert (state, reason.partition(" ")[0]) == ("waiting", "fault")
    assert provider.accepted == []


async def test_an_intent_of_a_process_that_slept_hands_nothing_over() -> None:
    wire = Wire()
    provider, handing = ScriptedProvider(), hand_over_of(wire)
    put(handing, provider, lot_of(1, since=alive() - INTENT_LIFE - 1), lot_of(2))

    first, second = await all_of(handing)
    assert (first[1], first[2].partition(" ")[0]) == ("waiting", "stale")
    assert second == (2, "sent", "")
    assert "leaves 1" not in wire.told


async def test_called_back_a_line_waits_for_what_has_left_and_for_nothing_else() -> None:
    provider, handing = Told(), hand_over_of(Wire())
    taken, answers = asyncio.Event(), asyncio.Event()

    async def two_at_once(stock: Stock, handing_over: HandingOver, answered: Answered) -> None:
        first, second = stock.take(), stock.take()
        assert first is not None
        assert second is not None
        handing_over(first.delivery)
        loop, receipt = asyncio.get_running_loop(), Receipt(provider_id="Q1")
        loop.call_later(0.02, answered, first, receipt)
        taken.set()
        # Its own answer would be awaited for ever.
        await answers.wait()

    provider.carries = two_at_once
    put(handing, provider, lot_of(1), lot_of(2))
    await taken.wait()
    handing.call_back()
    assert handing.under_way == 2

    assert await all_of(handing) == [(1, "sent", ""), (2, "waiting", "stopped")]
