"""A change of the calendar taken back on the desk, and an event that would be there twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import withdraw_changes
from tests.flow_world import World, open_world
from tests.samples.desk import words
from tests.samples.ledger import STAFF, person
from tests.unit.web.test_desk_changes import (
    KIT,
    LEA,
    NEW,
    SEPTEMBER,
    at_desk,
    confirm,
    look,
    path,
)

NAME = "webinaire-2026-11-10"


def starts(world: World) -> list[str]:
    found = (one for one in world.app.configuration.campaigns if one.name == NAME)
    return [f"{one.starts:%d/%m %H:%M}" for one in found]


async def move(world: World, day: str) -> None:
    async with at_desk(world) as ana:
        await confirm(ana, "event-moved", campaign=NAME, look="1", date=day, hour="09:15")
    await look(world)


async def take_back(world: World, number: str) -> str:
    async with at_desk(world) as ana:
        shown = words(await ana.page(path("withdraw", number=number)))
        assert (await confirm(ana, "withdraw", number=number)).status == 303
    await look(world)
    return shown


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, KIT) as opened:
        await opened.book.take_in(STAFF, person(1))
        await opened.look(SEPTEMBER)
        async with at_desk(opened) as ana:
            await confirm(ana, "event-created", **NEW)
        await look(opened)
        yield opened


async def test_a_move_that_is_taken_back_leaves_the_event_at_its_dates_of_before(
    world: World,
) -> None:
    await move(world, "2026-11-17")
    await move(world, "2026-11-24")
    told = await take_back(world, "3")
    once = starts(world)
    await take_back(world, "4")
    first = starts(world)
    async with at_desk(world) as ana:
        listed = words(await ana.page("/changes"))
    await take_back(world, "5")

    assert "L’événement reste, et reprend la date" in told
    assert "Ne partira plus" not in told
    assert (once, first, starts(world)) == (["17/11 09:15"], ["10/11 14:30"], [])
    assert "Événement ajouté" in listed


async def test_the_command_takes_a_move_back_as_the_desk_does(world: World) -> None:
    await move(world, "2026-11-17")
    await withdraw_changes(world.app, world.app.configuration.changes, "Ana")
    await look(world)

    assert starts(world) == ["10/11 14:30"]


@pytest.mark.parametrize("by_command", [True, False])
async def test_what_was_decided_of_an_event_goes_with_it(world: World, *, by_command: bool) -> None:
    async with at_desk(world) as ana:
        await confirm(ana, "event-cancelled", campaign=NAME)
    await look(world)
    if by_command:
        await withdraw_changes(world.app, world.app.configuration.changes[:1], "Ana")
        await look(world)
    else:
        await take_back(world, "1")

    assert world.app.configuration.changes == ()


async def test_the_same_event_is_not_added_a_second_time(world: World) -> None:
    async with at_desk(world, LEA) as lea:
        again = await lea.get(path("event-created", **NEW))
        later = await lea.get(path("event-created", **NEW | {"hour": "14:00"}))
        await confirm(lea, "event-created", **NEW | {"date": "2026-11-12"})
        await look(world)
        moving = {"campaign": NAME, "look": "1", "date": "2026-11-12", "hour": "14:30"}
        onto = await lea.get(path("event-moved", **moving))
        await confirm(lea, "event-cancelled", campaign=NAME)
        await look(world)
        anew = await lea.get(path("event-created", **NEW))

    assert [one.status for one in (again, later, onto, anew)] == [400, 200, 400, 200]
    assert "Cet événement existe déjà" in words(again.text)
