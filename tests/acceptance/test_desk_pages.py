"""The desk in a real browser: readable by everyone, at every width, and harmless to open."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from scheduler.bootstrap import App
from scheduler.domain.calendar.newcomers import Entry
from scheduler.inbox.reports.reading import read_report
from scheduler.sources.dropped import Order
from scheduler.store.schema.newcomer_tables import newcomer
from scheduler.web.desk.dropped_child import drops_of, set_to_work
from tests.parts.browser import DESKTOP, look, overflows, page, page_faults
from tests.parts.processes import wait_until
from tests.samples.desk import desk_of, keep_october, rehearse_october
from tests.samples.report import dsn
from tests.serving import serving
from tests.worlds import STAFF, make_world

T = TypeVar("T")

HOSTILE = "<img src=x onerror=document.title=`pwned`>"
TOKEN = "un-jeton-d-essai-0123456789"
TO_900 = "(scrollTo(0, 900), scrollY)"
SMALL_PHONE = (360, 740)
PAGES = [
    "/",
    "/calendar/cybermois/1-fermer-sa-porte/2026-10-04",
    "/messages",
    "/messages/cybermois/1-fermer-sa-porte",
    "/twins/poster/cybermois/1-fermer-sa-porte",
    "/twins/post/cybermois/1-fermer-sa-porte",
    "/twins/intranet/cybermois/1-fermer-sa-porte",
    "/twins/audio/cybermois/1-fermer-sa-porte",
    "/outbox",
    "/reports",
    "/law",
    "/quizzes",
    "/battle",
    "/optouts",
    "/figures",
    "/newcomers",
    "/sources",
    "/season",
    "/calendar/cybermois/annonce/2026-10-02/send",
    "/changes",
    "/change/event-created",
    "/change/event-created?kit=webinaire",
    "/change/event-created?kit=webinaire&look=1&date=demain",
    "/change/event-created?kit=webinaire&look=1&date=2027-03-16&hour=14:30&for-staff=on",
    "/change/skipped?of=cybermois/bilan/2026-11-05",
    "/audit",
    "/my-account",
    "/help",
    "/people",
    "/files",
    "/accounts",
    "/whose",
    "/uncertain",
    "/approvals",
    "/outbox/1",
    "/outbox/1/1",
    "/nowhere",
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, App, Path]]:
    folder = tmp_path_factory.mktemp("world")
    app = ended(
        make_world(
            folder,
            staff=STAFF.replace("Marie", HOSTILE),
            environment={"REFLEXE_TRIALS__TO": '["camille@example.org"]'},
        )
    )
    keep_october(app)
    rehearsal = ended(rehearse_october(app, folder / "rehearsal"))
    ended(app.ledger.raise_alarm("slot-missed", "cybermois/x/2026-01-01", HOSTILE, app.clock()))
    report = read_report(dsn(said=f"smtp; 550 5.1.1 {HOSTILE}", recipient="marie@example.org"))
    ended(app.bounces.take_unproven([report], app.clock()))
    held = {"contact_id": 1, "entered_on": "2026-09-28", "state": Entry.HELD.value}
    row = newcomer.insert().values(**held, at=app.clock())
    ended(app.ledger.database.write(lambda connection: connection.execute(row)))
    yield app, rehearsal, folder / "rehearsal"
    ended(rehearsal.close())
    ended(app.close())


@pytest.fixture(scope="module")
def address(world: tuple[App, App, Path]) -> Iterator[str]:
    app, rehearsal, folder = world
    with serving(desk_of(app, rehearsal, folder=folder)) as served:
        yield served


@pytest.fixture(scope="module")
def locked_address(world: tuple[App, App, Path]) -> Iterator[str]:
    """The same desk, bound where others may come."""
    app, rehearsal, folder = world
    with serving(desk_of(app, rehearsal, folder=folder, token=TOKEN)) as served:
        yield served


def ended(work: Coroutine[object, object, T]) -> T:
    """What it comes to; in a thread, because the browser keeps this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def first_message(opened: Page, address: str) -> None:
    """From the outbox's list to a person, and to the first of their messages."""
    opened.goto(f"{address}/outbox")
    opened.locator("tbody a").first.click()
    opened.locator(".timeline a").first.click()


