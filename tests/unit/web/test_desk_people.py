"""« Personnes »: who is found, what is shown and done, and what the audit log knows of it."""

import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from scheduler.bootstrap import App
from scheduler.domain.message import AddressKind
from scheduler.domain.roles import ALL_ROLES, Person, Role
from scheduler.store.schema.newcomer_tables import newcomer
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import PATIENTS, import_people

DPO = Person(name="Camille Moreau", roles=frozenset({Role.PRIVACY}))
MARIE = "marie@example.org"


@pytest.fixture
async def dpo(app: App) -> AsyncIterator[Visitor]:
    """On a real site."""
    async with visiting(desk_of(app, local=DPO, real=frozenset({"email"}))) as visitor:
        yield visitor


async def find(visitor: Visitor, who: str) -> Answer:
    form = form_of(await visitor.page("/people"), "/people")
    return await visitor.post("/people", form | {"who": who})


async def number_of(app: App, who: str = MARIE) -> int:
    (card,) = await app.people.find(who, AddressKind.EMAIL)
    return card.contact


@pytest.mark.parametrize("typed", ["marie@example.org", " MARIE@Example.org ", "06 39 98 00 01"])
async def test_somebody_is_found_by_an_exact_address_or_number_and_each_look_is_kept(
    app: App, dpo: Visitor, typed: str
) -> None:
    before = await find(dpo, typed)
    await find(dpo, typed)
    told = words(before.text)
    number = await number_of(app)

    assert before.status == 200
    assert "Prénom : Marie" in told or "Marie" in told
    assert "D’où viennent vos données" in told
    assert [one[:2] for one in await acts_of(app)] == [
        (DPO.name, "show-opt-outs"),
        (DPO.name, "show"),
    ] * 2
    assert f"contact {number}" in str(await acts_of(app))
    assert MARIE not in str(await acts_of(app))


@pytest.mark.parametrize("typed", ["mari", "marie", "#1", "A1", "", "%", "*@example.org"])
async def test_nothing_but_a_whole_address_finds_anybody(
    app: App, dpo: Visitor, typed: str
) -> None:
    found = await find(dpo, typed)

    assert found.status == 400 or "Personne n’a" in words(found.text)
    assert "Données détenues" not in found.text
    assert "show" not in {one[1] for one in await acts_of(app)}


async def test_no_address_stands_in_a_page_s_own_address(app: App, dpo: Visitor) -> None:
    found = await find(dpo, MARIE)
    number = await number_of(app)
    frozen = await dpo.post(
        f"/people/{number}/freeze", form_of(found.text, f"/people/{number}/freeze")
    )

    assert "@" not in frozen.headers["Location"]
    assert (await dpo.get("/people?who=marie@example.org")).text.count("Marie") == 0


async def test_a_person_s_data_is_given_to_them_as_a_file(app: App, dpo: Visitor) -> None:
    number = await number_of(app)
    page = (await find(dpo, MARIE)).text
    path = f"/people/{number}/export"
    given = await dpo.post(path, form_of(page, path))
    (told,) = json.loads(given.text)

    assert given.headers["Content-Type"].startswith("application/json")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert told["email"] == MARIE
    assert told["information"]["rights"]
    assert "john" not in given.text


async def test_freezing_keeps_from_erasing_and_erasing_asks_twice(app: App, dpo: Visitor) -> None:
    number = await number_of(app)
    page = (await find(dpo, MARIE)).text
    erase, freeze = f"/people/{number}/erase", f"/people/{number}/freeze"
    sure = form_of(page, erase) | {"sure": "on"}
    unsure = await dpo.post(erase, form_of(page, erase))
    await dpo.post(freeze, form_of(page, freeze))
    held = await dpo.post(erase, sure)
    frozen = (await find(dpo, MARIE)).text
    await dpo.post(f"/people/{number}/unfreeze", form_of(frozen, f"/people/{number}/unfreeze"))
    again = (await find(dpo, MARIE)).text
    erased = await dpo.post(erase, form_of(again, erase) | {"sure": "on"})
    twice = await dpo.post(erase, form_of(again, erase) | {"sure": "on"})
    after = words((await find(dpo, MARIE)).text)

    assert (unsure.status, held.status, erased.status, twice.status) == (400, 400, 303, 404)
    assert f'action="{erase}"' not in frozen
    assert "Personne n’a" in after
    # The tombstone still says what was refused.
    assert "effacement" in after
    acts = [one[1] for one in await acts_of(app)]
    assert [one for one in acts if "show" not in one] == ["freeze", "unfreeze", "erase"]


