"""« Mon compte »: a second code at signing in, and the team's agenda at a secret address."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from icalendar import Calendar

from scheduler.bootstrap import App
from scheduler.domain.roles import ALL_ROLES, Role
from scheduler.domain.second_code import STEP, TRIES, TRIES_WITHIN, code_at, step_of
from scheduler.web.desk import slowing
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock

NAME, PASSWORD = "Camille Moreau", "quatre mots sans lien"


@pytest.fixture
async def camille(app: App, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Visitor]:
    """In by a password of hers."""
    monkeypatch.setattr(slowing, "FIRST_SECONDS", 0.0)
    async with visiting(desk_of(app)) as found:
        link = await app.accounts.add(NAME, ALL_ROLES, "Ana", app.clock())
        await found.post(f"/welcome/{link}", {"password": PASSWORD, "again": PASSWORD})
        yield found


async def number_of(app: App) -> int:
    (one,) = await app.accounts.every()
    return one.id


async def press(visitor: Visitor, action: str, **fields: str) -> Answer:
    form = form_of(await visitor.page("/my-account"), action)
    return await visitor.post(action, form | fields)


async def activated(app: App, visitor: Visitor) -> bytes:
    if 'action="/my-account/code"' in await visitor.page("/my-account"):
        await press(visitor, "/my-account/code")
    mine = await app.own_account.of(await number_of(app))
    assert mine is not None
    assert mine.begun is not None
    code = code_at(mine.begun, step_of(app.clock()))
    assert (await press(visitor, "/my-account/code/prove", code=code)).status == 303
    return mine.begun


async def sign_in(app: App, code: str = "", password: str = PASSWORD) -> Answer:
    async with visiting(desk_of(app)) as other:
        form = {"name": NAME, "password": password, "code": code}
        return await other.post("/login", form)


def step(app: App, by: timedelta = STEP) -> None:
    assert isinstance(app.clock, Clock)
    app.clock.step(by)


async def test_a_code_is_asked_for_once_it_was_shown_and_proven(app: App, camille: Visitor) -> None:
    begun = await press(camille, "/my-account/code")
    shown = await camille.page("/my-account")
    wrong = await press(camille, "/my-account/code/prove", code="000000")
    before = await sign_in(app)
    secret = await activated(app, camille)
    step(app)
    code = code_at(secret, step_of(app.clock()))
    statuses = [(await sign_in(app, one)).status for one in ("", "000000", code, code)]
    after = await camille.page("/my-account")

    assert begun.status == 303
    assert "<svg" in shown
    assert "http" not in shown[shown.index("<svg") : shown.index("</svg>")].replace(
        "http://www.w3.org/2000/svg", ""
    )
    assert wrong.status == 400
    assert before.status == 303
    assert statuses == [401, 401, 303, 401]
    assert "<svg" not in after
    acts = [one[1] for one in await acts_of(app)]
    assert acts == ["add-account", "set-password", "add-code"]


async def test_a_wrong_code_is_answered_as_a_wrong_password(app: App, camille: Visitor) -> None:
    await activated(app, camille)
    no_code = await sign_in(app)
    no_password = await sign_in(app, password="autre chose entièrement")

    assert no_code.status == no_password.status == 401
    assert words(no_code.text) == words(no_password.text)


async def test_few_wrong_codes_are_looked_at_and_then_none_for_a_while(
    app: App, camille: Visitor
) -> None:
    secret = await activated(app, camille)
    step(app)
    desk = desk_of(app)
    async with visiting(desk) as other:

        async def tried(code: str) -> int:
            form = {"name": NAME, "password": PASSWORD, "code": code}
            return (await other.post("/login", form)).status

        wrong = [await tried("000000") for _ in range(TRIES)]
        held = await tried(code_at(secret, step_of(app.clock())))
        step(app, TRIES_WITHIN)
        free = await tried(code_at(secret, step_of(app.clock())))

    assert set(wrong) <= {401, 429}
    assert held in (401, 429)
    assert free == 303


async def test_an_operator_helps_who_lost_their_telephone(app: App, camille: Visitor) -> None:
    await activated(app, camille)
    link = await app.accounts.renew_link(NAME, "Ana", app.clock())
    async with visiting(desk_of(app)) as other:
        form = {"password": PASSWORD, "again": PASSWORD}
        entered = await other.post(f"/welcome/{link}", form)

    assert entered.status == 303
    assert (await sign_in(app)).status == 303
    assert (await camille.get("/my-account")).status == 401


async def test_it_is_removed_with_a_code_alone(app: App, camille: Visitor) -> None:
    secret = await activated(app, camille)
    step(app)
    without = await press(camille, "/my-account/code/remove", code="")
    code = code_at(secret, step_of(app.clock()))
    removed = await press(camille, "/my-account/code/remove", code=code)

    assert (without.status, removed.status) == (400, 303)
    assert (await sign_in(app)).status == 303


async def agenda(app: App, camille: Visitor) -> str:
    """The path of an address of hers."""
    page = words((await press(camille, "/my-account/agenda")).text)
    (found,) = [one for one in page.split() if one.endswith(".ics")]
    return found[found.index("/agenda/") :]


async def test_the_agenda_is_read_at_its_address_until_it_is_taken_back(
    app: App, camille: Visitor
) -> None:
    first = await agenda(app, camille)
    second = await agenda(app, camille)
    async with visiting(desk_of(app)) as program:
        statuses = [(await program.at_once(one)).status for one in (first, second)]
        answer = await program.at_once(second)
        posted = await program.post(second, {})
        await press(camille, "/my-account/agenda/remove")
        ended = (await program.at_once(second)).status
        others = [
            (await program.at_once(path)).status
            for path in ("/agenda/", "/agenda/.ics", "/agenda/x.ics", f"{second}/x", second[:-4])
        ]
    shown = await camille.page("/my-account")

    assert statuses == [404, 200]
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert (posted.status, ended) == (404, 404)
    assert others == [404] * 5
    assert ".ics" not in shown
    acts = [one[1] for one in await acts_of(app)]
    assert acts[2:] == ["make-agenda", "make-agenda", "end-agenda"]


async def test_the_agenda_says_what_leaves_and_names_nobody(app: App, camille: Visitor) -> None:
    path = await agenda(app, camille)
    async with visiting(desk_of(app)) as program:
        text = (await program.at_once(path)).text
    calendar = Calendar.from_ical(text)
    titles = [str(one["summary"]) for one in calendar.walk("VEVENT")]
    uids = [str(one["uid"]) for one in calendar.walk("VEVENT")]

    assert any(one.startswith("Envoi : ") for one in titles)
    assert any(one.startswith("Billet à publier : ") for one in titles)
    assert "Chiffres à saisir : cybermois" in titles
    assert len(set(uids)) == len(uids)
    for person in ("Marie", "John", "Ana", "Camille", "example.org@", "marie@"):
        assert person not in text


async def test_whoever_is_in_by_no_account_has_none_of_it(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        page = words(await visitor.page("/my-account"))
        posted = await visitor.post("/my-account/agenda", {})

    assert "ni second code ni agenda" in page
    assert posted.status == 403


async def test_forms_of_elsewhere_change_nothing(app: App, camille: Visitor) -> None:
    form = form_of(await camille.page("/my-account"), "/my-account/code")
    statuses = [
        (await camille.post("/my-account/code", {})).status,
        (await camille.post("/my-account/code", form, Origin="https://ailleurs.example")).status,
        (await camille.post("/my-account/agenda", form)).status,
    ]
    mine = await app.own_account.of(await number_of(app))
    assert mine is not None

    assert statuses == [403] * 3
    assert (mine.begun, mine.has_agenda) == (None, False)


@pytest.mark.parametrize("role", Role)
async def test_every_role_has_an_account_of_its_own(app: App, role: Role) -> None:
    async with visiting(desk_of(app)) as found:
        link = await app.accounts.add(NAME, frozenset({role}), "Ana", app.clock())
        await found.post(f"/welcome/{link}", {"password": PASSWORD, "again": PASSWORD})
        path = await agenda(app, found)
        opened = (await found.at_once(path)).status

    assert opened == 200
