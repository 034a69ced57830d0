"""People whom a trusted proxy names on the desk, and what a header from elsewhere gets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from multidict import CIMultiDict
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from scheduler.bootstrap import App
from scheduler.daemon.servers import Servers, listen
from scheduler.domain.roles import ALL_ROLES
from scheduler.web.peer import NotePeer
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import make_world

NAME = "Zoé Étienne"
TOKEN = "un-jeton-d-essai-0123456789"
SETTINGS = {
    "HEADER": "Remote-User",
    "GROUPS_HEADER": "Remote-Groups",
    "FROM": '["10.0.0.5", "192.0.2.0/24", "127.0.0.1"]',
    "ROLES": "{comms: [read, write], direction: [approve], tous: []}",
    "SIGN_OUT": "https://portail.example.org/?logout=1",
}


class From:
    """As if the connection came from another address."""

    def __init__(self, app: ASGIApp, peer: str) -> None:
        self._app = NotePeer(app)
        self._peer = peer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = (self._peer, 40000)
        await self._app(scope, receive, send)


async def world(folder: Path, **changes: str) -> App:
    keys = SETTINGS | changes
    environment = {f"REFLEXE_WEB__SIGN_IN__{key}": value for key, value in keys.items() if value}
    return await make_world(folder, environment=environment)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await world(tmp_path)
    yield opened
    await opened.close()


@asynccontextmanager
async def coming(
    app: App, peer: str = "10.0.0.5", token: str | None = None
) -> AsyncIterator[Visitor]:
    async with visiting(From(desk_of(app, token=token), peer)) as visitor:
        yield visitor


def named(groups: str = "comms", name: str = NAME) -> Mapping[str, str]:
    return {"Remote-User": name, "Remote-Groups": groups}


@pytest.mark.parametrize("peer", ["10.0.0.5", "192.0.2.77", "127.0.0.1", "::ffff:10.0.0.5"])
async def test_a_listed_proxy_names_whoever_acts(app: App, peer: str) -> None:
    async with coming(app, peer) as visitor:
        front = (await visitor.get("/", **named())).text
        form = form_of(front, "/stop-all")
        stopped = await visitor.post("/stop-all", form | {"by": "Quelqu'un d'autre"}, **named())

    assert NAME in words(front)
    assert 'name="by"' not in front
    assert stopped.status == 303
    assert await acts_of(app) == [(NAME, "stop-all", "every channel")]


@pytest.mark.parametrize("peer", ["10.0.0.6", "203.0.113.1", "::1", "2001:db8::5", "nowhere"])
@pytest.mark.parametrize("token", [None, TOKEN])
async def test_the_header_of_anybody_else_is_ignored_and_logged(
    app: App, peer: str, token: str | None
) -> None:
    async with coming(app, peer, token=token) as visitor:
        answers = [await visitor.get(path, **named()) for path in ("/", "/messages")]

    assert {one.status for one in answers} == {401}
    assert NAME not in answers[0].text


async def test_what_is_ignored_is_told_once_an_hour(app: App) -> None:
    with capture_logs() as logs:
        async with coming(app, "10.0.0.6") as visitor:
            for _ in range(3):
                await visitor.get("/", **named())

    assert [one["event"] for one in logs].count("desk.header_ignored") == 1
    assert NAME not in str(logs)


async def test_a_client_that_the_proxy_speaks_for_is_no_proxy(app: App) -> None:
    """X-Forwarded-For is believed from the proxy for the client's address, and for nothing else."""
    listener = listen("127.0.0.1:0", "web.desk_bind")
    port = listener.getsockname()[1]
    strict = app.configuration.settings.web.sign_in
    assert strict is not None
    strict.peers[:] = ["10.0.0.5"]
    servers = Servers([(desk_of(app), listener)], ["127.0.0.1"])
    await servers.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            claimed = {**named(), "X-Forwarded-For": "10.0.0.5"}
            async with session.get("/", headers=claimed) as answer:
                status = answer.status
    finally:
        await servers.stop()

    assert status == 401


@pytest.mark.parametrize(
    ("groups", "statuses"),
    [
        ("comms", [200, 403, 200]),
        ("autre,direction", [200, 403, 200]),
        ("tous", [403, 403, 200]),
        ("cn=x,ou=y; comms", [200, 403, 200]),
        ("Comms", [403, 403, 403]),
        ("comms-anciens", [403, 403, 403]),
        ("", [403, 403, 403]),
    ],
)
async def test_groups_give_roles_and_nobody_comes_in_without_one(
    app: App, groups: str, statuses: list[int]
) -> None:
    async with coming(app) as visitor:
        asked = ("/law", "/reports", "/optouts")
        found = [(await visitor.at_once(path, **named(groups))).status for path in asked]

    assert found == statuses


