"""« Affiche », « Écran », « Publication », « Intranet », « Voix », beside each message."""

import re
from datetime import UTC, datetime
from html import unescape

import aiohttp
import pytest

from scheduler.bootstrap import App
from scheduler.content.drawings import size
from scheduler.domain.twins import Twin
from tests.samples.desk import Visitor, desk_of, send_announcement, visiting, words
from tests.worlds import Clock

FIRST = "cybermois/1-fermer-sa-porte"
TWINS = f"/twins/{{}}/{FIRST}?audience=patients&variant=fr"
FILES = f"/frames/twins/{{}}/{FIRST}?audience=patients&variant=fr"


async def test_each_twin_is_a_link_beside_its_message(visitor: Visitor) -> None:
    page = await visitor.page(f"/messages/{FIRST}?audience=patients&variant=fr")

    links = dict(re.findall(r'<a href="(/twins/[^"]+)">([^<]+)</a>', page))
    assert list(links.values()) == ["Affiche", "Écran", "Publication", "Intranet", "Voix"]
    for address, name in links.items():
        assert f"<h1>{name}</h1>" in await visitor.page(unescape(address))


async def test_a_poster_and_a_screen_open_by_themselves_and_are_locked_up(
    visitor: Visitor,
) -> None:
    for kind in (Twin.POSTER, Twin.SCREEN, Twin.INTRANET):
        answer = await visitor.get(FILES.format(kind))

        assert answer.status == 200
        assert "Un mot de passe rien que pour ma messagerie." in answer.text
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert FILES.format(kind) in unescape(await visitor.page(TWINS.format(kind)))


async def test_a_post_says_its_length_and_its_day_and_brings_its_picture(
    visitor: Visitor,
) -> None:
    page = await visitor.page(TWINS.format(Twin.POST))
    session: aiohttp.ClientSession = visitor.session

    assert re.search(r"\d{3} signes, sur 3 ?000", words(page).replace("\u202f", " "))
    assert re.search(r"Jour conseillé : mardi \d octobre \d{4}, 8 h 30", words(page))
    assert "Le paillasson souhaite la bienvenue" in page
    async with session.get(FILES.format(Twin.POST)) as answer:
        assert answer.content_type == "image/png"
        assert size(await answer.read()) == (1200, 627)


async def test_a_voice_has_its_script_and_the_name_of_its_recording(visitor: Visitor) -> None:
    page = await visitor.page(TWINS.format(Twin.AUDIO))

    assert "barre oblique" in page
    assert f"templates/{FIRST}/voix.patients.fr.mp3" in page
    assert (await visitor.get(FILES.format(Twin.AUDIO))).status == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/twins/statue/{FIRST}",
        "/twins/poster/nulle/part",
        "/twins/poster/../../etc/passwd",
        f"/twins/poster/{FIRST}?audience=personne",
        f"/frames/twins/statue/{FIRST}",
    ],
)
async def test_what_there_is_not_is_not_found(visitor: Visitor, path: str) -> None:
    assert (await visitor.get(path)).status == 404


async def test_a_fault_of_its_text_is_told_in_place_of_the_twin(visitor: Visitor, app: App) -> None:
    text = app.configuration.templates / FIRST / "email.patients.fr.md"
    text.write_text(text.read_text().replace("{{ prenom }}", "{{ prenon }}"))

    page = await visitor.page(TWINS.format(Twin.POSTER))

    assert "« prenon »" in words(page).replace("\u00a0", " ")
    assert (await visitor.get(FILES.format(Twin.POSTER))).status == 404


@pytest.mark.parametrize(
    ("day", "line", "reminded"),
    [(2, True, True), (3, True, True), (2, False, False), (4, True, False), (6, True, False)],
)
async def test_the_calendar_reminds_of_a_post_on_its_day_and_no_longer(
    app: App, day: int, line: bool, reminded: bool
) -> None:
    """The announcement left on Friday 2 October 2026."""
    if line:
        sheet = app.configuration.templates / "cybermois/annonce/message.yaml"
        block = 'twin: {all: {fr: {post: "Octobre commence par une porte."}}}\n'
        sheet.write_text(sheet.read_text().partition("twin:")[0] + block)
    await send_announcement(app)
    assert isinstance(app.clock, Clock)
    app.clock.now = datetime(2026, 10, day, 8, tzinfo=UTC)

    async with visiting(desk_of(app)) as visitor:
        page = await visitor.page("/")

    assert ("À publier sur les réseaux" in page) is reminded
    assert ('href="/twins/post/cybermois/annonce"' in page) is reminded
