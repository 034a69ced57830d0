"""« Arrivants »: what is asked of whom a file brought in number, and answered once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.newcomers import Entry
from tests.flow_world import STAFF_FILE, open_world
from tests.samples.desk import acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, person

WELCOME = """
  accueil:
    kind: onboarding
    topic: reminders
    audiences: [staff]
    channels: [email]
    episodes:
      1-porte: {message: essai, when: after-1}
      2-cles: {message: essai, when: after-8}
"""


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    audiences = {"staff": STAFF_FILE + "people: staff\n"}
    async with open_world(tmp_path, WELCOME, audiences=audiences) as world:
        came = [replace(person(n, agreed=()), entered=date(2026, 8, 31)) for n in range(1, 13)]
        await world.book.take_in(replace(STAFF, people=People.STAFF), *came)
        await world.app.ledger.put_newcomers(range(1, 13), Entry.HELD, world.clock.now)
        yield world.app


@pytest.mark.parametrize(
    ("answer", "act"), [("allow", "allow-newcomers"), ("refuse", "refuse-newcomers")]
)
async def test_a_person_answers_once_however_often_the_form_is_sent(
    app: App, answer: str, act: str
) -> None:
    async with visiting(desk_of(app)) as visitor:
        page = await visitor.page("/newcomers")
        form = {**form_of(page, "/newcomers"), "by": "Camille", "answer": answer}
        first = await visitor.post("/newcomers", form)
        await visitor.post("/newcomers", form)
        after = await visitor.page("/newcomers?noted=1")

    assert first.status == 303
    shown = words(page)
    assert "Ils attendent une réponse" in shown
    assert "12" in shown
    assert "1 jour après la fin de leur semaine d’arrivée" in shown
    assert "8 jours après" in shown
    assert "Personne n’attend de réponse." in words(after)
    assert [one for _, one, _ in await acts_of(app)] == [act]
    standing = await app.ledger.newcomers_standing()
    assert (standing.held, standing.to_come, standing.refused) == (
        (0, 12, 0) if answer == "allow" else (0, 0, 12)
    )


async def test_a_second_answer_about_the_same_changes_nothing(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/newcomers"), "/newcomers")
        await app.ledger.answer_newcomers(True, form["shown"], "Luc", app.clock())
        again = {**form, "by": "Camille", "answer": "refuse"}
        nobody = await visitor.post("/newcomers", again)

    assert nobody.status == 303
    assert (await app.ledger.newcomers_standing()).refused == 0


async def test_who_came_since_the_page_was_opened_is_asked_about_first(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/newcomers"), "/newcomers")
        answer = await visitor.post(
            "/newcomers", {**form, "by": "Camille", "answer": "allow", "shown": "0" * 12}
        )

    assert answer.status == 409
    assert "d’autres personnes attendent" in words(answer.text)
    assert (await app.ledger.newcomers_standing()).held == 12


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"by": ""}, "dites d’abord qui agit"), ({"answer": "peut-être"}, "l’une des deux réponses")],
)
async def test_what_lacks_is_said_and_nothing_is_done(
    app: App, sent: dict[str, str], said: str
) -> None:
    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/newcomers"), "/newcomers")
        answer = await visitor.post(
            "/newcomers", {**form, "by": "Camille", "answer": "allow"} | sent
        )

    assert answer.status == 400
    assert said in words(answer.text)
    assert (await app.ledger.newcomers_standing()).held == 12


async def test_the_menu_has_it_where_newcomers_are_greeted(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        assert 'href="/newcomers"' in await visitor.page("/")
