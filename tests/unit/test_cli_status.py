"""status, as an operator reads it and as a machine does."""

import asyncio
from pathlib import Path

import pytest

from scheduler.domain.sending import Lane
from tests.commands import reflexe
from tests.flow_world import SERIES, open_world, utc
from tests.ledger_samples import STAFF, person

MONDAY = utc(5, 8)
ORANGE = Lane(channel="email", destination="orange", connections=3)
TRIED = Lane(channel="sms")


async def make(folder: Path) -> Path:
    """A group rests after two failures, and a channel has one message on trial."""
    async with open_world(folder, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(MONDAY)
        ledger = world.app.ledger
        first = await ledger.trip(ORANGE, "451 4.7.1 too fast", MONDAY)
        await ledger.trip(ORANGE, "451 4.7.1 <marie@example.org> too fast", first)
        until = await ledger.trip(TRIED, "connect", MONDAY)
        (rest,) = await ledger.resting(TRIED)
        await ledger.probe(rest, until)
        return world.config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return asyncio.run(make(tmp_path))


def test_a_lane_that_rests_is_told_and_asks_for_nobody(config: Path) -> None:
    answer = reflexe(config, "status")

    assert answer.code == 0
    assert (
        "RESTS email/orange (2 in a row, until 2026-10-05T08:01:30+00:00): "
        "451 4.7.1 [address] too fast\n"
        "RESTS sms (1 in a row, one message is tried): connect\n" in answer.out
    )
    assert "replica" not in answer.out


def test_a_machine_reads_the_same(config: Path) -> None:
    report = reflexe(config, "status", "--json").json

    assert report["deliveries"] == {"waiting": 2}
    assert [(one["lane"], one["failures"], one["half_open"]) for one in report["resting"]] == [
        ("email/orange", 2, False),
        ("sms", 1, True),
    ]
    assert report["replicas"] == []
    assert report["alarms"] == []
