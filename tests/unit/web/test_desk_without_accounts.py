"""A desk where nobody has an account yet: who looks, who acts, and how the first one is made."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, WHO_MAY
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.unit.web.test_desk_portal import From
from tests.unit.web.test_desk_roles import filled
from tests.worlds import STAFF, import_people, make_world

TOKEN = "un-jeton-d-essai-0123456789"
REAL = frozenset({"email"})
PASSWORD = "quatre mots sans lien"
HERE = "127.0.0.1"


@pytest.fixture
async def holder(app: App) -> AsyncIterator[Visitor]:
    """Somebody with the token of a real site's desk."""
    async with visiting(desk_of(app, token=TOKEN, real=REAL, local=None)) as visitor:
        await visitor.get(f"/?token={TOKEN}")
        yield visitor


async def test_with_samples_alone_whoever_sits_at_the_machine_acts(app: App) -> None:
    async with visiting(From(desk_of(app, local=None), HERE)) as visitor:
        front = await visitor.page("/")
        stopped = await visitor.post("/stop-all", form_of(front, "/stop-all") | {"by": "Camille"})

    assert stopped.status == 303
    assert "sur un vrai site" not in words(front)


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto", "X-Forwarded-Host"]
)
async def test_whoever_comes_through_a_proxy_does_not_sit_at_the_machine(
    app: App, header: str
) -> None:
    async with visiting(From(desk_of(app, local=None), HERE)) as visitor:
        pages = [
            await visitor.get(path, **{header: HERE}) for path in ("/", "/messages", "/metrics")
        ]

    assert {one.status for one in pages} == {401}
    assert "Essai" not in pages[0].text


@pytest.mark.parametrize("peer", ["10.0.0.9", "::ffff:203.0.113.7", ""])
async def test_nor_does_a_connection_from_elsewhere(app: App, peer: str) -> None:
    async with visiting(From(desk_of(app, local=None), peer)) as visitor:
        assert (await visitor.get("/")).status == 401


@pytest.mark.parametrize("why", ["a provider", "a person"])
async def test_on_a_real_site_the_address_opens_no_page_and_says_what_to_do(
    app: App, why: str
) -> None:
    if why == "a person":
        await import_people(app, "staff", STAFF, origin="les RH")
    desk = desk_of(app, real=REAL if why == "a provider" else frozenset(), local=None)
    async with visiting(From(desk, HERE)) as visitor:
        pages = {(await visitor.get(path)).status for path in ("/", "/messages", "/first-account")}
        front = await visitor.get("/")
        acts = {(await visitor.post(path, {})).status for path in ("/stop-all", "/optouts")}
        machine = await visitor.get("/metrics")
        healthy = await visitor.get("/healthz")

    assert (pages, acts) == ({401}, {401})
    assert "reflexe accounts add" in words(front.text)
    assert "reflexe stop-all" in words(front.text)
    assert (machine.status, healthy.status) == (200, 200)


async def test_once_links_are_out_the_desk_says_that_accounts_wait(
    app: App, holder: Visitor
) -> None:
    await app.accounts.add("Sacha Petit", ALL_ROLES, "Ana", app.clock())
    async with visiting(From(desk_of(app, real=REAL, local=None), HERE)) as visitor:
        front = words((await visitor.get("/")).text)
    looked_at = words(await holder.page("/"))

    for told in (front, looked_at):
        assert "Des comptes attendent leur mot de passe" in told
    assert "reflexe accounts link" in front
    assert "reflexe accounts add" not in front
    assert "Sacha" not in front


async def test_the_token_s_holder_looks_at_a_real_site_and_does_nothing_there(
    app: App, holder: Visitor
) -> None:
    front = await holder.page("/")
    refused = {
        path: (await holder.post(filled(path), {})).status
        for method, path in WHO_MAY
        if method == "POST" and path not in ("/logout", "/first-account")
    }

    assert set(refused.values()) == {403}
    assert "Créer le premier compte" in words(front)
    assert 'action="/stop-all"' not in front
    assert (await holder.get("/law")).status == 200
    # Reports and replies name people, and a look at somebody is a named person's.
    people = {(await holder.get(path)).status for path in ("/reports", "/replies", "/people")}
    assert people == {403}
    assert await acts_of(app) == []


