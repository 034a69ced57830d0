"""A fault of a text, let pass on its message's page: one asks and says why, another allows it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.domain.roles import Person, Role
from tests.flow_world import World, open_world
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, person
from tests.unit.flow.test_approval import LEAK, NOW

MESSAGE = {
    "fuite/message.yaml": "title: Essai\nclass: service\nowner: Essai\nchannels: [email]\n"
    "placeholders: {nature: {label: Nature, example: des noms}}\n",
    "fuite/email.fr.md": "---\nsubject: Vos données\n"
    "preheader: Ce qui s’est passé, et ce que nous faisons pour vous aider.\n---\n"
    "Ce sont {{ nature }}. C’est urgent, lisez ce message.\n",
}
PAGE = "/messages/fuite"
ACT = "/passes/fuite"
ASKED = {"by": "Camille Moreau", "reason": "Le mot vient de la loi."}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, LEAK, messages=MESSAGE) as opened:
        await opened.book.take_in(STAFF, person(1))
        opened.clock.now = NOW
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app)) as found:
        # What nobody has judged yet is judged meanwhile.
        for _ in range(50):
            if "Laisser passer une faute" in words(await found.page(PAGE)):
                break
        yield found


async def test_one_person_asks_and_another_allows(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page(PAGE), ACT)
    asked = await visitor.post(ACT, form | ASKED)
    between = await visitor.page(PAGE)
    allowed = await visitor.post(ACT, form_of(between, ACT) | {"by": "Sacha Petit"})
    after = words(await visitor.page(PAGE))

    assert (asked.status, asked.headers["Location"]) == (303, f"{PAGE}#passes")
    assert "Demandé par Camille Moreau" in words(between)
    assert "Le mot vient de la loi." in words(between)
    assert allowed.status == 303
    assert "Accepté par Sacha Petit" in after
    assert "Retenir de nouveau" in after
    assert [one[:2] for one in await acts_of(world.app)] == [
        ("Camille Moreau", "ask-pass-fault"),
        ("Sacha Petit", "pass-fault"),
    ]


async def test_who_asked_cannot_allow_it(world: World, visitor: Visitor) -> None:
    await visitor.post(ACT, form_of(await visitor.page(PAGE), ACT) | ASKED)
    form = form_of(await visitor.page(PAGE), ACT)

    answer = await visitor.post(ACT, form | {"by": "CAMILLE MOREAU"})

    assert answer.status == 409
    assert "une autre personne doit le faire" in words(answer.text)
    assert len(await acts_of(world.app)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"by": "", "reason": "Voulu."}, "nom"),
        ({"by": "Camille Moreau", "reason": " "}, "Dites pourquoi"),
        (ASKED | {"passage": "inconnu"}, "Cette faute n’est plus là"),
        (ASKED | {"act": "allow"}, "Personne n’a demandé"),
    ],
)
async def test_what_lacks_is_said_and_nothing_is_noted(
    world: World, visitor: Visitor, fields: dict[str, str], said: str
) -> None:
    form = form_of(await visitor.page(PAGE), ACT)

    answer = await visitor.post(ACT, form | fields)

    assert answer.status in (400, 409)
    assert said in words(answer.text)
    assert await acts_of(world.app) == []


async def test_a_form_sent_twice_asks_once(world: World, visitor: Visitor) -> None:
    form = form_of(await visitor.page(PAGE), ACT) | ASKED

    answers = [await visitor.post(ACT, form) for _ in range(2)]

    assert [one.status for one in answers] == [303, 303]
    assert len(await acts_of(world.app)) == 1


async def test_what_nobody_may_let_pass_says_so(world: World, visitor: Visitor) -> None:
    text = world.config.parent / "templates/fuite/email.fr.md"
    asks = MESSAGE["fuite/email.fr.md"].replace(
        "C’est urgent, lisez ce message.", "Envoyez-nous votre mot de passe."
    )
    text.write_text(asks, encoding="utf-8")
    for _ in range(50):
        page = await visitor.page(PAGE)
        if "Personne ne peut laisser passer" in words(page):
            break

    assert "Personne ne peut laisser passer cette faute" in words(page)
    assert f'action="{ACT}"' not in page


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        (Role.WRITE, "ask", 303),
        (Role.WRITE, "allow", 403),
        (Role.WRITE, "withdraw", 403),
        (Role.WRITE, "", 403),
    ],
)
async def test_asking_is_one_role_s_and_allowing_another_s(
    world: World, visitor: Visitor, role: Role, act: str, status: int
) -> None:
    del visitor  # whoever saw it judged
    person_ = Person(name="Camille Moreau", roles=frozenset({role, Role.READ}))
    async with visiting(desk_of(world.app, local=person_)) as other:
        page = await other.page(PAGE)
        form = form_of(page, ACT) | {"reason": "Le mot vient de la loi.", "act": act}
        answer = await other.post(ACT, form)

    assert answer.status == status
