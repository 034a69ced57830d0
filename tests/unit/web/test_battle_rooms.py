"""Rooms of the password battle: opened on the desk, played on the public site, kept in memory."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from scheduler.bootstrap import App
from scheduler.domain.quizzes.room import MOST_TEAMS
from scheduler.web.battle.rooms import MOST_ROOMS, Rooms
from scheduler.web.public import make_public
from scheduler.web.public.room_pages import EACH
from tests.samples.battle import ON, hall_of
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.serving import serving
from tests.worlds import Clock, make_world

BAD_NAME = "<img src=x onerror=1>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hall:
    """The desk of a host, and the public site where the telephones are."""

    app: App
    rooms: Rooms
    desk: Visitor
    site: aiohttp.ClientSession

    async def act(self, action: str, **fields: str) -> int:
        form = form_of(await self.desk.page("/battle"), action)
        return (await self.desk.post(action, {**form, **fields})).status

    async def open(self) -> str:
        assert await self.act("/battle", hours="2") == 303
        return self.rooms.all(self.app.clock())[-1].code

    async def post(self, path: str, **fields: str) -> tuple[int, Any]:
        async with self.site.post(path, data=fields) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text.startswith("{") else text

    async def get(self, path: str) -> tuple[int, str, Any]:
        async with self.site.get(path, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers

    async def join(self, code: str, name: str) -> Any:
        status, team = await self.post(f"/jouer/{code}/equipe", name=name)
        assert status == 200, team
        return team

    async def state(self, code: str) -> Any:
        return json.loads((await self.get(f"/jouer/{code}/etat"))[1])


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    app, rooms = await make_world(tmp_path, environment=ON), Rooms()
    async with AsyncExitStack() as opened:
        sites = opened.enter_context(hall_of(app, rooms))
        jars = aiohttp.CookieJar(unsafe=True), aiohttp.DummyCookieJar()
        sessions = [
            await opened.enter_async_context(aiohttp.ClientSession(site, cookie_jar=jar))
            for site, jar in zip(sites, jars, strict=True)
        ]
        yield Hall(app=app, rooms=rooms, desk=Visitor(session=sessions[0]), site=sessions[1])
        await app.close()


async def test_a_round_is_played_and_everything_is_forgotten(hall: Hall) -> None:
    code = await hall.open()
    team = await hall.join(code, "Urgences")
    early, _ = await hall.post(f"/jouer/{code}/points", **proof(team), round="1", points="9")
    await hall.act(f"/battle/{code}", act="begin")
    played, _ = await hall.post(f"/jouer/{code}/points", **proof(team), round="1", points="9")
    during = await hall.state(code)
    await hall.act(f"/battle/{code}", act="end")
    late, _ = await hall.post(f"/jouer/{code}/points", **proof(team), round="1", points="24")
    console = words(await hall.desk.page("/battle"))
    await hall.act(f"/battle/{code}", act="close")
    gone = [
        (await hall.get(f"/jouer/{code}{page}"))[0] for page in ("", "/ecran", "/etat", "/noms")
    ]

    assert (early, played, late) == (409, 204, 409)
    assert during["teams"] == [[1, 9, 9]]
    assert (during["round"], during["open"], during["over"]) == (1, True, False)
    assert "Manche 1 sur 5, finie." in console
    assert "Urgences manche : 9" in console.replace("\u00a0", " ")
    # Its pages are the one where a code is typed; what its scripts ask for never comes again.
    assert gone == [404, 404, 410, 410]
    assert await acts_of(hall.app) == [
        ("Camille Moreau", "open-room", "battle"),
        ("Camille Moreau", "close-room", "battle"),
    ]


async def test_a_room_is_played_to_its_end_with_the_rounds_it_was_opened_with(
    hall: Hall,
) -> None:
    code = await hall.open()
    text = hall.app.configuration.templates / "_pages" / "bataille.fr.yaml"
    whole = text.read_text(encoding="utf-8")
    text.write_text(re.sub(r"^  - \"(?!Échauffement).*\n", "", whole, flags=re.M), encoding="utf-8")
    _, page, _ = await hall.get(f"/jouer/{code}/ecran")
    other = await hall.open()
    _, short, _ = await hall.get(f"/jouer/{other}/ecran")

    assert len(rounds_of(page)["fr"]) == 5
    assert {language: len(asked) for language, asked in rounds_of(short).items()} == {
        "fr": 1,
        "en": 1,
    }
    opened = hall.rooms.find(other, hall.app.clock())
    assert opened is not None
    assert opened.rounds == 1


def rounds_of(page: str) -> dict[str, list[str]]:
    data = re.search(r'id="data">(.*?)</script>', page, re.S)
    assert data is not None
    told = json.loads(data[1])["languages"]
    return {language: one["rounds"] for language, one in told.items()}


def proof(team: Any) -> dict[str, str]:
    return {"team": str(team["team"]), "key": team["key"]}


async def test_nothing_of_a_game_is_in_the_ledger_or_the_log(
    hall: Hall, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = await hall.open()
    team = await hall.join(code, "Les Zèbres Uniques")
    await hall.act(f"/battle/{code}", act="begin")
    await hall.post(f"/jouer/{code}/points", **proof(team), round="1", points="17")
    await hall.act(f"/battle/{code}", drop="1")
    told = "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    for one in ("Zèbres", "Z\\u00e8bres", code, team["key"]):
        assert one not in told
        assert one.encode() not in kept


async def test_a_team_with_a_bad_name_is_dropped_and_shown_escaped(hall: Hall) -> None:
    code = await hall.open()
    team = await hall.join(code, BAD_NAME)
    console = await hall.desk.page("/battle")
    _, names, headers = await hall.get(f"/jouer/{code}/noms")
    await hall.act(f"/battle/{code}", act="begin")
    await hall.act(f"/battle/{code}", drop="1")
    refused, _ = await hall.post(f"/jouer/{code}/points", **proof(team), round="1", points="9")

    assert "<img src=x" not in console
    assert "&lt;img src=x" in console
    assert json.loads(names)["names"] == {"1": BAD_NAME}
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert refused == 409
    assert (await hall.state(code))["teams"] == []


async def test_thirty_join_from_one_network_and_a_thousand_by_a_script_do_not(hall: Hall) -> None:
    code = await hall.open()
    thirty = [await hall.post(f"/jouer/{code}/equipe", name=f"équipe {n}") for n in range(30)]
    more = [await hall.post(f"/jouer/{code}/equipe", name="x") for _ in range(970)]

    assert {status for status, _ in thirty} == {200}
    told = [body["fault"] for status, body in more if status != 200]
    assert len(told) == 1000 - MOST_TEAMS
    assert (told.count("full"), told.count("many")) == (EACH - MOST_TEAMS, 1000 - EACH)
    state, names = [await hall.get(f"/jouer/{code}/{one}") for one in ("etat", "noms")]
    assert len(state[1].encode()) < 1000
    assert len(names[1].encode()) < 4000


async def test_a_filled_room_is_emptied_behind_another_code(hall: Hall) -> None:
    code = await hall.open()
    await hall.join(code, "Intrus")
    await hall.act(f"/battle/{code}", act="renew")
    (room,) = hall.rooms.all(hall.app.clock())
    await hall.join(room.code, "Bloc")
    await hall.act(f"/battle/{room.code}", act="shut")
    shut = await hall.post(f"/jouer/{room.code}/equipe", name="Trop tard")

    assert room.code != code
    assert (await hall.get(f"/jouer/{code}/etat"))[0] == 410
    assert shut == (409, {"fault": "closed"})
    assert [team.name for team in room.teams.values()] == ["Bloc"]


async def test_a_room_ends_with_its_time_and_there_are_only_so_many(hall: Hall) -> None:
    codes = [await hall.open() for _ in range(MOST_ROOMS)]
    full = await hall.act("/battle", hours="2")
    assert isinstance(hall.app.clock, Clock)
    hall.app.clock.now += timedelta(hours=2)

    assert full == 409
    assert len(set(codes)) == MOST_ROOMS
    assert (await hall.get(f"/jouer/{codes[0]}/etat"))[0] == 410
    assert "Code de la salle" not in words(await hall.desk.page("/battle"))


async def test_a_code_is_typed_and_leads_to_its_room(hall: Hall) -> None:
    code = await hall.open()
    typed = f"{code[:3]}%20{code[3:].upper()}"
    found = await hall.get(f"/jouer?code={typed}")
    wrong = await hall.get("/jouer?code=zzzzzz")
    other = await hall.get("/jouer/zzzzzz")
    door = await hall.get("/jouer")

    assert (found[0], found[2]["Location"]) == (303, f"/jouer/{code}")
    assert (wrong[0], other[0], door[0]) == (200, 404, 200)
    for page in (wrong[1], other[1]):
        assert "n’est pas ouverte ici" in page
        assert "isn’t open here" in page.replace("&#39;", "’")
    assert "<script" not in door[1]
    assert "script-src" not in door[2]["Content-Security-Policy"]


async def test_a_room_runs_our_own_scripts_alone_and_no_other_page_does(hall: Hall) -> None:
    code = await hall.open()
    pages = {
        path: await hall.get(path)
        for path in (f"/jouer/{code}", f"/jouer/{code}/ecran", "/bataille", "/aide")
    }

    for path in (f"/jouer/{code}", f"/jouer/{code}/ecran"):
        policy = pages[path][2]["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "connect-src 'self'" in policy
        assert "unsafe" not in policy
        assert "Set-Cookie" not in pages[path][2]
    assert "connect-src" not in pages["/bataille"][2]["Content-Security-Policy"]
    assert "script-src" not in pages["/aide"][2]["Content-Security-Policy"]


async def test_scripts_are_packed_for_who_takes_them_so(hall: Hall) -> None:
    async with hall.site.get("/bataille/language-fr.js", headers={"Accept-Encoding": ""}) as plain:
        whole = await plain.read()
    async with hall.site.get("/bataille/language-fr.js") as packed:
        same, length = await packed.read(), int(packed.headers["Content-Length"])

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert same == whole
    assert length < len(whole) / 2


async def test_another_replica_says_that_the_room_is_elsewhere(hall: Hall) -> None:
    code = await hall.open()
    other = make_public(lambda: hall.app, dict, ready=lambda: True, rooms=Rooms())
    with serving(other) as address:
        async with aiohttp.ClientSession(address) as session:
            page, state = (
                await session.get(f"/jouer/{code}"),
                await session.get(f"/jouer/{code}/etat"),
            )
            assert (page.status, state.status) == (404, 404)
            assert "un autre serveur la tient" in (await page.text()).replace("\u00a0", " ")
            assert len(await state.read()) < 100


@pytest.mark.parametrize("field", ["by", "hours"])
async def test_what_is_wrong_with_an_opening_is_said(tmp_path: Path, field: str) -> None:
    app = await make_world(tmp_path, environment=ON)

    async with visiting(desk_of(app)) as visitor:
        form = form_of(await visitor.page("/battle"), "/battle")
        sent = {**form, "by": "Camille", "hours": "2", field: ""}
        answer = await visitor.post("/battle", sent)
    await app.close()

    assert answer.status == 400
    assert f'href="#{"by-open" if field == "by" else "hours"}"' in answer.text


async def test_where_no_battle_is_played_the_desk_says_how_and_nothing_opens(
    tmp_path: Path,
) -> None:
    app = await make_world(tmp_path)

    async with visiting(desk_of(app)) as visitor:
        page = words(await visitor.page("/battle"))
    public = make_public(lambda: app, dict, ready=lambda: True)
    with serving(public) as address:
        async with aiohttp.ClientSession(address) as session:
            statuses = [
                (await session.get(path)).status
                for path in ("/jouer", "/jouer/abc234", "/jouer/abc234/etat")
            ]
    await app.close()

    assert "web.battle: true" in page.replace("\u00a0", " ")
    assert "Ouvrir une salle" not in page
    assert statuses == [404] * 3