async def test_an_opt_out_is_lifted_when_its_holder_asks_for_it(app: App, dpo: Visitor) -> None:
    form = form_of(await dpo.page("/optouts"), "/optouts")
    await dpo.post("/optouts", form | {"who": MARIE})
    page = (await find(dpo, MARIE)).text
    lift = form_of(page, "/people/lift")
    lifted = await dpo.post("/people/lift", lift)
    again = await dpo.post("/people/lift", form_of(page, "/people/lift"))
    after = (await find(dpo, MARIE)).text

    assert lifted.headers["Location"] == "/people?done=lifted"
    assert again.headers["Location"] == "/people?done=nothing"
    assert 'action="/people/lift"' not in after
    assert "levée le" in words(after)
    assert (DPO.name, "lift-opt-out") in [one[:2] for one in await acts_of(app)]


async def test_forms_of_elsewhere_and_unknown_people_change_nothing(app: App, dpo: Visitor) -> None:
    number = await number_of(app)
    page = (await find(dpo, MARIE)).text
    freeze = form_of(page, f"/people/{number}/freeze")
    statuses = [
        (await dpo.post(f"/people/{number}/freeze", {})).status,
        (await dpo.post(f"/people/{number}/erase", freeze | {"sure": "on"})).status,
        (
            await dpo.post(f"/people/{number}/freeze", freeze, Origin="https://ailleurs.example")
        ).status,
        (await dpo.post("/people", {"who": MARIE})).status,
    ]

    assert statuses == [403] * 4
    assert (await app.people.cards([number]))[0].frozen_at is None


async def test_no_other_role_looks_anybody_up(app: App) -> None:
    others = Person(name="Sacha Petit", roles=ALL_ROLES - {Role.PRIVACY})
    async with visiting(desk_of(app, local=others)) as visitor:
        front = await visitor.page("/")
        assert (await visitor.get("/people")).status == 403
        assert (await visitor.post("/people", {"who": MARIE})).status == 403

    assert 'href="/people"' not in front


async def test_two_people_of_one_address_are_both_shown(app: App, dpo: Visitor) -> None:
    patients = PATIENTS.replace("ana@example.org", MARIE)
    await import_people(app, "patients", patients)
    told = words((await find(dpo, MARIE)).text)

    assert told.count("Données détenues sur vous") == 2
    for audience in app.configuration.audiences:
        assert f"({audience.label})" in told
        assert f"Public : {audience.label}" in told


async def test_what_a_file_brought_is_shown_as_text(app: App, dpo: Visitor) -> None:
    rows = PATIENTS.replace("Ana", "<img src=x onerror=alert(1)>{{ 7*7 }}")
    await import_people(app, "patients", rows)
    page = (await find(dpo, "ana@example.org")).text

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert "{{ 7*7 }}" in page


async def test_all_that_is_held_is_on_the_sheet(app: App, dpo: Visitor) -> None:
    number = await number_of(app)
    came = {"contact_id": number, "entered_on": "2026-09-01", "state": "entered"}
    adding = insert(newcomer).values(came | {"at": app.clock()})
    await app.ledger.database.write(lambda connection: connection.execute(adding) and None)

    told = words((await find(dpo, MARIE)).text)

    assert "Votre arrivée" in told
    assert "le mardi 1er septembre 2026, messages d’accueil prévus ou reçus" in told
