"""A session on the desk: how long it lasts, how it is renewed, and that leaving ends it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from scheduler.bootstrap import App
from scheduler.daemon.servers import Servers, listen
from scheduler.web.desk.sessions import MOST, Sessions
from tests.samples.desk import Visitor, desk_of, form_of, visiting
from tests.worlds import Clock

TOKEN = "un-jeton-d-essai-0123456789"


@pytest.fixture
async def visitors(app: App) -> AsyncIterator[tuple[Visitor, Visitor]]:
    """Somebody who came in with the token, and another browser before the same desk."""
    desk = desk_of(app, token=TOKEN)
    async with visiting(desk) as first, visiting(desk) as second:
        await first.get(f"/reports?token={TOKEN}")
        yield first, second


@pytest.fixture
def visitor(visitors: tuple[Visitor, Visitor]) -> Visitor:
    return visitors[0]


def step(app: App, **by: float) -> None:
    assert isinstance(app.clock, Clock)
    app.clock.step(timedelta(**by))


def cookie_of(visitor: Visitor) -> str:
    """The value their browser holds."""
    return {one.key: one.value for one in visitor.session.cookie_jar}["reflexe_desk"]


async def test_a_session_in_use_goes_on_and_ends_after_twelve_hours(
    app: App, visitor: Visitor
) -> None:
    statuses = []
    for _ in range(13):
        statuses.append((await visitor.get("/reports")).status)
        step(app, hours=1)

    assert statuses == [200] * 12 + [401]


async def test_a_session_that_nobody_uses_ends_after_two_hours(app: App, visitor: Visitor) -> None:
    step(app, hours=2)

    assert (await visitor.get("/reports")).status == 401


async def test_a_page_that_follows_its_files_by_itself_is_no_use_of_the_session(
    app: App, visitor: Visitor
) -> None:
    live = "/live/messages/cybermois/annonce"
    for _ in range(3):
        step(app, minutes=39)
        assert (await visitor.get(live)).status == 200
    step(app, minutes=39)

    assert (await visitor.get(live)).status == 401


async def opens(visitor: Visitor, value: str) -> bool:
    """Whether a session's value lets a browser in that has nothing else."""
    visitor.session.cookie_jar.clear()
    return (await visitor.get("/reports", Cookie=f"reflexe_desk={value}")).status == 200


async def test_in_use_it_gets_new_values_and_the_old_ones_open_nothing(
    app: App, visitors: tuple[Visitor, Visitor]
) -> None:
    visitor, other = visitors
    first = cookie_of(visitor)
    step(app, minutes=16)
    page = await visitor.page("/reports")
    second = cookie_of(visitor)

    # What a page was loading meanwhile still gets in, for a while.
    assert second != first
    assert await opens(other, first)
    step(app, minutes=6)
    assert not await opens(other, first)
    assert await opens(other, second)
    # A form that was open while the value changed is still good.
    assert (await visitor.post("/logout", form_of(page, "/logout"))).status == 303
    assert not await opens(other, second)


async def test_entering_again_ends_the_session_before(visitors: tuple[Visitor, Visitor]) -> None:
    visitor, other = visitors
    before = cookie_of(visitor)

    await visitor.get(f"/reports?token={TOKEN}")

    assert await opens(other, cookie_of(visitor))
    assert not await opens(other, before)


async def test_leaving_ends_the_session_even_for_who_kept_its_value(
    visitors: tuple[Visitor, Visitor],
) -> None:
    visitor, other = visitors
    kept = cookie_of(visitor)

    left = await visitor.post("/logout", form_of(await visitor.page("/reports"), "/logout"))

    assert (left.status, left.headers["Location"]) == (303, "/")
    assert 'reflexe_desk=""' in left.headers["Set-Cookie"]
    assert not await opens(other, kept)


async def test_a_restart_ends_every_session(app: App, visitor: Visitor) -> None:
    kept = cookie_of(visitor)

    async with visiting(desk_of(app, token=TOKEN)) as after:
        assert not await opens(after, kept)


async def test_on_loopback_there_is_nothing_to_leave(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        assert 'action="/logout"' not in await visitor.page("/reports")


async def test_behind_an_https_front_the_cookies_are_for_https_alone(app: App) -> None:
    listener = listen("127.0.0.1:0", "web.desk_bind")
    servers = Servers([(desk_of(app, token=TOKEN), listener)], ["127.0.0.1"])
    await servers.start()
    port = listener.getsockname()[1]
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as visitor:
            attributes = []
            for headers in ({}, {"X-Forwarded-Proto": "https"}):
                async with visitor.get(
                    f"/?token={TOKEN}", headers=headers, allow_redirects=False
                ) as answer:
                    attributes.append(answer.headers["Set-Cookie"])
    finally:
        await servers.stop()

    assert ["Secure" in one for one in attributes] == [False, True]
    assert all("HttpOnly" in one and "SameSite=strict" in one for one in attributes)


def test_so_many_sessions_at_once_and_the_oldest_goes_first() -> None:
    sessions, now = Sessions(), Clock().now

    values = [sessions.begin(now) for _ in range(MOST + 1)]

    assert sessions.find(values[0], now) is None
    assert all(sessions.find(value, now) for value in values[1:])
