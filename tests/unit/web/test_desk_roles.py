"""Every route of the desk, asked by every role: the table is what the desk does."""

import re
from collections.abc import Iterator

import pytest
from starlette.routing import Route

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, WHO_MAY, Person, Role, may
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words

NOBODY_IS_ASKED = {
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/static/desk.css",
    "/static/icon.svg",
}
REFUSED = "Votre rôle ne donne pas accès"
#: What a path's parts stand for, in this test.
PARTS = {
    "path:path": "cybermois/annonce",
    "year:int": "2026",
    "kind": "intranet",
    "campaign": "cybermois",
    "episode": "annonce",
    "date": "2026-10-02",
    "channel": "email",
}


def routes_of(app: App) -> Iterator[tuple[str, str]]:
    """Method and path of what somebody has to be signed in for."""
    for route in desk_of(app).routes:
        assert isinstance(route, Route)
        if route.path not in NOBODY_IS_ASKED:
            for method in (route.methods or set()) - {"HEAD"}:
                yield method, route.path


def filled(path: str) -> str:
    return re.sub(r"\{([^}]+)\}", lambda part: PARTS.get(part[1], "1"), path)


async def ask(visitor: Visitor, method: str, path: str) -> Answer:
    if method == "POST":
        return await visitor.post(filled(path), {})
    return await visitor.at_once(filled(path))


async def test_the_table_names_exactly_the_routes_that_there_are(app: App) -> None:
    assert sorted(routes_of(app)) == sorted(WHO_MAY)


@pytest.mark.parametrize(
    "roles",
    [*(frozenset({role}) for role in Role), frozenset[Role](), ALL_ROLES],
    ids=[*Role, "none", "all"],
)
async def test_a_route_answers_the_roles_of_the_table_and_no_other(
    app: App, roles: frozenset[Role]
) -> None:
    person = Person(name="Camille Moreau", roles=roles)
    async with visiting(desk_of(app, local=person)) as visitor:
        refused = {
            (method, path)
            for method, path in WHO_MAY
            if REFUSED in words((await ask(visitor, method, path)).text)
        }

    # Whoever has any role reads.
    has = roles | {Role.READ} if roles else roles
    assert refused == {one for one, wanted in WHO_MAY.items() if wanted and not wanted & has}


async def test_no_answer_of_the_desk_can_be_framed_by_another_site(app: App) -> None:
    """A press that somebody is led to make on a page that they don't see does nothing."""
    person = Person(name="Camille Moreau", roles=ALL_ROLES)
    framed = {}
    async with visiting(desk_of(app, local=person)) as visitor:
        for method, path in WHO_MAY:
            answer = await ask(visitor, method, path)
            policy = answer.headers.get("Content-Security-Policy", "")
            whose = [part for part in policy.split("; ") if part.startswith("frame-ancestors")]
            framed[method, path] = (whose, answer.headers.get("Cross-Origin-Resource-Policy"))
        nobody = await visitor.at_once("/nulle-part")

    # What is shown in a frame of ours is locked up, and in no frame of anybody else's.
    ours = {one for one, (whose, _) in framed.items() if whose == ["frame-ancestors 'self'"]}
    assert all(method == "GET" and path.startswith("/frames/") for method, path in ours)
    others = {one: found for one, found in framed.items() if one not in ours}
    assert set(map(str, others.values())) == {str((["frame-ancestors 'none'"], "same-origin"))}
    assert "frame-ancestors 'none'" in nobody.headers["Content-Security-Policy"]


async def test_whoever_has_no_role_stops_everything_and_notes_an_opt_out_and_no_more(
    app: App,
) -> None:
    person = Person(name="Camille Moreau", roles=frozenset())
    async with visiting(desk_of(app, local=person)) as visitor:
        front, optouts = await visitor.page("/"), await visitor.page("/optouts")
        stopped = await visitor.post("/stop-all", form_of(front, "/stop-all"))
        form = form_of(optouts, "/optouts") | {"who": "marie@example.org"}
        noted = await visitor.post("/optouts", form)
        again = await visitor.page("/")

    assert (stopped.status, noted.headers["Location"]) == (303, "/optouts?noted=1")
    assert [one[:2] for one in await acts_of(app)] == [
        ("Camille Moreau", "stop-all"),
        ("Camille Moreau", "opt-out"),
    ]
    # They can't make it go on, and no form offers it.
    assert 'action="/resume-all"' not in again
    assert 'href="/messages"' not in again
    assert "<table" not in optouts


async def test_the_answer_to_an_opt_out_tells_nothing_of_whose_address_it_is(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        answers = []
        for who in ("marie@example.org", "marie@example.org", "inconnu@example.org"):
            form = form_of(await visitor.page("/optouts"), "/optouts")
            noted = await visitor.post("/optouts", form | {"who": who, "by": "Camille"})
            answers.append((noted.status, noted.headers["Location"]))
        faulty = await visitor.post(
            "/optouts",
            form_of(await visitor.page("/optouts"), "/optouts") | {"who": "x", "by": "Camille"},
        )
        page = words(await visitor.page("/optouts?noted=1"))

    assert set(answers) == {(303, "/optouts?noted=1")}
    assert "C’est noté" in page
    assert "marie" not in page
    assert (faulty.status, "ni une adresse" in words(faulty.text)) == (400, True)
    assert len(await app.people.opt_outs()) == 2


async def test_only_privacy_sees_people(app: App) -> None:
    others = Person(name="Camille Moreau", roles=ALL_ROLES - {Role.PRIVACY})
    async with visiting(desk_of(app, local=others)) as visitor:
        outbox = words(await visitor.page("/outbox"))
        statuses = [
            (await visitor.get(path)).status
            for path in ("/outbox/1", "/reports", "/replies", "/outbox/1/1", "/frames/outbox/1/1")
        ]

    assert "Marie" not in outbox
    assert set(statuses) == {403}


async def test_who_signed_in_by_a_name_acts_under_no_other(app: App) -> None:
    person = Person(name="Camille Moreau", roles=ALL_ROLES)
    async with visiting(desk_of(app, local=person)) as visitor:
        front = await visitor.page("/")
        form = form_of(front, "/stop-all") | {"by": "Sacha Petit"}
        await visitor.post("/stop-all", form)

    assert 'name="by"' not in front
    assert "Vous agissez sous le nom de Camille Moreau" in words(front)
    assert [one[0] for one in await acts_of(app)] == ["Camille Moreau"]


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_and_privacy_alone_sees_people(role: Role) -> None:
    somebody = Person(name="Camille Martin", roles=frozenset({role}))

    assert may(somebody, "GET", "/messages")
    assert may(somebody, "GET", "/replies") == (role is Role.PRIVACY)
