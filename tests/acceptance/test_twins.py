"""Posters and screens in a real browser: readable by everyone, on one page, whatever the text."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from scheduler.bootstrap import App
from scheduler.domain.errors import ReflexeError
from scheduler.domain.twins import Twin
from scheduler.flow.writing.twins import Asked, make
from tests.parts.browser import look, overflows, page, page_faults
from tests.worlds import make_world

T = TypeVar("T")

FIRST = "cybermois/1-fermer-sa-porte"
FULL_SCREEN = (1920, 1080)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    opened = ended(make_world(tmp_path_factory.mktemp("world")))
    yield opened
    ended(opened.close())


def ended(work: Coroutine[object, object, T]) -> T:
    """What it comes to; in a thread, because the browser keeps this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def every(app: App, kind: Twin) -> list[tuple[str, str]]:
    """(whose, page) of each twin that a message, an audience and a language have."""
    found = []
    for message in app.agenda.library.messages():
        for audience in app.agenda.audiences:
            for language in ("fr", "fr-falc", "en"):
                asked = Asked(message=message, kind=kind, audience=audience, language=language)
                try:
                    made = await make(app.agenda, app.ledger.tokens, asked, app.clock())
                except ReflexeError:
                    continue
                if made.source.variant == language:
                    found.append((f"{message} {audience} {language}", made.text))
    return found


@pytest.mark.parametrize("kind", [Twin.POSTER, Twin.SCREEN])
@pytest.mark.parametrize("language", ["fr", "fr-falc", "en"])
def test_everyone_can_read_it(
    reader: Page, app: App, tmp_path: Path, kind: Twin, language: str
) -> None:
    asked = Asked(message=FIRST, kind=kind, audience="patients", language=language)
    made = ended(make(app.agenda, app.ledger.tokens, asked, app.clock()))
    file = tmp_path / "page.html"
    file.write_text(made.text, encoding="utf-8")

    reader.goto(file.as_uri())
    for dark in (False, True):
        look(reader, size=FULL_SCREEN, dark=dark)
        assert page_faults(reader) == []
        assert not overflows(reader)


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_poster_prints_on_one_page(
    browser: Browser, app: App, tmp_path: Path, paper: str
) -> None:
    asked = Asked(message=FIRST, kind=Twin.POSTER, audience="patients", paper=paper)
    made = ended(make(app.agenda, app.ledger.tokens, asked, app.clock()))
    file = tmp_path / "page.html"
    file.write_text(made.text, encoding="utf-8")

    with page(browser, file.as_uri()) as opened:
        printed = opened.pdf(prefer_css_page_size=True)

    box = {"a4": (595, 842), "a3": (842, 1191)}[paper]
    assert printed.count(b"/Type /Page\n") == 1
    sizes = [
        tuple(round(float(one)) for one in line.split(b"[0 0 ")[1].split(b"]")[0].split())
        for line in printed.split(b"\n")
        if b"/MediaBox [0 0 " in line
    ]
    assert len(sizes) == 1
    assert all(abs(one - other) <= 1 for one, other in zip(sizes[0], box, strict=True))


def test_every_shipped_poster_and_screen_fits(browser: Browser, app: App) -> None:
    context = browser.new_context(viewport={"width": FULL_SCREEN[0], "height": FULL_SCREEN[1]})
    opened = context.new_page()
    overflowing = []
    for kind, height in (
        (Twin.POSTER, "document.querySelector('.sheet').clientHeight"),
        (Twin.SCREEN, "innerHeight"),
    ):
        shown = ended(every(app, kind))
        assert len(shown) > 80
        for whose, html in shown:
            opened.set_content(html)
            box = (
                "document.querySelector('.sheet')"
                if kind is Twin.POSTER
                else ("document.documentElement")
            )
            if opened.evaluate(f"{box}.scrollHeight > {height} + 1"):
                overflowing.append((kind, whose))
    context.close()
    assert overflowing == []
