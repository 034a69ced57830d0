"""Who gets to read the desk, and who only learns that there is one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.web.desk import access
from tests.samples.desk import Visitor, desk_of, keep_october, visiting
from tests.worlds import Clock, make_world

TOKEN = "un-jeton-d-essai-0123456789"
PAGES = ("/", "/messages", "/messages/cybermois/annonce", "/outbox", "/outbox/1", "/nowhere")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    keep_october(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    """Before a desk that asks for its token."""
    async with visiting(desk_of(app, token=TOKEN)) as found:
        yield found


async def test_without_the_token_every_page_is_the_same_and_tells_nothing(
    visitor: Visitor,
) -> None:
    parts = ("/frames/messages/cybermois/annonce", "/live/messages/cybermois/annonce")
    answers = [await visitor.get(path) for path in (*PAGES, *parts)]

    assert {answer.status for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert "Essai" not in answers[0].text
    assert "Set-Cookie" not in answers[0].headers


async def test_the_token_in_the_address_opens_a_session_and_leaves_the_address(
    visitor: Visitor,
) -> None:
    entered = await visitor.get(f"/messages?token={TOKEN}&audience=staff")
    cookie = entered.headers["Set-Cookie"]

    assert (entered.status, entered.headers["Location"]) == (303, "/messages?audience=staff")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert [(await visitor.get(path)).status for path in PAGES[:3]] == [200, 200, 200]


async def test_the_form_opens_a_session_too(visitor: Visitor) -> None:
    entered = await visitor.post("/login", {"token": TOKEN})

    assert (entered.status, entered.headers["Location"]) == (303, "/")
    assert (await visitor.get("/")).status == 200


async def test_each_login_has_a_session_of_its_own(visitor: Visitor) -> None:
    first, second = [await visitor.get(f"/?token={TOKEN}") for _ in range(2)]

    assert first.headers["Set-Cookie"] != second.headers["Set-Cookie"]


@pytest.mark.parametrize("forged", ["", "x", "9999999999.x.y", "9999999999.é", "..", "1.2.3.4"])
async def test_a_cookie_made_by_somebody_else_opens_nothing(visitor: Visitor, forged: str) -> None:
    assert (await visitor.get("/", Cookie=f"reflexe_desk={forged}")).status == 401


async def test_a_session_of_another_token_opens_nothing(app: App, visitor: Visitor) -> None:
    async with visiting(desk_of(app, token="un-autre-jeton-0123456789")) as elsewhere:
        entered = await elsewhere.get("/?token=un-autre-jeton-0123456789")
        cookie = entered.headers["Set-Cookie"].partition(";")[0]

    assert (await visitor.get("/", Cookie=cookie)).status == 401


async def test_wrong_tokens_are_slowed_down_and_the_right_one_never(
    app: App, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "SLOWED_SECONDS", 0.01)
    wrong = [await visitor.get(f"/?token=faux-{number}") for number in range(10)]
    slowed = await visitor.get("/?token=faux-10")
    right = await visitor.get(f"/?token={TOKEN}")
    machine = await visitor.get("/metrics", Authorization=f"Bearer {TOKEN}")
    assert isinstance(app.clock, Clock)
    app.clock.step(timedelta(seconds=61))
    later = await visitor.get("/?token=faux-11")

    assert {answer.status for answer in wrong} == {401}
    assert "n’est pas le bon" in wrong[0].text
    assert (slowed.status, right.status, machine.status, later.status) == (429, 303, 200, 401)


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Origin", "https://ailleurs.example", 403),
        ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-site", 403),
        ("Sec-Fetch-Site", "same-origin", 303),
        # What a browser says for a page that keeps its address to itself, as ours do.
        ("Origin", "null", 303),
    ],
)
async def test_a_form_of_another_site_is_refused(
    visitor: Visitor, header: str, value: str, status: int
) -> None:
    entered = await visitor.post("/login", {"token": TOKEN}, **{header: value})

    assert entered.status == status


@pytest.mark.parametrize("path", ["/%2Failleurs.example/", "/%5Cailleurs.example/"])
async def test_entering_never_leads_elsewhere(visitor: Visitor, path: str) -> None:
    entered = await visitor.get(f"{path}?token={TOKEN}")

    assert entered.status == 303
    assert not entered.headers["Location"].startswith(("//", "/\\", "http"))


async def test_the_style_and_the_health_need_no_token(visitor: Visitor) -> None:
    for path in ("/static/desk.css", "/static/icon.svg", "/healthz", "/readyz"):
        assert (await visitor.get(path)).status == 200


async def test_what_machines_ask_of_any_site_needs_no_token(visitor: Visitor) -> None:
    robots = await visitor.get("/robots.txt")
    security = await visitor.get("/.well-known/security.txt")
    async with visitor.session.get("/favicon.ico") as answer:
        icon = answer.status, answer.headers["Content-Type"]

    assert (robots.status, robots.text) == (200, "User-agent: *\nDisallow: /\n")
    assert security.text.startswith("Contact: mailto:")
    assert icon == (200, "image/x-icon")


async def test_on_loopback_only_names_of_this_machine_are_answered(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        for host in ("127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"):
            assert (await visitor.get("/", Host=host)).status == 200
        for host in ("ailleurs.example", "127.0.0.1.ailleurs.example:8080", "localhost.example"):
            refused = await visitor.get("/", Host=host)
            assert refused.status == 421
            assert "Essai" not in refused.text
