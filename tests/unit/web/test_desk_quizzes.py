"""« Quiz et avis »: the quizzes and what was counted of them, and no small figure."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.domain.quizzes.counted import Chosen, Counter, Pressed
from tests.flow_world import EVENT, World, open_world, utc
from tests.samples.desk import desk_of, visiting, words
from tests.samples.ledger import STAFF, person
from tests.samples.quizzes import quiz_text, write_quiz
from tests.unit.web.test_desk_optouts import make_real


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, EVENT) as opened:
        await opened.book.take_in(STAFF, *(person(number) for number in range(1, 13)))
        await opened.at(utc(22, 8, month=9))
        templates = opened.app.configuration.templates
        (message,) = sorted(templates.rglob("message.yaml"))[:1]
        folder = message.parent.relative_to(templates).as_posix()
        write_quiz(templates, quiz_text(), message=folder)
        yield opened


async def test_few_answers_are_veiled_and_many_are_told_with_their_share(world: World) -> None:
    await make_real(world)
    counts: dict[Counter, int] = {
        Chosen("essai", "un", "a"): 7,
        Chosen("essai", "deux", "a"): 12,
        Chosen("essai", "deux", "b"): 37,
        Chosen("essai", "parti", "b"): 99,
        Pressed("cybermois/annonce", "staff", "useful"): 43,
        Pressed("cybermois/annonce", "staff", "shown"): 3,
    }
    await world.app.tallies.add(counts)

    async with visiting(desk_of(world.app)) as visitor:
        page = await visitor.page("/quizzes")

    shown = words(page)
    assert "moins de 10 En tout" in shown
    assert "45 En tout (75 % de bonnes)" in shown.replace("\u00a0", " ").replace("\u202f", " ")
    assert "99" not in shown
    assert "cybermois/annonce Personnel 40 0 moins de 10" in shown
