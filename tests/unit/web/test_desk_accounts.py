"""Signing in on the desk by a name and a password, and what guessing gets."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, Role
from scheduler.web.desk import slowing
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock

NAME, PASSWORD = "Camille Moreau", "quatre mots sans lien"
TOKEN = "un-jeton-d-essai-0123456789"


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app, token=TOKEN)) as found:
        yield found


async def welcome(
    app: App, visitor: Visitor, name: str = NAME, roles: frozenset[Role] = ALL_ROLES
) -> Answer:
    """Give somebody an account; they choose their password."""
    link = await app.accounts.add(name, roles, "Ana", app.clock())
    return await visitor.post(f"/welcome/{link}", {"password": PASSWORD, "again": PASSWORD})


async def sign_in(visitor: Visitor, name: str, password: str, **headers: str) -> Answer:
    return await visitor.post("/login", {"name": name, "password": password}, **headers)


async def test_the_link_shows_a_form_and_its_password_signs_in(app: App, visitor: Visitor) -> None:
    link = await app.accounts.add(NAME, ALL_ROLES, "Ana", app.clock())
    shown = [await visitor.get(f"/welcome/{link}") for _ in range(2)]
    short = await visitor.post(f"/welcome/{link}", {"password": "court", "again": "court"})
    entered = await visitor.post(f"/welcome/{link}", {"password": PASSWORD, "again": PASSWORD})
    cookie = entered.headers["Set-Cookie"]
    spent = await visitor.get(f"/welcome/{link}")

    assert [one.status for one in shown] == [200, 200]
    assert NAME in words(shown[0].text)
    assert (short.status, entered.status, spent.status) == (400, 303, 404)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert (await visitor.get("/sessions")).status == 200


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("a" * 18, "répète"),
        ("azertyuiopqsdf", "touches"),
        ("camille moreau 26", "votre nom"),
        ("hospitalier essai 26", "l’organisation"),
    ],
)
async def test_a_password_that_is_guessed_first_is_refused_with_its_reason(
    app: App, visitor: Visitor, password: str, says: str
) -> None:
    link = await app.accounts.add(NAME, ALL_ROLES, "Ana", app.clock())
    asked = await visitor.post(f"/welcome/{link}", {"password": password, "again": password})

    assert asked.status == 400
    assert says in words(asked.text)
    assert (await visitor.get(f"/welcome/{link}")).status == 200


async def test_once_somebody_has_an_account_the_token_opens_nothing(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor)
    visitor.session.cookie_jar.clear()
    by_token = await visitor.get(f"/?token={TOKEN}")
    metrics = await visitor.get("/metrics", Authorization=f"Bearer {TOKEN}")

    assert (by_token.status, metrics.status) == (401, 200)
    async with visiting(desk_of(app)) as on_loopback:
        assert (await on_loopback.get("/")).status == 401


async def test_a_wrong_password_and_a_name_that_is_nobody_s_get_one_answer(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor)
    visitor.session.cookie_jar.clear()
    # Somebody who has not chosen a password yet isn't told from them either.
    await app.accounts.add("Sacha Petit", ALL_ROLES, "Ana", app.clock())
    answers = [await sign_in(visitor, name, "x" * 12) for name in (NAME, "Personne", "Sacha Petit")]

    assert {one.status for one in answers} == {401}
    assert len({one.text for one in answers}) == 1
    assert all("Set-Cookie" not in one.headers for one in answers)


async def test_wrong_ones_are_slowed_down_and_the_right_one_never(
    app: App, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slowing, "FIRST_SECONDS", 0.001)
    await welcome(app, visitor)
    visitor.session.cookie_jar.clear()
    wrong = [(await sign_in(visitor, "Personne", "x" * 12)).status for _ in range(6)]
    right = await sign_in(visitor, NAME.upper(), PASSWORD)
    assert isinstance(app.clock, Clock)
    app.clock.step(timedelta(minutes=11))

    assert wrong == [401] * 5 + [429]
    assert right.status == 303
    assert (await sign_in(visitor, "Personne", "x" * 12)).status == 401


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_form_of_another_site_signs_nobody_in(
    app: App, visitor: Visitor, headers: dict[str, str]
) -> None:
    await welcome(app, visitor)
    link = await app.accounts.add("Sacha Petit", ALL_ROLES, "Ana", app.clock())

    assert (await sign_in(visitor, NAME, PASSWORD, **headers)).status == 403
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert (await visitor.post(f"/welcome/{link}", chosen, **headers)).status == 403


async def test_a_value_that_was_planted_before_is_no_session_after(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor)
    visitor.session.cookie_jar.clear()
    planted = "A" * 43
    entered = await sign_in(visitor, NAME, PASSWORD, Cookie=f"reflexe_desk={planted}")

    assert entered.status == 303
    visitor.session.cookie_jar.clear()
    assert (await visitor.get("/", Cookie=f"reflexe_desk={planted}")).status == 401


async def test_a_session_holds_on_every_replica_and_after_a_restart(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor)
    value = {one.key: one.value for one in visitor.session.cookie_jar}["reflexe_desk"]
    form = form_of(await visitor.page("/"), "/stop-all")

    async with visiting(desk_of(app, token=TOKEN)) as other:
        done = await other.post("/stop-all", form, Cookie=f"reflexe_desk={value}")

    assert done.status == 303
    assert (NAME, "stop-all") in [one[:2] for one in await acts_of(app)]


async def test_leaving_ends_the_session_and_so_does_its_owner_elsewhere(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor, roles=frozenset({Role.READ}))
    async with visiting(desk_of(app, token=TOKEN)) as other:
        await welcome(app, other, "Sacha Petit", frozenset({Role.READ}))
        theirs = words(await other.page("/sessions"))
        number = next(
            one.id
            for one in await app.sessions.every(app.clock())
            if one.account.name == "Sacha Petit"
        )
        path = f"/sessions/{number}"
        form = form_of(await other.page("/sessions"), path)
        ended = await other.post(path, form)
        after = await other.get("/")
    left = await visitor.post("/logout", form_of(await visitor.page("/"), "/logout"))

    assert NAME not in theirs
    assert (ended.status, after.status, left.status) == (303, 401, 303)
    assert await app.sessions.every(app.clock()) == []


async def test_an_operator_sees_and_ends_anybody_s_session(app: App, visitor: Visitor) -> None:
    await welcome(app, visitor)
    async with visiting(desk_of(app, token=TOKEN)) as other:
        await welcome(app, other, "Sacha Petit", frozenset({Role.READ}))
        number = next(
            one.id
            for one in await app.sessions.every(app.clock())
            if one.account.name == "Sacha Petit"
        )
        path = f"/sessions/{number}"
        await visitor.post(path, form_of(await visitor.page("/sessions"), path))

        assert (await other.get("/")).status == 401
    assert (NAME, "end-session", "account Sacha Petit") in await acts_of(app)


async def test_a_role_that_is_taken_away_is_gone_at_the_next_request(
    app: App, visitor: Visitor
) -> None:
    await welcome(app, visitor)
    before = (await visitor.get("/law")).status
    await app.accounts.give_roles(NAME, frozenset(), "Ana", app.clock())

    assert (before, (await visitor.get("/law")).status) == (200, 403)