async def test_the_token_s_holder_makes_the_first_account_and_the_token_ends(
    app: App, holder: Visitor
) -> None:
    form = form_of(await holder.page("/first-account"), "/first-account")
    asked = {f"role-{role}": "on" for role in ALL_ROLES} | {"name": "Camille Moreau"}
    made = await holder.post("/first-account", form | asked)
    again = await holder.post("/first-account", form | asked)
    link = made.text.split("<code>")[1].split("</code>")[0]
    entered = await holder.post(link, {"password": PASSWORD, "again": PASSWORD})
    stopped = await holder.post("/stop-all", form_of(await holder.page("/"), "/stop-all"))
    late = await holder.get("/first-account")
    holder.session.cookie_jar.clear()
    token = await holder.get(f"/?token={TOKEN}")

    assert (made.status, again.status, entered.status, stopped.status) == (200, 400, 303, 303)
    assert "no-store" in made.headers["Cache-Control"]
    assert (late.status, token.status) == (404, 401)
    assert [one[:2] for one in await acts_of(app)] == [
        ("desk-token", "add-account"),
        ("Camille Moreau", "set-password"),
        ("Camille Moreau", "stop-all"),
    ]


async def test_a_link_that_was_lost_is_made_again(app: App, holder: Visitor) -> None:
    links = []
    for _ in range(2):
        form = form_of(await holder.page("/first-account"), "/first-account")
        made = await holder.post("/first-account", form | {"name": "Camille", "role-read": "on"})
        links.append(made.text.split("<code>")[1].split("</code>")[0])
    pages = [(await holder.get(link)).status for link in links]

    assert pages == [404, 200]
    assert [one.roles for one in await app.accounts.every()] == [frozenset({"read"})]


async def test_a_name_that_a_provider_gave_is_nobody_s_first_account(
    app: App, holder: Visitor
) -> None:
    await app.outside.enter("https://sso.example.org u1", "Camille", ALL_ROLES, "", "", app.clock())
    form = form_of(await holder.page("/first-account"), "/first-account")
    refused = await holder.post("/first-account", form | {"name": "Camille", "role-read": "on"})

    assert refused.status == 400
    assert "un compte porte déjà ce nom" in words(refused.text)


@pytest.mark.parametrize(
    ("fields", "words_"),
    [
        ({"name": "...", "role-read": "on"}, "donnez un nom en lettres"),
        ({"name": "Camille"}, "cochez au moins"),
    ],
)
async def test_a_first_account_without_name_or_role_is_not_made(
    app: App, holder: Visitor, fields: dict[str, str], words_: str
) -> None:
    form = form_of(await holder.page("/first-account"), "/first-account")
    refused = await holder.post("/first-account", form | fields)
    unproven = await holder.post("/first-account", {"name": "Camille", "role-read": "on"})

    assert (refused.status, unproven.status) == (400, 403)
    assert words_ in words(refused.text)
    assert await app.accounts.every() == []


async def test_nobody_else_makes_a_first_account(app: App) -> None:
    async with visiting(From(desk_of(app, local=None), HERE)) as visitor:
        assert (await visitor.get("/first-account")).status == 404


async def test_machines_have_a_token_of_their_own(tmp_path: Path) -> None:
    opened = await make_world(tmp_path, environment={"REFLEXE_WEB__METRICS_TOKEN": "des-chiffres"})
    try:
        async with visiting(desk_of(opened, token=TOKEN, real=REAL, local=None)) as visitor:
            asked = [
                ("/metrics", "Bearer des-chiffres"),
                ("/metrics", f"Bearer {TOKEN}"),
                ("/metrics", "Bearer autre"),
                ("/", "Bearer des-chiffres"),
                ("/law", "Bearer des-chiffres"),
            ]
            found = [(await visitor.get(path, Authorization=one)).status for path, one in asked]
    finally:
        await opened.close()

    assert found == [200, 200, 401, 401, 401]
