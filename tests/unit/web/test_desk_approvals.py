"""A sending that needs two people, allowed on the desk by the second one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flow_world import World, open_world
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, person
from tests.unit.flow.test_approval import FUITE, LEAK, NOW, ask

PATH = "/approvals/fuite/avis/2026-10-14"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, LEAK, messages=FUITE) as opened:
        await opened.book.take_in(STAFF, person(1))
        opened.clock.now = NOW
        await ask(opened, "Camille Moreau")
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app)) as found:
        yield found


async def test_who_allows_reads_the_faults_of_what_leaves(tmp_path: Path) -> None:
    (path,) = [one for one in FUITE if one.endswith("email.fr.md")]
    texts = FUITE | {path: FUITE[path] + "\nC’est urgent, lisez ce message.\n"}
    async with open_world(tmp_path, LEAK, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = NOW
        await ask(world, "Camille Moreau")
        async with visiting(desk_of(world.app)) as visitor:
            page = words(await visitor.page("/approvals"))

    assert "l’accord laisse partir celles qui peuvent l’être" in page
    assert "urgent" in page


async def test_what_waits_is_told_on_the_front_page_and_allowed_by_a_second_name(
    world: World, visitor: Visitor
) -> None:
    front = await visitor.page("/")
    page = await visitor.page("/approvals")

    answer = await visitor.post(PATH, form_of(page, PATH) | {"by": "Sacha Petit"})
    await world.at(NOW)

    assert "1 envoi attend une seconde personne" in words(front)
    assert "Demandé par Camille Moreau" in words(page)
    assert (answer.status, answer.headers["Location"]) == (303, "/calendar/fuite/avis/2026-10-14")
    assert world.email.recipients == ["p1@example.org"]
    assert [one[:2] for one in await acts_of(world.app)] == [
        ("Camille Moreau", "ask-approval"),
        ("Sacha Petit", "approve"),
        ("Sacha Petit", "send-now"),
    ]
    assert "Aucun envoi n’attend d’accord." in words(await visitor.page("/approvals"))


@pytest.mark.parametrize("name", ["Camille Moreau", "CAMILLE-MOREAU"])
async def test_who_asked_cannot_allow_it(world: World, visitor: Visitor, name: str) -> None:
    form = form_of(await visitor.page("/approvals"), PATH)

    answer = await visitor.post(PATH, form | {"by": name})

    assert answer.status == 409
    assert "une autre personne doit le faire" in words(answer.text)
    assert len(await acts_of(world.app)) == 1


async def test_texts_that_changed_since_are_not_allowed(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page("/approvals"), PATH)
    text = world.config.parent / "templates/fuite/email.fr.md"
    text.write_text(FUITE["fuite/email.fr.md"] + "\nEt des noms.\n", encoding="utf-8")

    answer = await visitor.post(PATH, form | {"by": "Sacha"})

    assert answer.status == 409
    assert "Les textes ont changé" in words(answer.text)
    assert len(await acts_of(world.app)) == 1


async def test_a_text_with_a_fault_is_not_allowed(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page("/approvals"), PATH)
    text = world.config.parent / "templates/fuite/email.fr.md"
    text.write_text(FUITE["fuite/email.fr.md"] + "{{ rien }}", encoding="utf-8")

    answer = await visitor.post(PATH, form | {"by": "Sacha"})

    assert answer.status == 409
    assert "un texte contient une faute" in words(answer.text)


async def test_what_was_shown_is_allowed_once_and_nothing_that_was_asked_since(
    world: World, visitor: Visitor
) -> None:
    form = form_of(await visitor.page("/approvals"), PATH) | {"by": "Sacha"}
    other = form | {"fingerprint": "0" * 64}

    answers = [await visitor.post(PATH, body) for body in (other, form | {"by": ""}, form, form)]

    assert [one.status for one in answers] == [303, 400, 303, 303]
    assert [act for _, act, _ in await acts_of(world.app)] == [
        "ask-approval",
        "approve",
        "send-now",
    ]
