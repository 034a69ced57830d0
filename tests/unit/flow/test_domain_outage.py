"""A hospital's directory is out on a Sunday: a real relay's words, and what its people get."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scheduler.channels.smtp import Options, Provider
from tests.fakes import FakeRelay, answers
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import STAFF, person

PEOPLE = 30
TWO_SUNDAYS = SERIES + "      deux: {message: essai, when: sunday-2}\n"
DOWN = "550 5.1.1 Recipient address rejected: User unknown"


@asynccontextmanager
async def a_world(folder: Path, relay: FakeRelay) -> AsyncIterator[World]:
    """Thirty people of one hospital and one elsewhere, who all took the first Sunday's message."""
    people = [person(n, email=f"p{n}@ch.example", phone=None) for n in range(1, PEOPLE + 1)]
    async with relay, open_world(folder, TWO_SUNDAYS) as world:
        provider = Provider(
            Options(host=relay.host, port=relay.port, security="none", connections=2)
        )
        world.senders["email"] = replace(world.senders["email"], provider=provider)
        await world.book.take_in(STAFF, *people, person(99, email="p99@autre.example", phone=None))
        try:
            await world.at(utc(4, 8, 30))
            assert len(relay.accepted) == PEOPLE + 1
            down = [row.email.send_to for row in people if row.email]
            relay.faults.extend(answers("rcpt", DOWN, to=one) for one in down)
            yield world
        finally:
            await provider.close()


async def by_email(world: World) -> dict[str, int]:
    """Nobody has a number."""
    return {
        state: rows for state, rows in (await world.states()).items() if "no-address" not in state
    }


async def is_held(world: World) -> bool:
    return "domain-refuses ch.example" in await world.alarms()


async def test_everybody_gets_their_sunday_when_the_directory_is_back(tmp_path: Path) -> None:
    relay = FakeRelay()
    async with a_world(tmp_path, relay) as world:
        await world.at(utc(11, 8, 30))

        assert relay.recipients[PEOPLE + 1 :] == ["p99@autre.example"]
        assert await by_email(world) == {"sent": PEOPLE + 2, "waiting": PEOPLE}
        assert await world.book.people.opt_outs() == []
        assert await is_held(world)

        asked = relay.verbs.count("rcpt")
        for minutes in (5, 20, 40, 70, 80):
            await world.at(utc(11, 8, 30) + timedelta(minutes=minutes))
        assert relay.verbs.count("rcpt") == asked + 1

        relay.faults.clear()
        await world.at(utc(11, 10, 45))
        await world.at(utc(11, 10, 46))

        assert await by_email(world) == {"sent": 2 * PEOPLE + 2}
        assert not await is_held(world)
        assert {relay.recipients.count(one) for one in relay.recipients} == {2}


async def test_when_it_stays_away_they_are_left_out_and_not_ended(tmp_path: Path) -> None:
    relay = FakeRelay()
    async with a_world(tmp_path, relay) as world:
        await world.at(utc(11, 8, 30))
        await world.at(utc(14, 8, 30))

        assert await by_email(world) == {"sent": PEOPLE + 2, "left-out bounce-pending": PEOPLE}
        assert await world.book.people.opt_outs() == []
        assert await is_held(world)
