"""The address on a poster, and the week's reflex as other programs read it."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest

from scheduler.bootstrap import App
from scheduler.domain.twins import Twin, open_word
from scheduler.flow.writing.twins import Asked, make
from tests.samples.desk import announced_world
from tests.samples.public import Visitor, visiting

SENT = "cybermois/annonce"


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with announced_world(tmp_path_factory.mktemp("announced")) as app:
        yield app


@pytest.fixture
async def visitor(announced: App) -> AsyncIterator[Visitor]:
    async with visiting(announced) as opened:
        yield opened


async def address(app: App, audience: str, language: str = "fr", message: str = SENT) -> str:
    """The path on its poster."""
    asked = Asked(message=message, kind=Twin.POSTER, audience=audience, language=language)
    made = await make(app.agenda, app.ledger.tokens, asked, app.clock())
    return made.address.removeprefix("https://cyber.example.org")


async def feed(visitor: Visitor) -> dict[str, Any]:
    status, text = await visitor.get("/flux.json")
    assert status == 200
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("audience", ["staff", "patients"])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_address_on_a_poster_leads_to_what_was_sent(
    visitor: Visitor, announced: App, audience: str, language: str
) -> None:
    path = await address(announced, audience, language)

    async with visitor.session.get(path, allow_redirects=False) as answer:
        assert answer.status == 303
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["Location"])
        assert answer.headers["Cache-Control"] == "no-cache"
    async with visitor.session.get(path) as page:
        assert page.status == 200
        assert f'<html lang="{language}"' in await page.text()


async def test_a_poster_of_what_is_yet_to_leave_says_no_more_than_an_unknown_one(
    visitor: Visitor, announced: App
) -> None:
    coming = await address(announced, "patients", message="cybermois/1-fermer-sa-porte")

    first, second = await visitor.get(coming), await visitor.get("/m/zzzzzzzz")

    assert first == second
    assert first[0] == 404


async def test_nobody_guesses_the_address_of_what_staff_got(visitor: Visitor) -> None:
    site = "https://cyber.example.org"

    for audience, found in (("staff", 404), ("patients", 303)):
        status, _ = await visitor.get(f"/m/{open_word(site, SENT, audience, 'fr')}")
        assert status == found


async def test_the_feed_is_of_patients_and_of_nobody_else(visitor: Visitor) -> None:
    found = await feed(visitor)

    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "https://cyber.example.org/flux.json"
    assert {one["language"] for one in found["items"]} == {"fr", "en"}
    for one in found["items"]:
        status, page = await visitor.get(one["url"].removeprefix("https://cyber.example.org"))
        assert status == 200
        assert one["id"] == one["url"]
        assert one["date_published"] == "2026-10-02T08:00:00Z"
        assert one["content_text"]
        assert one["content_text"].split("\n")[0][3:30] in page.replace("<strong>", "")
    listed = await visitor.get("/verifier")
    for one in found["items"]:
        assert one["url"].removeprefix("https://cyber.example.org/") in listed[1]


async def test_any_page_elsewhere_may_read_the_feed(visitor: Visitor) -> None:
    async with visitor.session.get("/flux.json") as answer:
        assert answer.headers["Content-Type"] == "application/feed+json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers


async def test_the_last_reflex_stays_until_there_is_another(visitor: Visitor) -> None:
    app = visitor.app
    before = await feed(visitor)
    now = app.clock()

    later = await visitor_items(app, now + timedelta(days=60))

    assert len(later) == len(before["items"]) > 0
    assert await visitor_items(app, now + timedelta(days=400)) == []


async def visitor_items(app: App, now: Any) -> list[Any]:
    from scheduler.flow.showing.public_pages import WebVersions

    return await WebVersions().week(app.public, lambda: app.writer, now)


async def test_a_recording_beside_a_message_is_heard_under_its_web_version(
    visitor: Visitor,
) -> None:
    """And under no other: not the English one's, nor the staff's."""
    app = visitor.app
    items = (await feed(visitor))["items"]
    plain = [one for one in items if one["language"] == "fr" and not one["tags"]]
    path = f"/m/{plain[0]['url'][-16:]}"
    async with visitor.session.get(path) as before:
        assert "<audio" not in await before.text()
        assert "media-src" not in before.headers["Content-Security-Policy"]
    assert (await visitor.get(f"{path}/voix.mp3"))[0] == 404
    file = app.configuration.templates / SENT / "voix.patients.fr.mp3"
    file.write_bytes(b"ID3 une voix")

    async with visitor.session.get(path) as page:
        assert f'src="{path[3:]}/voix.mp3"' in await page.text()
        assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    async with visitor.session.get(f"{path}/voix.mp3") as heard:
        assert heard.content_type == "audio/mpeg"
        assert await heard.read() == b"ID3 une voix"
    for one in (one for one in items if one not in plain):
        assert (await visitor.get(f"/m/{one['url'][-16:]}/voix.mp3"))[0] == 404
    file.write_bytes(b"")
    assert (await visitor.get(f"{path}/voix.mp3"))[0] == 404
    file.unlink()
