"""Signing in on the desk by an OpenID provider, and what a forged or borrowed answer gets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from scheduler.bootstrap import App
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import ALL_ROLES, Role
from scheduler.web.desk import slowing
from tests.fakes.oidc import CLIENT, SECRET, FakeOidc, providing, signing_key
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock, make_world

NAME = "Zoé Étienne"
DESK = "http://127.0.0.1:8080"
FAILED, NO_PLACE = "n’a pas abouti", "aucun de vos groupes"


@dataclass(frozen=True, slots=True)
class World:
    app: App
    oidc: FakeOidc
    visitor: Visitor
    clock: Clock


@asynccontextmanager
async def opened(folder: Path, **changes: str) -> AsyncIterator[World]:
    clock = Clock()
    oidc = FakeOidc(clock=lambda: clock.now.timestamp())
    with providing(oidc):
        keys = {
            "OIDC__ISSUER": oidc.address,
            "OIDC__CLIENT_ID": CLIENT,
            "OIDC__CLIENT_SECRET": SECRET,
            "OIDC__ROLES": "{comms: [read, write], direction: [approve], tous: []}",
            "DESK_URL": DESK,
        } | changes
        environment = {f"REFLEXE_WEB__{key}": value for key, value in keys.items()}
        app = await make_world(folder, clock=clock, environment=environment)
        try:
            async with visiting(desk_of(app)) as visitor:
                yield World(app, oidc, visitor, clock)
        finally:
            await app.close()


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(slowing, "FIRST_SECONDS", 0.001)
    async with opened(tmp_path) as found:
        yield found


async def begin(visitor: Visitor) -> str:
    """Up to where the provider sends the browser back: that path, with its code and state."""
    started = await visitor.at_once("/oidc/start")
    assert started.status == 303
    async with (
        aiohttp.ClientSession() as elsewhere,
        elsewhere.get(started.headers["Location"], allow_redirects=False) as sent,
    ):
        assert sent.status == 302
        back = urlsplit(sent.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == DESK
    return f"{back.path}?{back.query}"


async def sign_in(visitor: Visitor) -> Answer:
    return await visitor.at_once(await begin(visitor))


def changed(back: str, **changes: str) -> str:
    path, _, query = back.partition("?")
    fields = {name: one[0] for name, one in parse_qs(query).items()} | changes
    return f"{path}?{urlencode({name: one for name, one in fields.items() if one})}"


async def test_a_person_of_the_provider_acts_under_the_name_that_it_gives(world: World) -> None:
    door = await world.visitor.get("/")
    entered = await sign_in(world.visitor)
    front = await world.visitor.page("/")
    stopped = await world.visitor.post("/stop-all", form_of(front, "/stop-all") | {"by": "Autre"})

    assert door.status == 401
    assert 'href="/oidc/start"' in door.text
    assert (entered.status, stopped.status) == (200, 303)
    assert 'http-equiv="refresh" content="0; url=/"' in entered.text
    assert "Continuer vers le calendrier" in entered.text
    cookies = entered.headers.getall("Set-Cookie")  # type: ignore[attr-defined]
    (session,) = [one for one in cookies if one.startswith("reflexe_desk=")]
    assert "HttpOnly" in session
    assert "SameSite=strict" in session
    assert NAME in words(front)
    assert [one[:2] for one in await acts_of(world.app)] == [
        ("oidc", "add-account"),
        (NAME, "stop-all"),
    ]
    assert (await world.visitor.get("/law")).status == 200
    assert (await world.visitor.get("/reports")).status == 403


async def test_the_code_goes_with_pkce_and_the_secret_in_no_address(world: World) -> None:
    started = await world.visitor.at_once("/oidc/start")
    asked = parse_qs(urlsplit(started.headers["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid profile"]
    assert asked["redirect_uri"] == [f"{DESK}/oidc/callback"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert SECRET not in started.headers["Location"]
    cookie = started.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    # What stands in the address doesn't make what stays in the ledger's keys.
    assert asked["state"][0] not in cookie


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://autre.example.org"},
        {"iss": None},
        {"aud": "un-autre-client"},
        {"aud": ["un-autre-client", "encore-un"]},
        {"aud": None},
        {"aud": [CLIENT, "un-autre-client"], "azp": "un-autre-client"},
        {"nonce": "un-autre"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"exp": "demain"},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": ["u1"]},
        {"nbf": 99999999999},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
async def test_a_token_that_isn_t_ours_lately_for_this_sign_in_signs_nobody_in(
    world: World, claims: Mapping[str, object]
) -> None:
    world.oidc.claims |= claims
    refused = await sign_in(world.visitor)

    assert refused.status == 403
    assert FAILED in words(refused.text)
    assert (await world.visitor.get("/")).status == 401
    assert await world.app.accounts.every() == []


@pytest.mark.parametrize("how", ["another key", "none", "HS256"])
async def test_a_token_that_its_keys_didn_t_sign_signs_nobody_in(world: World, how: str) -> None:
    if how == "another key":
        world.oidc.forges = True
    else:
        world.oidc.algorithm = how

    assert (await sign_in(world.visitor)).status == 403


async def test_keys_that_were_changed_are_asked_for_again(world: World) -> None:
    await sign_in(world.visitor)
    world.oidc.key = signing_key("the next")
    world.oidc.kid = "k2"
    world.clock.step(timedelta(minutes=2))
    world.visitor.session.cookie_jar.clear()

    assert (await sign_in(world.visitor)).status == 200


async def test_a_state_is_answered_once(world: World) -> None:
    started = await world.visitor.at_once("/oidc/start")
    begun = started.headers["Set-Cookie"].partition(";")[0]
    async with aiohttp.ClientSession() as elsewhere:
        backs = []
        for _ in range(2):
            where = started.headers["Location"]
            async with elsewhere.get(where, allow_redirects=False) as sent:
                backs.append(urlsplit(sent.headers["Location"]).query)
    first = await world.visitor.at_once(f"/oidc/callback?{backs[0]}", Cookie=begun)
    # A fresh code, on another replica, with the cookie put back.
    async with visiting(desk_of(world.app)) as replica:
        again = await replica.at_once(f"/oidc/callback?{backs[1]}", Cookie=begun)

    assert (first.status, again.status) == (200, 403)
    assert len(await world.app.sessions.every(world.clock.now)) == 1


async def test_an_answer_of_another_browser_s_sign_in_signs_nobody_in(world: World) -> None:
    """Somebody leads a person to an answer of their own sign-in (login CSRF)."""
    theirs = await begin(world.visitor)
    async with visiting(desk_of(world.app)) as victim:
        without = await victim.at_once(theirs)
        await victim.at_once("/oidc/start")
        other = await victim.at_once(theirs)

    assert (without.status, other.status) == (403, 403)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "x"},
        {"state": ""},
        {"code": ""},
        {"code": "x"},
        {"iss": "https://autre.example.org"},
        {"code": "", "error": "access_denied"},
    ],
    ids=str,
)
async def test_an_answer_that_was_changed_signs_nobody_in(
    world: World, changes: dict[str, str]
) -> None:
    refused = await world.visitor.at_once(changed(await begin(world.visitor), **changes))

    assert (refused.status, FAILED in words(refused.text)) == (403, True)


async def test_a_sign_in_that_was_begun_too_long_ago_is_over(world: World) -> None:
    back = await begin(world.visitor)
    world.clock.step(timedelta(minutes=11))

    assert (await world.visitor.at_once(back)).status == 403


@pytest.mark.parametrize("name", ["next", "redirect_uri", "return_to", "url"])
async def test_no_answer_leads_elsewhere(world: World, name: str) -> None:
    elsewhere = {name: "//ailleurs.example/"}
    started = await world.visitor.at_once(f"/oidc/start?{urlencode(elsewhere)}")
    assert started.headers["Location"].startswith(f"{world.oidc.address}/authorize?")
    assert "ailleurs.example" not in started.headers["Location"]
    entered = await world.visitor.at_once(changed(await begin(world.visitor), **elsewhere))

    assert "Location" not in entered.headers
    assert "ailleurs.example" not in entered.text


async def test_a_value_that_was_planted_before_is_no_session_after(world: World) -> None:
    planted = "A" * 43
    started = await world.visitor.at_once("/oidc/start")
    begun = started.headers["Set-Cookie"].partition(";")[0]
    back = await begin(world.visitor)
    begun = next(
        f"{one.key}={one.value}"
        for one in world.visitor.session.cookie_jar
        if one.key == "reflexe_desk_oidc"
    )
    entered = await world.visitor.at_once(back, Cookie=f"reflexe_desk={planted}; {begun}")
    world.visitor.session.cookie_jar.clear()

    assert entered.status == 200
    assert (await world.visitor.get("/", Cookie=f"reflexe_desk={planted}")).status == 401


async def test_somebody_without_a_listed_group_gets_no_page(world: World) -> None:
    world.oidc.person["groups"] = ["autre", "COMMS"]
    refused = await sign_in(world.visitor)

    assert (refused.status, NO_PLACE in words(refused.text)) == (403, True)
    assert await world.app.accounts.every() == []


async def test_groups_and_name_may_come_from_userinfo_of_the_same_person(world: World) -> None:
    world.oidc.thin = True
    entered = await sign_in(world.visitor)
    world.visitor.session.cookie_jar.clear()
    world.oidc.claims["sub"] = "quelqu-un-d-autre"
    other = await sign_in(world.visitor)

    assert (entered.status, other.status) == (200, 403)
    assert [one.name for one in await world.app.accounts.every()] == [NAME]


async def test_roles_are_asked_again_each_hour(world: World) -> None:
    await sign_in(world.visitor)
    world.oidc.person["groups"] = ["tous"]
    statuses = []
    for _ in range(3):
        world.clock.step(timedelta(minutes=25))
        statuses.append((await world.visitor.at_once("/law")).status)
    renewals = [one for one in world.oidc.asked if one["grant_type"] == "refresh_token"]

    assert statuses == [200, 200, 403]
    assert len(renewals) == 1
    # Still signed in, and asked no oftener.
    assert (await world.visitor.get("/optouts")).status == 200
    assert ("oidc", "give-roles", f"account {NAME}") in await acts_of(world.app)


async def test_a_clock_that_was_ahead_doesn_t_put_it_off(world: World) -> None:
    await sign_in(world.visitor)
    world.oidc.person["groups"] = ["tous"]
    world.clock.step(-timedelta(hours=3))

    assert (await world.visitor.at_once("/law")).status == 403


@pytest.mark.parametrize("why", ["left", "no group", "no renewal", "somebody else"])
async def test_whom_the_provider_no_longer_knows_is_out_within_the_hour(
    world: World, why: str
) -> None:
    world.oidc.gives_renewals = why != "no renewal"
    await sign_in(world.visitor)
    world.oidc.refuses_renewals = why == "left"
    if why == "no group":
        world.oidc.person["groups"] = []
    if why == "somebody else":
        world.oidc.person["sub"] = "u2"
    for _ in range(3):
        world.clock.step(timedelta(minutes=21))
        last = await world.visitor.at_once("/law")

    assert last.status == 401
    assert await world.app.sessions.every(world.clock.now) == []


async def test_while_the_provider_is_away_nobody_has_a_role_but_everybody_may_stop(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as world:
        await sign_in(world.visitor)
        for _ in range(2):
            world.clock.step(timedelta(minutes=29))
            form = form_of(await world.visitor.page("/"), "/stop-all")
        world.oidc.away = True
        world.clock.step(timedelta(minutes=4))
        law = await world.visitor.at_once("/law")
        stopped = await world.visitor.post("/stop-all", form)
        world.oidc.away = False
        world.clock.step(timedelta(minutes=2))
        later = await world.visitor.at_once("/law")

    assert (law.status, stopped.status, later.status) == (403, 303, 200)


async def test_two_people_of_one_name_are_not_one(world: World) -> None:
    await sign_in(world.visitor)
    world.oidc.person = {"sub": "u2", "name": NAME.upper(), "groups": ["comms"]}
    world.visitor.session.cookie_jar.clear()
    other = await sign_in(world.visitor)
    await world.app.accounts.add("Sacha Petit", ALL_ROLES, "Ana", world.clock.now)
    world.oidc.person = {"sub": "u3", "name": "Sacha Petit", "groups": ["comms"]}
    local = await sign_in(world.visitor)

    assert (other.status, local.status) == (403, 403)
    assert "porte déjà ce nom" in words(other.text)


async def test_a_new_name_of_one_person_makes_no_second_one(world: World) -> None:
    """Or they would allow what they asked for."""
    await sign_in(world.visitor)
    world.oidc.person["name"] = "Sacha Petit"
    world.visitor.session.cookie_jar.clear()
    await sign_in(world.visitor)

    assert NAME in words(await world.visitor.page("/"))
    assert [one.name for one in await world.app.accounts.every()] == [NAME]


async def test_without_the_provider_in_the_configuration_its_sessions_end(world: World) -> None:
    now = world.clock.now
    link = await world.app.accounts.add("Camille Moreau", ALL_ROLES, "Ana", now)
    await world.app.accounts.set_password(link, "hash", now)
    await sign_in(world.visitor)
    web = world.app.configuration.settings.web
    without = web.model_copy(update={"oidc": None})
    settings = world.app.configuration.settings.model_copy(update={"web": without})
    object.__setattr__(world.app.configuration, "settings", settings)

    assert (await world.visitor.get("/law")).status == 401
    assert await world.app.sessions.every(now) == []


async def test_its_people_get_no_password_and_no_roles_by_hand(world: World) -> None:
    await sign_in(world.visitor)
    now = world.clock.now

    with pytest.raises(AccountRefused):
        await world.app.accounts.renew_link(NAME, "Ana", now)
    with pytest.raises(AccountRefused):
        await world.app.accounts.give_roles(NAME, frozenset({Role.PRIVACY}), "Ana", now)


async def test_wrong_answers_are_slowed_down(world: World) -> None:
    waited = [await world.visitor.at_once("/oidc/callback?state=x&code=y") for _ in range(7)]

    assert {one.status for one in waited} == {403}
    assert world.oidc.asked == []
