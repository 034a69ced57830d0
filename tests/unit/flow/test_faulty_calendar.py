"""A start on a faulty calendar: what is faulty sends nothing, and is not taken for gone."""

from pathlib import Path

from scheduler import bootstrap
from scheduler.config.tolerant import load_tolerant
from tests.flow_world import EVENT, SERIES, World, edit, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person

#: 10:00 in Paris, of the first Sunday; the event's invitation leaves on another day.
SUNDAY = utc(4, 8)


def start(world: World) -> None:
    """A new process, on the configuration as it is now."""
    configuration = load_tolerant(world.config, {})
    world.app = bootstrap.app_on(configuration, world.app.ledger, world.clock)
    world.restart()


async def known(world: World) -> dict[str, str]:
    return {row.id: row.state.value for row in await world.app.ledger.occurrences()}


async def test_what_is_faulty_sends_nothing_until_it_is_mended(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(3, 8))
        before = await known(world)
        edit(world.config, "when: sunday-1", "when: sunday-one")
        start(world)

        await world.at(SUNDAY)

        assert await world.states() == {}
        assert await known(world) == before
        edit(world.config, "when: sunday-one", "when: sunday-1")
        start(world)
        await world.at(utc(4, 9))
        assert (await world.states())["sent"] == 1


async def test_the_others_go_on(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        edit(world.config, "when: invitation", "when: invitatoin")
        start(world)

        await world.at(SUNDAY)

        assert (await world.states())["sent"] == 1


async def test_what_waits_for_a_faulty_audience_waits_and_fails_nobody(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SUNDAY)
        file = world.config.parent / "audiences" / "staff.yaml"
        good = file.read_text(encoding="utf-8")
        file.write_text("label: [", encoding="utf-8")
        start(world)

        await world.send(SUNDAY)

        assert world.email.accepted == []
        assert "failed" not in await world.states()
        file.write_text(good, encoding="utf-8")
        start(world)
        await world.send(SUNDAY)
        assert len(world.email.accepted) == 1


async def test_an_audience_mended_in_time_gets_it_after_the_others(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(2))
        file = world.config.parent / "audiences" / "staff.yaml"
        good = file.read_text(encoding="utf-8")
        file.write_text("label: [", encoding="utf-8")
        start(world)
        await world.at(SUNDAY)
        assert "1@example.org" not in str(world.email.recipients)
        file.write_text(good, encoding="utf-8")
        start(world)

        await world.at(utc(4, 10))

        assert len(world.email.accepted) == len({one.to for one in world.email.accepted}) == 2
