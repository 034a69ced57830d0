"""What people do on the desk, in a real browser: without scripts, by keyboard, and told clearly."""

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.bootstrap import App, open_app
from scheduler.config.loading import load
from scheduler.domain.errors import Uncertain
from scheduler.domain.sending import Lane
from tests.flow_world import EVENT, open_world, utc
from tests.parts.browser import DESKTOP, overflows, page, page_faults
from tests.samples.desk import desk_of
from tests.samples.ledger import REUNION, STAFF, person
from tests.serving import serving
from tests.unit.flow.test_approval import FUITE, LEAK, ask
from tests.worlds import Clock

T = TypeVar("T")

TOKEN = "un-jeton-d-essai-0123456789"
SMALL_PHONE = (360, 740)
OCCURRENCE = "/calendar/webinaire/invitation/2026-09-22"
NOW = utc(22, 8, month=9)


async def make(folder: Path) -> Path:
    """One in doubt, three waiting, a sending that waits for a second person, a halt and a rest."""
    async with open_world(folder, EVENT + LEAK.lstrip("\n"), messages=FUITE) as world:
        await world.book.take_in(STAFF, *(person(number) for number in (1, 2, 3)))
        await world.book.take_in(STAFF, person(4, place=REUNION))
        world.email.refusals["p4@example.org"] = deque([Uncertain("perdu")])
        await world.at(utc(22, 6, month=9))
        await world.look(NOW)
        await ask(world, "Camille Moreau")
        await world.app.ledger.raise_halt("webinaire", "sms", "30007 filtered", NOW)
        await world.app.ledger.trip(Lane(channel="email", destination="orange"), "451", NOW)
        return world.config


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    config = ended(make(tmp_path))
    opened = ended(open_app(load(config, {}), Clock(NOW)))
    yield opened
    ended(opened.close())


@pytest.fixture
def address(app: App) -> Iterator[str]:
    with serving(desk_of(app, token=TOKEN)) as served:
        yield served


def ended(work: Coroutine[object, object, T]) -> T:
    """What it comes to; in a thread, because the browser keeps this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def press(opened: Page, button: str, name: str) -> None:
    """Type a name beside a button, and Enter."""
    form = opened.locator("form", has=opened.get_by_role("button", name=button, exact=True))
    form.get_by_label("Votre nom").fill(name)
    form.get_by_label("Votre nom").press("Enter")


def test_everyone_can_read_each_page_that_acts(browser: Browser, address: str) -> None:
    paths = ("/", OCCURRENCE, f"{OCCURRENCE}/cancel", "/uncertain", "/approvals")
    complaints: list[str] = []
    for dark, size in ((False, DESKTOP), (True, SMALL_PHONE)):
        with page(browser, f"{address}/?token={TOKEN}", size=size, dark=dark) as opened:
            opened.on("console", lambda one: complaints.append(one.text))
            for path in paths:
                opened.goto(address + path)
                closed = opened.locator("details:not([open]) > summary:visible")
                while closed.count():
                    closed.first.click()
                assert page_faults(opened) == [], path
                assert not overflows(opened), path
    assert complaints == []


def test_everything_is_stopped_and_goes_on_without_scripts(browser: Browser, address: str) -> None:
    with page(browser, f"{address}/?token={TOKEN}", size=SMALL_PHONE, script=False) as opened:
        opened.get_by_text("Tout arrêter", exact=True).first.click()
        press(opened, "Tout arrêter", "Camille")
        banner = opened.get_by_role("region", name="Tout est arrêté")
        expect(banner).to_contain_text("Par Camille")
        expect(banner).to_contain_text("0 envoyé, 3 en attente, 0 en cours de remise")
        with page(browser, f"{address}/?token={TOKEN}") as other:
            assert page_faults(other) == []

        # The name is there already.
        opened.get_by_role("button", name="Tout reprendre").click()
        expect(banner).to_have_count(0)


def test_a_halted_campaign_is_let_go_on_by_keyboard(browser: Browser, address: str) -> None:
    with page(browser, f"{address}/?token={TOKEN}", size=SMALL_PHONE, script=False) as opened:
        expect(opened.get_by_role("region", name="Ce qui se repose")).to_contain_text("vers orange")
        summary = opened.locator("summary", has_text="Laisser repartir")
        summary.focus()
        opened.keyboard.press("Enter")
        press(opened, "Laisser repartir", "Camille")

        expect(summary).to_have_count(0)


def test_a_name_of_spaces_is_told_at_once_where_it_lacks(browser: Browser, address: str) -> None:
    with page(browser, f"{address}{OCCURRENCE}?token={TOKEN}") as opened:
        opened.get_by_text("Mettre en pause").first.click()
        press(opened, "Mettre en pause", "   ")
        summary = opened.get_by_role("alert")
        expect(summary).to_be_focused()
        assert page_faults(opened) == []

        summary.get_by_role("link", name="Aller à ce champ").click()
        opened.keyboard.type("Camille")
        opened.keyboard.press("Enter")

        expect(opened.get_by_text("en pause", exact=True)).to_be_visible()
        expect(opened.get_by_role("button", name="Reprendre cet envoi")).to_be_visible()


def test_cancelling_asks_once_more_and_back_does_not_do_it_again(
    browser: Browser, address: str
) -> None:
    with page(browser, f"{address}{OCCURRENCE}?token={TOKEN}", script=False) as opened:
        opened.get_by_role("link", name="Annuler cet envoi").click()
        expect(opened.get_by_role("heading", level=1)).to_have_text("Annuler pour de bon\u202f?")
        press(opened, "Oui, annuler pour de bon", "Camille")
        expect(opened.get_by_text("annulé", exact=True)).to_be_visible()

        opened.go_back()

        assert opened.url.startswith(f"{address}{OCCURRENCE}")
        expect(opened.get_by_role("button", name="Oui, annuler pour de bon")).to_have_count(0)


def test_a_second_person_reads_and_allows_and_leaving_closes_the_desk(
    browser: Browser, address: str
) -> None:
    with page(browser, f"{address}/?token={TOKEN}", script=False) as opened:
        opened.get_by_role("link", name="Relire et autoriser").click()
        press(opened, "Autoriser l’envoi", "Camille Moreau")
        expect(opened.get_by_role("alert")).to_contain_text("une autre personne doit le faire")
        press(opened, "Autoriser l’envoi", "Sacha Petit")
        opened.wait_for_url("**/calendar/fuite/avis/*")

        opened.get_by_role("button", name="Quitter").click()

        expect(opened.get_by_label("Jeton d’accès")).to_be_visible()
        assert opened.context.cookies() == []


def test_a_message_in_doubt_is_decided(browser: Browser, address: str) -> None:
    with page(browser, f"{address}/uncertain?token={TOKEN}", script=False) as opened:
        one = opened.locator(".doubts li")
        one.get_by_label("Votre nom").fill("Camille")
        one.get_by_role("button", name="Noter comme parti").click()

        expect(opened.get_by_text("Aucun message en doute.")).to_be_visible()
