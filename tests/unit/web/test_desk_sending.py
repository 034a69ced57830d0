"""« Envoyer maintenant » shows what it would come to, and sends exactly that, once; a new text is
taken; the log of acts is read."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.domain.roles import Person, Role
from scheduler.flow.steering.steer import How
from tests.flow_world import EVENT, MESSAGES, World, open_world, utc
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import REUNION, STAFF, person
from tests.worlds import make_world

OCCURRENCE = "webinaire/invitation/2026-09-22"
PAGE = f"/calendar/{OCCURRENCE}"
#: A week before its day, at ten in Paris.
EARLY = utc(15, 8, month=9)
ANA = Person(name="Ana Silva", roles=frozenset({Role.OPERATE}))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, EVENT) as opened:
        await opened.book.take_in(STAFF, person(1), person(2, place=REUNION))
        opened.clock.now = EARLY
        yield opened


@pytest.fixture
async def ana(world: World) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(world.app, local=ANA)) as found:
        yield found


def write(world: World, file: str, old: str, new: str) -> None:
    path = world.app.configuration.templates / file
    path.write_text(path.read_text().replace(old, new))


async def test_it_is_shown_before_it_is_asked_and_leaves_once(world: World, ana: Visitor) -> None:
    page = await ana.page(PAGE)
    shown = await ana.page(f"{PAGE}/send")
    told = words(shown)
    before = await acts_of(world.app)
    form = form_of(shown, f"{PAGE}/send")
    both = await asyncio.gather(*(ana.post(f"{PAGE}/send", form) for _ in range(2)))
    await world.at(EARLY)

    assert f'href="{PAGE}/send"' in page
    assert "Personnel, courriel" in told
    assert "Le recevraient : 2" in told
    assert "Courriel : tout de suite : " in told
    assert "La Réunion (1)" in told
    assert "Rien : aucun SMS." in told
    assert before == []
    assert [one.status for one in both] == [303, 303]
    assert [one[:2] for one in await acts_of(world.app)] == [("Ana Silva", "send-now")]
    assert sorted(world.email.recipients) == ["p1@example.org", "p2@example.org"]
    assert (await ana.get(f"{PAGE}/send")).status == 404


async def test_texts_that_changed_since_are_shown_again(world: World, ana: Visitor) -> None:
    form = form_of(await ana.page(f"{PAGE}/send"), f"{PAGE}/send")
    write(world, "essai/email.fr.md", "Un essai.", "Un autre essai.")
    stale = await ana.post(f"{PAGE}/send", form)
    forged = await ana.post(
        f"{PAGE}/send", form_of(stale.text, f"{PAGE}/send") | {"fingerprint": ""}
    )
    again = await ana.post(f"{PAGE}/send", form_of(stale.text, f"{PAGE}/send"))

    assert (stale.status, forged.status, again.status) == (409, 409, 303)
    assert "ses textes ont changé" in words(stale.text)
    assert [one[1] for one in await acts_of(world.app)] == ["send-now"]


async def test_a_faulty_text_is_told_and_offers_nothing(world: World, ana: Visitor) -> None:
    write(world, "essai/email.fr.md", "Un essai.", "{{ inconnu }}")
    page = await ana.page(f"{PAGE}/send")

    assert "inconnu" in words(page)
    assert f'action="{PAGE}/send"' not in page


async def test_a_message_that_asks_for_a_second_person_is_asked_for(
    tmp_path: Path,
) -> None:
    head = MESSAGES["essai/message.yaml"] + "approval: true\n"
    async with open_world(tmp_path, EVENT, messages={"essai/message.yaml": head}) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = EARLY
        async with visiting(desk_of(world.app, local=ANA)) as ana:
            shown = await ana.page(f"{PAGE}/send")
            answer = await ana.post(f"{PAGE}/send", form_of(shown, f"{PAGE}/send"))
            await world.at(EARLY)
            waiting = words(await ana.page("/approvals"))

    assert "Demander cet envoi" in words(shown)
    assert answer.headers["Location"] == "/approvals"
    assert "Demandé par Ana Silva" in waiting
    assert world.email.recipients == []


async def test_what_cannot_be_sent_from_here_has_no_page(world: World, ana: Visitor) -> None:
    form = form_of(await ana.page(f"{PAGE}/send"), f"{PAGE}/send")
    await world.look()
    await world.steer(How.PAUSED, EARLY)
    statuses = [
        (await ana.get(path)).status
        for path in (
            f"{PAGE}/send",
            "/calendar/webinaire/invitation/2026-09-23/send",
            "/calendar/x/y/2026-09-22/send",
        )
    ]
    paused = await ana.post(f"{PAGE}/send", form)
    page = await ana.page(PAGE)

    assert statuses == [404] * 3
    assert paused.status == 404
    assert f"{PAGE}/send" not in page


async def test_a_new_text_is_taken_for_those_not_served_yet(world: World, ana: Visitor) -> None:
    await world.at(utc(22, 6, month=9))
    form = form_of(await ana.page(PAGE), f"{PAGE}/refresh")
    nothing = await ana.post(f"{PAGE}/refresh", form)
    page = await ana.page(PAGE)
    write(world, "essai/email.fr.md", "Un essai.", "Un texte tout neuf.")
    taken = await ana.post(f"{PAGE}/refresh", form_of(page, f"{PAGE}/refresh"))
    page = await ana.page(PAGE)
    write(world, "essai/email.fr.md", "Un texte tout neuf.", "{{ inconnu }}")
    faulty = await ana.post(f"{PAGE}/refresh", form_of(page, f"{PAGE}/refresh"))
    await world.at(utc(22, 8, month=9))

    assert (nothing.status, taken.status, faulty.status) == (409, 303, 409)
    assert [one[:2] for one in await acts_of(world.app)] == [("Ana Silva", "refresh")]
    assert ["neuf" in str(one) for one in world.email.accepted] == [False, True]


async def test_the_log_of_acts_is_read_by_who_answers_for_them(world: World, ana: Visitor) -> None:
    await world.app.hand.stop_all("<img src=x>", world.clock.now)
    page = await ana.page("/audit?number=999999999999")
    bad = [(await ana.get(f"/audit?number={one}")).status for one in ("-1", "x", "²", "")]
    reader = Person(name="Sacha Petit", roles=frozenset({Role.READ, Role.WRITE, Role.APPROVE}))
    async with visiting(desk_of(world.app, local=reader)) as other:
        refused = (await other.get("/audit")).status

    assert "tout arrêté" in words(page)
    assert "<img src=x>" not in page
    assert bad == [200] * 4
    assert refused == 403


async def test_what_it_costs_and_whom_a_service_hides_are_told(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    async with visiting(desk_of(app, local=ANA)) as ana:
        told = words(await ana.page("/calendar/cybermois/annonce/2026-10-02/send"))
    await app.close()

    assert "parties de SMS)" in told
    assert "€ (" in told
    assert "Laissés de côté : 1" in told
