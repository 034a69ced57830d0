"""A webinar added, moved and called off in a real browser, on a small telephone."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.bootstrap import App, app_on, open_app, with_newest_edits
from scheduler.config.loading import load
from tests.flow_world import REMINDERS, open_world, utc
from tests.parts.browser import overflows, page, page_faults
from tests.samples.ledger import REUNION, STAFF, person
from tests.serving import serving
from tests.unit.web.test_desk_changes import ANA, KIT, SEPTEMBER, desk_on
from tests.worlds import Clock

T = TypeVar("T")

SMALL_PHONE = (360, 740)


class Home:
    """An app that is renewed at each look, as the daemon's is."""

    def __init__(self, app: App) -> None:
        self.app = app

    def look(self) -> None:
        ended(self._look())

    async def _look(self) -> None:
        now = await with_newest_edits(self.app.configuration, self.app.ledger.database)
        self.app = app_on(now, self.app.ledger, self.app.clock)


async def make(folder: Path) -> Path:
    async with open_world(folder, KIT + REMINDERS) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await world.look(SEPTEMBER)
        return world.config


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    config = ended(make(tmp_path))
    found = Home(ended(open_app(load(config, {}), Clock(utc(10, 8, month=9)))))
    yield found
    ended(found.app.close())


def ended(work: Coroutine[object, object, T]) -> T:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def sound(opened: Page) -> None:
    assert page_faults(opened) == []
    assert not overflows(opened)


@pytest.mark.parametrize("script", [False, True], ids=["plain", "scripts"])
def test_a_webinar_is_added_moved_and_called_off(
    browser: Browser, home: Home, script: bool
) -> None:
    desk = desk_on(lambda: home.app, ANA)
    with serving(desk) as address, page(browser, address, size=SMALL_PHONE, script=script) as on:
        on.get_by_role("link", name="Ajouter un événement").click()
        on.get_by_label("Modèle d’événement").select_option("webinaire")
        on.get_by_role("button", name="Continuer").click()
        on.get_by_label("Date", exact=True).fill("2026-09-01")
        on.get_by_label("Heure de début").fill("14:30")
        on.get_by_label("Lieu, en bref").fill("en ligne")
        on.get_by_role("button", name="Voir ce que cela donnera").click()
        expect(on.get_by_role("alert")).to_contain_text("déjà passé")
        if script:
            sound(on)
        on.get_by_label("Date", exact=True).fill("2026-11-10")
        on.get_by_role("button", name="Voir ce que cela donnera").click()
        expect(on.get_by_text("Le recevraient")).to_have_count(2)
        if script:
            sound(on)
        on.get_by_role("button", name="Confirmer").click()
        expect(on.get_by_role("status")).to_have_text("C’est fait.")
        if script:
            sound(on)
        home.look()

        on.get_by_role("link", name="Déplacer l’événement").click()
        on.get_by_label("Date", exact=True).fill("2026-11-17")
        on.get_by_role("button", name="Voir ce que cela donnera").click()
        expect(on.get_by_text("prévu jusqu’ici le")).to_have_count(2)
        on.get_by_role("button", name="Confirmer").click()
        home.look()

        on.get_by_role("link", name="Annuler l’événement").click()
        expect(on.get_by_role("heading", name="Ne partira plus")).to_be_visible()
        on.get_by_role("button", name="Confirmer").click()
        home.look()
        expect(on.get_by_text("annulé", exact=True)).to_be_visible()

    event = home.app.configuration.campaign("webinaire-2026-11-10")
    assert event.cancelled
    assert f"{event.starts}" == "2026-11-17 14:30:00"
