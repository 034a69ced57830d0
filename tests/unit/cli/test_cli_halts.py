"""resume with --channel, as an operator says it."""

import asyncio
from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.flow_world import SERIES, open_world, utc
from tests.samples.ledger import STAFF, person


async def make(folder: Path) -> Path:
    """Two SMS wait; the provider refuses what their campaign says."""
    async with open_world(folder, SERIES) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.look(utc(5, 8))
        await world.app.ledger.raise_halt("cybermois", "sms", "30007 filtered", world.clock.now)
        return world.config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return asyncio.run(make(tmp_path))


def test_a_campaign_goes_on_by_its_name_and_channel(config: Path) -> None:
    told = reflexe(config, "status").out
    answer = reflexe(config, "resume", "cybermois", "--channel", "sms", "--by", "Camille")

    assert "30007 filtered" in told
    assert (answer.code, answer.out) == (0, "cybermois goes on by sms: 2 waiting.\n")
    assert "30007" not in reflexe(config, "status").out
    (entry, _) = reflexe(config, "audit", "list", "--json").json
    assert (entry["actor"], entry["act"], entry["subject"]) == (
        "Camille",
        "resume",
        "cybermois/sms",
    )


def test_a_channel_that_does_not_halt_is_told_with_those_that_do(config: Path) -> None:
    answer = reflexe(config, "resume", "cybermois", "--channel", "email")

    assert answer.code != 0
    assert "cybermois doesn't halt on email; halted: cybermois/sms" in answer.err
