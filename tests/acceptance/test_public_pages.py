"""The public pages in a real browser: readable by everyone, and harmless to open."""

import asyncio
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from scheduler.bootstrap import App
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.web.public import make_public
from tests.parts.browser import DESKTOP, PHONE, look, overflows, page, page_faults
from tests.samples.desk import send_announcement
from tests.samples.public import visiting
from tests.serving import serving
from tests.worlds import make_world

T = TypeVar("T")

PAGES = [
    "email",
    "english",
    "trial",
    "short",
    "cut",
    "choices",
    "saved",
    "confirm",
    "mail sent",
    "SMS sent",
    "trio",
    "trio over",
]
PAGES += [
    f"{path}{language}"
    for path in (
        "/aide",
        "/quiz/verrou",
        "/quiz/verrou/feuille",
        "/quiz/verrou/attestation",
        "/verifier",
        "/engagements",
        "/mes-vrais-numeros",
        "/accessibilite",
        "/abonnement",
    )
    for language in ("", "?lang=en", "?lang=fr-falc")
]
#: How the list of what was sent names each channel.
CHANNELS = {"mail sent": "Courriel", "SMS sent": "SMS"}
#: What 1280 pixels come to at four times the size (WCAG 1.4.10).
REFLOW = (320, 256)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    joining = {"REFLEXE_WEB__SUBSCRIBE": "patients"}
    opened = ended(make_world(tmp_path_factory.mktemp("world"), environment=joining))
    ended(send_announcement(opened))
    yield opened
    ended(opened.close())


@pytest.fixture(scope="module")
def address(app: App) -> Iterator[str]:
    public = make_public(lambda: app, dict, ready=lambda: True)
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
    if name == "confirm":
        return f"/abonnement/{app.ledger.tokens.subscription(ended(asked(app)))}"
    if name.startswith("trio"):
        return f"/lecture/{ended(trio(app, is_over=name == 'trio over'))}"
    if name in CHANNELS:
        return f"/m/{ended(first_sent(app, CHANNELS[name]))}"
    (card,) = ended(app.people.find("A2" if name == "english" else "A1", None))
    if name == "short":
        return f"/{card.token}"
    assert card.email_id is not None
    token = OptOutToken(
        address_id=AddressId(card.email_id),
        contact_id=ContactId(card.contact),
        test=name == "trial",
    )
    opaque = app.ledger.tokens.optout(token)
    if name in ("choices", "saved"):
        return f"/preferences/{opaque}?done={name}"
    link = f"/d/{opaque}"
    return link[:-1] if name == "cut" else link


async def trio(app: App, *, is_over: bool) -> str:
    """The secret of a text that three people are asked to read."""
    ends = app.clock() + timedelta(days=0 if is_over else 7)
    words = ["Une porte d’entrée", "https://cyber.example.org/" + "x" * 300]
    text = "cybermois/annonce/email.staff.fr.md"
    made = await app.trios.make(text, "a" * 64, words, "Ana", ends, app.clock())
    assert isinstance(made, str)
    return made


async def asked(app: App) -> int:
    """The number of a request that waits for its confirmation."""
    form = {"email": "zoe@example.org", "agree": "1"}
    async with visiting(app) as visitor:
        await visitor.post("/abonnement", form)
    (waiting,) = await app.subscriptions.unconfirmed(app.clock(), 10)
    return waiting.request


async def first_sent(app: App, label: str) -> str:
    """The web address's id of a message of the list."""
    async with visiting(app) as visitor:
        _, page = await visitor.get("/verifier")
    found = re.search(rf'{label}</span>\s*<a href="m/(\w+)"', page)
    assert found is not None
    return found[1]


def opt_outs(app: App) -> set[str]:
    return {row.route for row in ended(app.people.opt_outs())}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_read_the_page(reader: Page, app: App, address: str, name: str) -> None:
    reader.goto(address + path_of(app, name))
    for size, dark in ((DESKTOP, False), (PHONE, True)):
        look(reader, size=size, dark=dark)
        assert page_faults(reader) == []
        for narrower in (size, REFLOW):
            look(reader, size=narrower, dark=dark)
            assert not overflows(reader)


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


def test_choices_are_made_by_keyboard_and_survive_reload_and_the_back_button(
    browser: Browser, app: App, address: str
) -> None:
    with page(browser, address + path_of(app, "choices"), size=PHONE, script=False) as opened:
        box = opened.get_by_role("group", name="Par SMS").get_by_label("Les rendez-vous")
        box.focus()
        opened.keyboard.press("Space")
        opened.get_by_role("button", name="Enregistrer mes choix").press("Enter")
        opened.get_by_role("status").wait_for()
        opened.reload()
        assert not box.is_checked()
        opened.go_back()
        assert not box.is_checked()
        opened.get_by_role("button", name="Enregistrer mes choix").click()
        opened.get_by_role("status").wait_for()

    assert ("sms", "events") in {(row.channel, row.scope) for row in ended(app.people.opt_outs())}


def test_the_form_says_what_is_missing_and_is_still_readable(
    browser: Browser, address: str
) -> None:
    for dark in (False, True):
        with page(browser, f"{address}/abonnement", size=PHONE, dark=dark) as opened:
            opened.get_by_label("Votre adresse électronique").fill("zoe@")
            opened.get_by_role("button").click()
            assert opened.get_by_role("alert").count() == 2
            assert page_faults(opened) == []
            assert not overflows(opened)


def test_the_button_is_large_enough_for_a_thumb(browser: Browser, app: App, address: str) -> None:
    with page(browser, address + path_of(app, "short"), size=PHONE) as opened:
        box = opened.get_by_role("button").bounding_box()

    assert box is not None
    assert box["height"] >= 48
    assert box["width"] >= 300
    assert box["y"] + box["height"] <= PHONE[1]
