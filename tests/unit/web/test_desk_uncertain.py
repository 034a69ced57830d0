"""The desk's page of messages in doubt, and what a person decides there."""

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.domain.errors import Uncertain
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, person

OCCURRENCE = "webinaire/invitation/2026-09-22"
ALL = f"/uncertain/{OCCURRENCE}"
HOSTILE = "perdu <script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Three were written to; of two of them nobody knows."""
    async with open_world(tmp_path, EVENT) as opened:
        await opened.book.take_in(STAFF, *(person(number) for number in (1, 2, 3)))
        for number in (1, 2):
            opened.email.refusals[f"p{number}@example.org"] = deque([Uncertain(HOSTILE)])
        await opened.at(utc(22, 8, month=9))
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app)) as found:
        yield found


async def decide(visitor: Visitor, path: str, decision: str, **fields: str) -> tuple[int, str]:
    """Send its form; the status, and where it leads or what it says."""
    form = form_of(await visitor.page("/uncertain"), path) | {"by": "Camille"}
    answer = await visitor.post(path, form | {"decision": decision} | fields)
    return answer.status, answer.headers.get("Location") or words(answer.text)


async def test_each_is_shown_masked_with_its_providers_words_inert(visitor: Visitor) -> None:
    page = await visitor.page("/uncertain")

    assert "2 messages en doute" in words(page)
    assert "N° 1 , Courriel, Personnel, p***@e***.org." in words(page)
    assert "p1@example.org" not in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page


async def test_one_is_closed_and_the_other_waits_again(world: World, visitor: Visitor) -> None:
    assert await decide(visitor, "/uncertain/1", "sent") == (303, "/uncertain")
    assert await decide(visitor, "/uncertain/2", "resend") == (303, "/uncertain")

    assert "Aucun message en doute." in words(await visitor.page("/uncertain"))
    assert await world.states() == {"sent": 2, "waiting": 1}
    assert await acts_of(world.app) == [
        ("Camille", "close-uncertain", "delivery 1"),
        ("Camille", "resend-uncertain", "delivery 2"),
    ]


async def test_all_of_an_occurrence_are_decided_at_once(world: World, visitor: Visitor) -> None:
    assert await decide(visitor, ALL, "failed") == (303, "/uncertain")

    assert await world.states() == {"sent": 1, "failed": 2}
    assert len(await acts_of(world.app)) == 2


async def test_if_they_are_not_as_many_as_were_shown_nothing_is_decided(
    world: World, visitor: Visitor
) -> None:
    form = form_of(await visitor.page("/uncertain"), ALL)
    await decide(visitor, "/uncertain/1", "sent")

    answer = await visitor.post(ALL, form | {"by": "Camille", "decision": "failed"})

    assert answer.status == 409
    assert "ils ne sont plus aussi nombreux" in words(answer.text)
    assert len(await acts_of(world.app)) == 1


async def test_what_can_leave_no_more_is_told_and_stays_in_doubt(
    world: World, visitor: Visitor
) -> None:
    world.clock.now = utc(25, 8, month=9)

    status, said = await decide(visitor, ALL, "resend")

    assert status == 409
    assert "2 messages ne peuvent plus partir à temps." in said
    assert await acts_of(world.app) == []


async def test_a_second_tab_decides_nothing_more(world: World, visitor: Visitor) -> None:
    tabs = [form_of(await visitor.page("/uncertain"), "/uncertain/1") for _ in range(2)]
    first = await visitor.post("/uncertain/1", tabs[0] | {"by": "Ana", "decision": "sent"})
    replayed = await visitor.post("/uncertain/1", tabs[0] | {"by": "Ana", "decision": "failed"})
    second = await visitor.post("/uncertain/1", tabs[1] | {"by": "Ana", "decision": "failed"})

    assert (first.status, replayed.status, second.status) == (303, 303, 409)
    assert "1 message n’était plus en doute." in words(second.text)
    assert await acts_of(world.app) == [("Ana", "close-uncertain", "delivery 1")]


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"by": ""}, {}, 400),
        ({"decision": "efface"}, {}, 400),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, {"Origin": "https://ailleurs.example"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/uncertain/1", ALL])
async def test_a_form_that_is_not_ours_or_not_whole_decides_nothing(
    world: World,
    visitor: Visitor,
    path: str,
    fields: dict[str, str],
    headers: dict[str, str],
    status: int,
) -> None:
    form = {"by": "Ana", "decision": "sent"} | form_of(await visitor.page("/uncertain"), path)

    answer = await visitor.post(path, form | fields, **headers)

    assert answer.status == status
    assert await acts_of(world.app) == []


async def test_with_a_provider_of_the_real_world_there_are_counts_and_no_person(
    world: World,
) -> None:
    async with visiting(desk_of(world.app, real=frozenset({"email"}))) as visitor:
        page = await visitor.page("/uncertain")
        one = await visitor.post("/uncertain/1", {"by": "Ana", "decision": "sent"})
        decided = await decide(visitor, ALL, "sent")

    assert "2 messages en doute" in words(page)
    assert "***" not in page
    assert "N°" not in page
    assert one.status == 404
    assert decided == (303, "/uncertain")
    assert await world.states() == {"sent": 3}