async def test_roles_are_asked_again_at_each_request(app: App) -> None:
    async with coming(app) as visitor:
        before = await visitor.get("/law", **named())
        after = await visitor.get("/law", **named("tous"))
        out = await visitor.get("/law")

    assert (before.status, after.status, out.status) == (200, 403, 401)


@pytest.mark.parametrize("name", ["Remote-User", "Remote-Groups"])
async def test_a_header_that_is_there_twice_is_nobody_s(app: App, name: str) -> None:
    """A proxy that adds its own beside the client's lets anybody be anybody."""
    async with coming(app) as visitor:
        headers = CIMultiDict(named())
        headers.add(name, "direction")
        async with visitor.session.get("/", headers=headers) as answer:
            assert answer.status == 401


@pytest.mark.parametrize("name", ["", " ", "...", "x" * 81])
async def test_a_header_that_names_nobody_signs_nobody_in(app: App, name: str) -> None:
    async with coming(app) as visitor:
        assert (await visitor.get("/", **named(name=name))).status == 401


async def test_a_page_elsewhere_whose_name_leads_here_names_nobody(tmp_path: Path) -> None:
    opened = await world(tmp_path)
    try:
        async with coming(opened, "127.0.0.1") as visitor:
            rebound = await visitor.get("/", Host="ailleurs.example", **named())
            here = await visitor.get("/", Host="localhost:8080", **named())
    finally:
        await opened.close()

    assert (rebound.status, here.status) == (401, 200)


async def test_the_desk_s_own_address_is_believed(tmp_path: Path) -> None:
    environment = {f"REFLEXE_WEB__SIGN_IN__{key}": value for key, value in SETTINGS.items()}
    environment["REFLEXE_WEB__DESK_URL"] = "https://bureau.example.org"
    opened = await make_world(tmp_path, environment=environment)
    try:
        for peer in ("127.0.0.1", "10.0.0.5"):
            async with coming(opened, peer) as visitor:
                ours = await visitor.get("/", Host="bureau.example.org", **named())
                other = await visitor.get("/", Host="ailleurs.example", **named())
            assert (ours.status, other.status) == (200, 401)
    finally:
        await opened.close()


async def test_a_form_of_one_person_is_no_other_s(app: App) -> None:
    async with coming(app) as visitor:
        form = form_of((await visitor.get("/", **named())).text, "/stop-all")
        stolen = await visitor.post("/stop-all", form, **named(name="Sacha Petit"))
        elsewhere = await visitor.post(
            "/stop-all", form, Origin="https://ailleurs.example", **named()
        )
        without = await visitor.post("/stop-all", {}, **named())
    # Another replica knows it: nothing of it is kept in memory.
    async with coming(app) as replica:
        done = await replica.post("/stop-all", form, **named())

    assert (stolen.status, elsewhere.status, without.status) == (403, 403, 403)
    assert done.status == 303


async def test_leaving_tells_where_to_leave_the_portal(app: App) -> None:
    async with coming(app) as visitor:
        form = form_of((await visitor.get("/", **named())).text, "/logout")
        left = await visitor.post("/logout", form, **named())

    assert left.status == 200
    assert 'href="https://portail.example.org/?logout=1"' in left.text


async def test_the_header_goes_before_a_session_and_a_session_stays_without_it(app: App) -> None:
    password = "quatre mots sans lien"
    async with coming(app) as visitor:
        link = await app.accounts.add("Camille Moreau", ALL_ROLES, "Ana", app.clock())
        await visitor.post(f"/welcome/{link}", {"password": password, "again": password})
        both = words((await visitor.get("/", **named())).text)
        alone = words(await visitor.page("/"))

    assert NAME in both
    assert "Camille Moreau" in alone


async def test_the_token_opens_no_page_where_a_portal_names_people(app: App) -> None:
    async with coming(app, "203.0.113.9", token=TOKEN) as visitor:
        page = await visitor.get(f"/?token={TOKEN}")
        metrics = await visitor.get("/metrics", Authorization=f"Bearer {TOKEN}")

    assert (page.status, metrics.status) == (401, 200)
    assert "portail de votre organisation" in words(page.text)
