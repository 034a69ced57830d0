"""The public pages in a real browser: readable by everyone, and harmless to open."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from scheduler.bootstrap import App
from scheduler.domain.tokens import OptOutToken
from scheduler.web.public import make_public
from tests.parts.browser import DESKTOP, PHONE, overflows, page, page_faults
from tests.serving import serving
from tests.worlds import make_world

T = TypeVar("T")

PAGES = ["email", "english", "trial", "short", "cut", "/aide", "/aide?lang=en"]
#: What 1280 pixels come to at four times the size (WCAG 1.4.10).
REFLOW = (320, 256)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    opened = ended(make_world(tmp_path_factory.mktemp("world")))
    yield opened
    ended(opened.close())


@pytest.fixture(scope="module")
def address(app: App) -> Iterator[str]:
    public = make_public(lambda: app, dict, words=lambda name: {}, ready=lambda: True)
    with serving(public) as served:
        yield served


def ended(work: Coroutine[object, object, T]) -> T:
    """What it comes to; in a thread, because the browser keeps this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def path_of(app: App, name: str) -> str:
    """The path of a page by its name in ``PAGES``; a path stands for itself."""
    if name.startswith("/"):
        return name
    (card,) = ended(app.people.find("A2" if name == "english" else "A1", None))
    if name == "short":
        return f"/{card.token}"
    assert card.email_id is not None
    token = OptOutToken(address=card.email_id, contact=card.contact, test=name == "trial")
    link = f"/d/{app.ledger.tokens.optout(token)}"
    return link[:-1] if name == "cut" else link


def opt_outs(app: App) -> set[str]:
    return {row.route for row in ended(app.people.opt_outs())}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_read_the_page(
    browser: Browser, app: App, address: str, name: str, dark: bool
) -> None:
    size = PHONE if dark else DESKTOP
    with page(browser, address + path_of(app, name), size=size, dark=dark) as opened:
        assert page_faults(opened) == []
        for width, height in (size, REFLOW):
            opened.set_viewport_size({"width": width, "height": height})
            assert not overflows(opened)


def test_opening_and_reloading_changes_nothing_even_with_scripts(
    browser: Browser, app: App, address: str
) -> None:
    before = opt_outs(app)

    for name in ("email", "short"):
        with page(browser, address + path_of(app, name)) as opened:
            opened.reload()
            assert opened.get_by_role("button").count() == 1
            assert opened.context.cookies() == []

    assert opt_outs(app) == before


def test_the_button_works_by_keyboard_without_scripts_and_may_be_pressed_twice(
    browser: Browser, app: App, address: str
) -> None:
    with page(browser, address + path_of(app, "email"), size=PHONE, script=False) as opened:
        button = opened.get_by_role("button", name="Ne plus recevoir ces messages")
        button.focus()
        opened.keyboard.press("Enter")
        opened.get_by_role("heading", name="C’est fait").wait_for()
        opened.reload()
        opened.get_by_role("heading", name="C’est fait").wait_for()
        opened.go_back()
        opened.get_by_role("button").click()
        opened.get_by_role("heading", name="C’est fait").wait_for()

    assert [row.route for row in ended(app.people.opt_outs())] == ["page"]


def test_the_last_page_is_readable_too(browser: Browser, app: App, address: str) -> None:
    for dark in (False, True):
        with page(browser, address + path_of(app, "trial"), size=PHONE, dark=dark) as opened:
            opened.get_by_role("button").click()
            opened.get_by_role("heading", name="C’est fait").wait_for()
            assert page_faults(opened) == []
            assert not overflows(opened)


def test_the_button_is_large_enough_for_a_thumb(browser: Browser, app: App, address: str) -> None:
    with page(browser, address + path_of(app, "short"), size=PHONE) as opened:
        box = opened.get_by_role("button").bounding_box()

    assert box is not None
    assert box["height"] >= 48
    assert box["width"] >= 300
    assert box["y"] + box["height"] <= PHONE[1]
