"""« Désinscriptions »: figures by week and by message, and nobody to be guessed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.message import AddressKind
from scheduler.store.schema.tables import import_
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.desk import desk_of, visiting, words
from tests.samples.ledger import STAFF, person

MORNING = utc(22, 8, month=9)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, EVENT) as opened:
        await opened.book.take_in(STAFF, *(person(number) for number in range(1, 13)))
        await opened.at(MORNING)
        yield opened


async def make_real(world: World) -> None:
    """People of a real file: their figures are rounded."""
    real = update(import_).values(origin="Annuaire")
    await world.app.ledger.database.write(lambda connection: connection.execute(real))


async def leave(world: World, *people: int) -> None:
    for number in people:
        (card,) = await world.app.people.find(f"p{number}@example.org", AddressKind.EMAIL)
        assert card.email_id is not None
        act = by_email_link(world.app.clock() + timedelta(minutes=5), one_click=True)
        await world.app.people.opt_out(card.email_id, act)


async def test_they_are_told_by_week_and_by_message(world: World) -> None:
    await make_real(world)
    await leave(world, *range(1, 13))
    async with visiting(desk_of(world.app)) as visitor:
        page = await visitor.page("/optouts")

    shown = words(page)
    by_week, by_message = shown.partition("Message par message")[::2]
    assert "10 du lundi 21 septembre 2026" in by_week
    assert "0 du lundi 14 septembre 2026" in by_week
    assert "10 Essai" in by_message
    assert "/calendar/webinaire/invitation/2026-09-22" in page


async def test_few_are_told_as_few(world: World) -> None:
    await make_real(world)
    await leave(world, 1, 2)
    async with visiting(desk_of(world.app)) as visitor:
        shown = words(await visitor.page("/optouts"))

    assert "moins de 10 du lundi 21 septembre 2026" in shown
    assert " 2 du lundi" not in shown


async def test_nobody_is_nobody(world: World) -> None:
    async with visiting(desk_of(world.app)) as visitor:
        shown = words(await visitor.page("/optouts"))

    assert "Personne." in shown