@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_read_the_page(reader: Page, address: str, path: str) -> None:
    reader.goto(address + path)
    for size, dark in ((DESKTOP, False), (SMALL_PHONE, True)):
        look(reader, size=size, dark=dark)
        assert page_faults(reader) == []
        assert not overflows(reader)


def test_everyone_can_read_a_file_that_was_dropped(
    reader: Page, world: tuple[App, App, Path], address: str
) -> None:
    app, _, _ = world
    rows = "matricule;prenom;email;autre chose\nZ1;Zoé;zoe@example.org;x\nZ2;Yves;yves@example;\n"
    drop = drops_of(app.configuration).put(rows.encode(), "staff", "Ana", app.clock())
    assert drop is not None
    assert set_to_work(app.configuration, drop, Order(mode="replace", by="Ana"), app.clock())
    wait_until(lambda: drop.answer() is not None, "the file was read")
    reader.goto(f"{address}/files/{drop.id}")
    assert reader.locator("select").count() >= 5
    for size, dark in ((DESKTOP, False), (SMALL_PHONE, True)):
        look(reader, size=size, dark=dark)
        assert page_faults(reader) == []
        assert not overflows(reader)
        # Whatever is to be chosen or read of a column or a row is in sight, and not behind a bar.
        for one in ("select[name^='column-']", "td[data-title='Raison']", "#own"):
            box = reader.locator(one).first.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= size[0]
        tick, label = (reader.locator(one).bounding_box() for one in ("#own", "label[for=own]"))
        assert tick is not None
        assert label is not None
        assert tick["x"] + tick["width"] <= label["x"]
        assert tick["y"] < label["y"] + 24


def test_the_menu_is_folded_where_there_is_little_room(reader: Page, address: str) -> None:
    reader.goto(f"{address}/")
    menu, fold = reader.locator(".menu"), reader.locator(".fold summary")
    look(reader, size=DESKTOP, dark=False)
    assert (menu.is_visible(), fold.is_visible()) == (True, False)
    look(reader, size=SMALL_PHONE, dark=False)
    assert (menu.is_visible(), fold.is_visible()) == (False, True)
    fold.click()
    assert menu.is_visible()
    assert not overflows(reader)


def test_everyone_can_read_the_report_of_a_season(
    reader: Page, world: tuple[App, App, Path]
) -> None:
    with serving(desk_of(world[1])) as served:
        reader.goto(f"{served}/season")
        # Worked out behind the page, which comes back by itself.
        reader.locator("svg.chart").nth(2).wait_for()
        for size, dark in product((SMALL_PHONE, (700, 900)), (False, True)):
            look(reader, size=size, dark=dark)
            assert page_faults(reader) == []
            assert not overflows(reader)


def test_a_newcomer_finds_a_message_without_scripts(browser: Browser, address: str) -> None:
    with page(browser, address, size=SMALL_PHONE, script=False) as opened:
        opened.locator(".fold summary").click()
        opened.get_by_role("link", name="Boîte d’envoi").click()
        opened.get_by_text("Répétition", exact=True).first.wait_for()
        opened.get_by_role("link", name="Léo").click()
        opened.locator(".timeline a").first.click()
        frame = opened.frame_locator("iframe").first
        frame.get_by_text("Bonjour Léo").wait_for()

        optout = opened.get_by_role("link", name="Ouvrir la page de désinscription")
        assert (optout.get_attribute("href") or "").startswith("http://127.0.0.1:8081/d/")


def test_the_selectors_change_what_is_shown(browser: Browser, address: str) -> None:
    with page(browser, f"{address}/messages/cybermois/annonce", script=False) as opened:
        opened.get_by_role("link", name="Usagers", exact=True).click()
        opened.get_by_role("link", name="sombre").click()
        opened.get_by_label("Lecteur").select_option(label="sans prénom")
        opened.get_by_role("button", name="Afficher").click()
        frame = opened.frame_locator("iframe").first
        frame.get_by_text("Bonjour,", exact=True).wait_for()

        chosen = opened.locator(".selectors [aria-current]").all_inner_texts()
        assert chosen == ["Usagers", "français", "sombre"]
        background = frame.locator("body").evaluate(
            "body => getComputedStyle(body).backgroundColor"
        )
        assert background == "rgb(17, 24, 27)"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_light_preview_is_light_on_any_screen(browser: Browser, address: str, dark: bool) -> None:
    with page(browser, f"{address}/messages/cybermois/annonce", dark=dark) as opened:
        body = opened.frame_locator("iframe").first.locator("body")

        background = body.evaluate("body => getComputedStyle(body).backgroundColor")
        assert background == "rgb(243, 240, 234)"


