"""What people do to a sending on the desk: as the commands do it, once, and under their name."""

import asyncio
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from scheduler.domain.delivery import OccurrenceState
from scheduler.flow.steering.steer import How
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import REUNION, STAFF, person

OCCURRENCE = "webinaire/invitation/2026-09-22"
PAGE = f"/calendar/{OCCURRENCE}"
#: Its day: in La Réunion it leaves at 6:00 UTC, in Paris at 8:00.
MORNING = utc(22, 6, month=9)
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """One of two has got theirs."""
    async with open_world(tmp_path, EVENT) as opened:
        await opened.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await opened.at(MORNING)
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app)) as found:
        yield found


async def press(visitor: Visitor, page: str, path: str, by: str = "Camille") -> str:
    """Send the form of a page; where it leads."""
    answer = await visitor.post(path, form_of(await visitor.page(page), path) | {"by": by})
    assert answer.status == 303, answer.text
    return answer.headers["Location"]


async def test_an_occurrence_is_paused_and_goes_on_with_exact_counts(
    world: World, visitor: Visitor
) -> None:
    before = words(await visitor.page(PAGE))
    assert await press(visitor, PAGE, f"{PAGE}/pause") == PAGE
    paused = words(await visitor.page(PAGE))
    await world.at(utc(22, 8, month=9))
    assert len(world.email.accepted) == 1

    await press(visitor, PAGE, f"{PAGE}/resume", "Sacha")
    await world.at(utc(22, 8, 1, month=9))

    assert "À cet instant : 1 envoyé, 0 en attente, 0 en cours de remise." in before
    assert "en pause" in paused
    assert "Reprendre cet envoi" in paused
    assert len(world.email.accepted) == 2
    assert await acts_of(world.app) == [
        ("Camille", "pause", OCCURRENCE),
        ("Sacha", "resume", OCCURRENCE),
    ]


async def test_cancelling_asks_once_more_with_what_would_be_lost(
    world: World, visitor: Visitor
) -> None:
    await world.look(utc(22, 8, month=9))
    asked = words(await visitor.page(f"{PAGE}/cancel"))
    assert (await world.occurrence()).state is OccurrenceState.RUNNING

    assert await press(visitor, f"{PAGE}/cancel", f"{PAGE}/cancel") == PAGE

    assert "Annuler pour de bon ?" in asked
    assert "1 envoyé, 1 en attente, 0 en cours de remise" in asked
    assert (await world.occurrence()).state is OccurrenceState.CANCELLED
    assert await world.states() == {"sent": 1, "cancelled": 1}
    assert await acts_of(world.app) == [("Camille", "cancel", OCCURRENCE)]
    over = await visitor.page(PAGE)
    assert "annulé" in words(over)
    assert f'action="{PAGE}/' not in over
    assert (await visitor.get(f"{PAGE}/cancel")).status == 303


async def test_a_form_sent_again_does_nothing_again(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page(PAGE), f"{PAGE}/pause") | {"by": "Camille"}
    await visitor.post(f"{PAGE}/pause", form)
    await press(visitor, PAGE, f"{PAGE}/resume")

    again = await visitor.post(f"{PAGE}/pause", form)

    assert (again.status, again.headers["Location"]) == (303, PAGE)
    assert (await world.occurrence()).state is OccurrenceState.RUNNING
    assert [act for _, act, _ in await acts_of(world.app)] == ["pause", "resume"]


async def test_two_tabs_do_it_once(world: World, visitor: Visitor) -> None:
    path = f"{PAGE}/cancel"
    tabs = [form_of(await visitor.page(path), path) | {"by": "Camille"} for _ in range(2)]

    answers = await asyncio.gather(*(visitor.post(path, tab) for tab in tabs))

    assert [(one.status, one.headers["Location"]) for one in answers] == [(303, PAGE)] * 2
    assert await acts_of(world.app) == [("Camille", "cancel", OCCURRENCE)]


async def test_what_came_too_late_shows_what_stands(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page(PAGE), f"{PAGE}/pause") | {"by": "Camille"}
    await world.steer(How.CANCELLED, MORNING)

    answer = await visitor.post(f"{PAGE}/pause", form)

    assert (answer.status, answer.headers["Location"]) == (303, PAGE)
    assert (await world.occurrence()).state is OccurrenceState.CANCELLED


async def test_everything_is_stopped_from_the_next_message_on_and_goes_on(
    world: World, visitor: Visitor
) -> None:
    await world.look(utc(22, 8, month=9))
    before = words(await visitor.page("/"))
    assert await press(visitor, "/", "/stop-all", HOSTILE) == "/"
    stopped = await visitor.page("/")
    await world.at(utc(22, 8, month=9))
    assert len(world.email.accepted) == 1

    await press(visitor, "/", "/resume-all", "Sacha")
    await world.at(utc(22, 8, 1, month=9))

    assert "Envois en cours : 1 envoyé, 1 en attente, 0 en cours de remise." in before
    assert "Tout est arrêté : aucun message ne part" in words(stopped)
    assert HOSTILE not in stopped
    assert HOSTILE in unescape(stopped)
    assert len(world.email.accepted) == 2
    assert "Tout est arrêté" not in words(await visitor.page("/"))
    assert await acts_of(world.app) == [
        (HOSTILE, "stop-all", "every channel"),
        ("Sacha", "resume-all", "every channel"),
    ]


async def test_stopping_twice_is_stopping_once(world: World, visitor: Visitor) -> None:
    tabs = [form_of(await visitor.page("/"), "/stop-all") for _ in range(2)]

    for tab, name in zip(tabs, ("Camille", "Sacha"), strict=True):
        assert (await visitor.post("/stop-all", tab | {"by": name})).status == 303

    assert await acts_of(world.app) == [("Camille", "stop-all", "every channel")]


async def test_a_name_is_kept_for_the_next_form_and_cleaned(world: World, visitor: Visitor) -> None:
    await press(visitor, PAGE, f"{PAGE}/pause", "  Ana \u202e\n  d’Arc\x1b[31m " + "x" * 100)

    ((name, _, _),) = await acts_of(world.app)
    assert name.startswith("Ana d’Arc [31m xxx")
    assert len(name) == 80
    assert f'value="{name}"' in await visitor.page(PAGE)


@pytest.mark.parametrize("path", ["/calendar/rien/rien/2026-09-22/cancel", f"{PAGE}x/cancel"])
async def test_an_occurrence_that_is_not_there_cannot_be_cancelled(
    visitor: Visitor, path: str
) -> None:
    assert (await visitor.get(path)).status == 404
