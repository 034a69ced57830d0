"""Whether a lane may send, and how many may leave now: the breaker and the pace, on a ledger."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import (
    CampaignStopped,
    CountryStopped,
    HandOverError,
    Permanent,
    Temporary,
)
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId
from scheduler.domain.intents import Wanted
from scheduler.domain.measure.pace import Pace
from scheduler.domain.measure.prices import Prices
from scheduler.domain.message import Message
from scheduler.domain.sending import Due, Lane, Rest, trial_claim
from scheduler.flow.done import Done
from scheduler.flow.gate import TELLING, Gate
from scheduler.flow.pacing import LONGEST_PAUSE, Pacer
from scheduler.store.sending import buckets
from scheduler.store.sending.turns import paced
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import PARIS

LANE = Lane(channel="email", destination="public")
NO_PRICES = Prices()
CLAIM = trial_claim(
    message="essai", campaign="essai", channel="sms", audience="staff", place=PARIS, now=utc(5, 8)
)
REST = timedelta(minutes=5)
A_MOMENT = timedelta(microseconds=1)
BUSY = Temporary("421", "later")
GONE = Permanent("550", "no such user")


def gate_of(world: World, lane: Lane = LANE) -> Gate:
    return Gate(lane=lane, ledger=world.app.ledger, clock=world.clock)


def done(*errors: HandOverError | None) -> list[Done]:
    return [
        Done(
            outcome=Outcome(
                delivery_id=DeliveryId(number),
                state=DeliveryState.WAITING if error else DeliveryState.SENT,
                at=utc(4, 8),
            ),
            error=error,
        )
        for number, error in enumerate(errors, 1)
    ]


async def test_a_lane_rests_until_its_time_and_not_a_moment_longer(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        until = await world.app.ledger.trip(LANE, "421", utc(4, 8), REST)

        world.clock.now = until - A_MOMENT
        assert not await gate_of(world).lets_through()
        world.clock.now = until
        gate = gate_of(world)
        assert not await gate.is_shut()
        assert await gate.lets_through()
        assert gate.is_trial
        # Of all who ask, one alone tries.
        assert not await gate_of(world).lets_through()


async def test_a_trial_that_came_to_nothing_leaves_its_turn_to_another(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        world.clock.now = await world.app.ledger.trip(LANE, "421", utc(4, 8), REST)
        first, second = gate_of(world), gate_of(world)

        assert await first.lets_through()
        # Its one message is on its way: it isn't asked for another time.
        assert not await first.is_shut()
        assert await first.lets_through()
        assert not await second.lets_through()
        await second.step_aside()
        assert not await second.lets_through()
        await first.step_aside()

        assert await second.lets_through()


async def test_of_two_that_ask_in_the_same_moment_one_alone_tries(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        world.clock.now = await world.app.ledger.trip(LANE, "421", utc(4, 8), REST)
        ledger = world.app.ledger
        first = gate_of(world)

        class Slower:
            """The other asks between the look at the lane and the turn that it would take."""

            def __getattr__(self, name: str) -> Any:
                return getattr(ledger, name)

            async def probe(self, one: Rest, now: datetime) -> bool:
                assert await first.lets_through()
                return await ledger.probe(one, now)

        second = Gate(lane=LANE, ledger=Slower(), clock=world.clock)

        assert not await second.lets_through()
        assert (first.is_trial, second.is_trial) == (True, False)


@pytest.mark.parametrize(
    ("rates", "size", "group"),
    [({}, 50, 50), ({"email": 4.9, "rcpt": 20.0}, 50, 4), ({"email": 0.2}, 50, 1)],
)
def test_a_group_is_what_a_second_lets_leave(
    rates: dict[str, float], size: int, group: int
) -> None:
    pacer = Pacer(
        pace=Pace(rates=rates), prices=NO_PRICES, stopping=asyncio.Event(), clock=lambda: 0.0
    )

    assert pacer.group_of(size) == group


async def test_what_is_refused_as_a_whole_halts_a_campaign_or_a_country_once(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        spam = done(CampaignStopped("30007", "filtered"))[0]._replace(campaign="cybermois")
        far = done(CountryStopped("21408", "no", country="+262"))[0]
        known = done(CountryStopped("21408", "no", country="+33", is_known=True))[0]
        gate = gate_of(world, Lane(channel="sms"))

        for _ in range(2):
            await gate.halt([spam, far, known, *done(None)])

        assert sorted(await world.app.hand.halted()) == ["+262/sms", "cybermois/sms"]


@pytest.mark.parametrize(
    ("errors", "trial", "lane", "rests"),
    [
        ([BUSY] * TELLING, False, LANE, True),
        ([BUSY] * (TELLING - 1), False, LANE, False),
        # The one message that was to show whether the rest is over.
        ([BUSY], True, LANE, True),
        ([BUSY, BUSY, None], False, LANE, False),
        ([BUSY, BUSY, GONE], False, LANE, False),
        # What goes to anybody says nothing of one group of servers.
        ([BUSY] * TELLING, False, Lane(channel="email"), False),
        ([Temporary("no-connection", "", of_channel=True)], False, Lane(channel="email"), True),
    ],
)
async def test_so_many_refusals_for_now_and_nothing_else_say_something_of_the_servers(
    tmp_path: Path, errors: Sequence[HandOverError | None], trial: bool, lane: Lane, rests: bool
) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        gate = gate_of(world, lane)
        gate.is_trial = trial

        await gate.hear(done(*errors), enough=len(errors), at_once=10, left=0, on_lines=0)

        assert await gate_of(world, lane).is_shut() is rests


def due(number: int) -> Due:
    return Due(
        delivery_id=DeliveryId(number),
        contact_id=ContactId(number),
        address_id=AddressId(number),
        content_id=ContentId(1),
        attempts=0,
        to="+33639980001",
        short_token="",
        language="fr",
        fields={},
    )


def sms(number: int, segments: int) -> Message:
    return Message(
        delivery=number,
        to="+33639980001",
        sender="CHESSAI",
        body=b"",
        reference="",
        segments=segments,
    )


@pytest.mark.parametrize(
    ("rate", "segments", "leave", "left"),
    [
        # A second's worth, to the last part.
        (4.0, [2, 2, 1], 2, 0),
        (5.0, [2, 2, 1], 3, 0),
        # What isn't used goes back.
        (4.0, [1, 2, 2], 2, 1),
        (3.0, [2, 2], 1, 1),
    ],
)
async def test_as_many_leave_as_the_pace_has_parts_for(
    tmp_path: Path, rate: float, segments: Sequence[int], leave: int, left: int
) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(5, 8)
        rates = {"sms": rate}
        pacer = Pacer(
            pace=Pace(rates=rates), prices=NO_PRICES, stopping=asyncio.Event(), clock=lambda: 0.0
        )
        rows = [due(number) for number in range(len(segments))]
        messages = {number: sms(number, parts) for number, parts in enumerate(segments)}
        wanted = Wanted(
            claim=CLAIM, lane=LANE, candidates=pacer.candidates(rows, messages), rates=rates
        )
        database = world.app.ledger.database

        may_leave = await database.write(paced, wanted, world.clock.now)

        assert [one.delivery for one in may_leave] == list(range(leave))
        assert await database.write(buckets.take, rates, 9, 1, world.clock.now) == left


async def test_it_is_judged_when_enough_was_tried_or_nothing_is_left(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        busy = Temporary("421", "later", of_channel=True)
        gate = gate_of(world, Lane(channel="email"))

        assert not await gate.hear(done(busy, busy), enough=20, at_once=2, left=5, on_lines=2)
        assert gate.doubts
        assert not await gate.hear(done(None), enough=20, at_once=2, left=5, on_lines=2)
        assert not gate.doubts
        assert not await gate.hear(done(busy, busy, busy), enough=20, at_once=2, left=5, on_lines=2)
        # On every line in turn.
        assert await gate.hear(done(busy), enough=20, at_once=2, left=5, on_lines=2)


@pytest.mark.parametrize(("on_lines", "rests"), [(4, False), (3, False), (2, True)])
async def test_a_few_lost_connections_are_no_verdict_while_more_lines_are_busy(
    tmp_path: Path, on_lines: int, rests: bool
) -> None:
    async with open_world(tmp_path) as world:
        world.clock.now = utc(4, 8)
        lost = Temporary("lost", "before the final dot", of_channel=True)
        gate = gate_of(world, Lane(channel="email"))

        # The last group was small, and answers may come soon: it waits for them.
        early = await gate.hear(
            done(lost, lost, lost), enough=3, at_once=10, left=on_lines, on_lines=on_lines
        )
        assert early is rests
        assert gate.doubts is not rests
        # They are slow: it goes on without a verdict.
        assert not await gate.hear([], enough=3, at_once=10, left=0, on_lines=on_lines)
        assert not gate.doubts


def test_where_nothing_was_asked_for_and_no_pace_is_set_it_waits_a_moment() -> None:
    """Opt-outs lie aside because the ledger's disk is full: it takes no intents."""
    pacer = Pacer(pace=Pace(), prices=NO_PRICES, stopping=asyncio.Event(), clock=lambda: 0.0)
    (first,) = pacer.candidates([due(1)], {})

    pacer.wait_for(first)

    assert pacer.waits == LONGEST_PAUSE