def test_the_page_follows_the_file_and_stays_where_it_was(
    browser: Browser, address: str, world: tuple[App, App, Path]
) -> None:
    file = world[0].configuration.templates / "cybermois/bilan/sms.staff.fr.txt"
    with page(browser, f"{address}/messages/cybermois/bilan?audience=staff") as opened:
        opened.get_by_text("Cette page suit vos fichiers").wait_for()
        opened.get_by_text("Les en-têtes").click()
        wait_until(lambda: opened.evaluate(TO_900) == 900, "the page is as long as that")

        file.write_text("Une autre phrase, juste écrite.", encoding="utf-8")

        opened.locator(".bubble", has_text="Une autre phrase, juste écrite.").wait_for()
        wait_until(lambda: opened.evaluate("scrollY") == 900, "the page is where it was")
        assert opened.locator("#raw-headers").get_attribute("open") is not None


def test_it_follows_without_scripts_too_for_who_asks(
    browser: Browser, address: str, world: tuple[App, App, Path]
) -> None:
    file = world[0].configuration.templates / "cybermois/bilan/sms.staff.fr.txt"
    url = f"{address}/messages/cybermois/bilan?audience=staff"
    with page(browser, url, script=False) as opened:
        opened.get_by_role("link", name="La recharger toutes les deux secondes").click()
        opened.get_by_role("link", name="Ne plus la recharger").wait_for()

        file.write_text("Encore une autre phrase.", encoding="utf-8")

        opened.locator(".bubble", has_text="Encore une autre phrase.").wait_for()


def test_hostile_names_run_nothing_on_the_page_nor_in_its_frames(
    browser: Browser, address: str
) -> None:
    complaints: list[str] = []
    with page(browser, address) as opened:
        opened.on("console", lambda one: complaints.append(one.text))
        first_message(opened, address)
        opened.wait_for_load_state("networkidle")
        titles = [frame.title() for frame in opened.frames]

        assert HOSTILE in opened.frame_locator("iframe").first.locator("body").inner_text()
    assert "pwned" not in titles
    assert complaints == []


def test_a_frame_has_no_origin_no_cookie_and_no_way_out(
    browser: Browser, locked_address: str
) -> None:
    with page(browser, f"{locked_address}/messages/cybermois/annonce?token={TOKEN}") as opened:
        opened.frame_locator("iframe").first.get_by_text("Bonjour Camille").wait_for()
        inside = opened.frames[1]

        assert opened.url == f"{locked_address}/messages/cybermois/annonce"
        assert [cookie["httpOnly"] for cookie in opened.context.cookies()] == [True]
        # The browser's own tool may run what the page may not: it has no origin to speak for.
        assert inside.evaluate("self.origin") == "null"
        inside.locator("a").first.evaluate("link => link.click()")
        opened.wait_for_timeout(200)
        assert all("example.org" not in frame.url for frame in opened.frames)


def test_the_login_is_readable_and_works_by_keyboard(browser: Browser, locked_address: str) -> None:
    with page(browser, locked_address, size=SMALL_PHONE, script=False) as opened:
        opened.get_by_label("Jeton d’accès").fill("faux")
        opened.keyboard.press("Enter")
        opened.get_by_role("alert").wait_for()
        opened.get_by_label("Jeton d’accès").fill(TOKEN)
        opened.keyboard.press("Enter")
        opened.get_by_role("heading", name="Les douze mois qui viennent").wait_for()
    with page(browser, locked_address, size=SMALL_PHONE) as opened:
        assert page_faults(opened) == []
        assert not overflows(opened)
