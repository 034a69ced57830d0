"""The password battle in a room: a host's desk, a projector and telephones, in real browsers."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib import request as web
from urllib.parse import parse_qsl, urlencode
from urllib.request import build_opener

import pytest
from playwright.sync_api import Browser, Page, Request

from scheduler.domain.quizzes.room import Room
from scheduler.web.battle.rooms import Rooms
from tests.parts.browser import PHONE, look, overflows, page, page_faults
from tests.parts.desk_session import sign_in
from tests.parts.installation import install
from tests.samples.battle import ON, hall_of
from tests.samples.desk import form_of
from tests.worlds import Clock, make_world

TEAMS = {
    "Urgences": "Soleil2026!",
    "Pharmacie": "lapin tabouret nuage cravate",
    "Bloc": "kT9#vL2p",
}
BAD = "Gros <b>mot</b>"
#: The world's clock stands.
NOW = Clock().now


@dataclass(frozen=True, kw_only=True, slots=True)
class Hall:
    desk: str
    site: str
    rooms: Rooms


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder, rooms = tmp_path_factory.mktemp("hall"), Rooms()
    with ThreadPoolExecutor(1) as thread:
        app = thread.submit(asyncio.run, make_world(folder, environment=ON)).result()
        with hall_of(app, rooms) as (desk, site):
            yield Hall(desk=desk, site=site, rooms=rooms)
        thread.submit(asyncio.run, app.close()).result()


def join(phone: Page, name: str) -> None:
    phone.get_by_label("Nom de l’équipe").fill(name)
    phone.keyboard.press("Enter")
    phone.get_by_text("Le compteur est prêt.").wait_for()


def test_a_game_is_played_on_ten_telephones_and_no_password_leaves_one(
    browser: Browser, hall: Hall
) -> None:
    sent: list[Request] = []
    faults: list[str] = []
    with ExitStack() as opened:
        desk = opened.enter_context(page(browser, f"{hall.desk}/battle"))
        desk.get_by_role("button", name="Ouvrir une salle").click()
        code = desk.locator(".room-code").inner_text()
        room = f"{hall.site}/jouer/{code}"
        screen = opened.enter_context(page(browser, f"{room}/ecran", size=(1280, 720)))
        names = [*TEAMS, BAD, *(f"Équipe n° {number}" for number in range(5, 11))]
        phones = {}
        for name in names:
            phone = opened.enter_context(page(browser, "about:blank", size=PHONE))
            phone.on("request", lambda one: sent.append(one))
            phone.on("console", lambda one: faults.append(one.text))
            phone.on("pageerror", lambda one: faults.append(str(one)))
            phone.goto(room)
            join(phone, name)
            phones[name] = phone
        screen.get_by_text("10 équipes dans la salle").wait_for()
        screen.get_by_text(BAD, exact=True).wait_for()

        desk.get_by_role("button", name=f"Retirer {BAD}").click()
        phones[BAD].get_by_text("Votre équipe a été retirée").wait_for()
        screen.get_by_text("9 équipes dans la salle").wait_for()
        desk.get_by_role("button", name="Ouvrir la manche 1").click()
        for name, password in TEAMS.items():
            phones[name].get_by_text("Manche 1 sur 5").wait_for()
            phones[name].get_by_label("Mot de passe inventé").fill(password)
            phones[name].keyboard.press("Enter")
            phones[name].get_by_role("status").get_by_text("Envoyé : ").wait_for()
        assert "mot de la maison" in phones["Urgences"].locator("#result").inner_text()
        screen.get_by_text("Ont envoyé : 3 sur 9").wait_for()
        desk.get_by_role("button", name="Finir la manche 1").click()
        screen.get_by_role("status").get_by_text(
            re.compile("La manche est pour|Égalité")
        ).wait_for()
        phones["Urgences"].get_by_text("La manche 1 est finie.").wait_for()
        phones["Urgences"].get_by_text("Vos points : 4 points.").wait_for()
        phones["Urgences"].get_by_text("Votre place : 3 sur 9.").wait_for()
        assert screen.locator("tbody tr").count() == 9
        assert screen.locator("tbody tr").nth(2).inner_text().startswith("Urgences")
        phones["Bloc"].reload()
        phones["Bloc"].get_by_text("Vous jouez pour : Bloc.").wait_for()
        for turn in range(2, 6):
            desk.get_by_role("button", name=f"Ouvrir la manche {turn}").click()
            desk.get_by_role("button", name=f"Finir la manche {turn}").click()
        desk.get_by_text("Toutes les manches sont jouées.").wait_for()
        screen.locator("#podium").wait_for()
        desk.locator("summary", has_text="Vider ou fermer la salle").click()
        desk.get_by_role("button", name="Fermer la salle").click()
        phones["Urgences"].get_by_text("Cette salle est fermée et oubliée").wait_for()
        assert [phone.context.cookies() for phone in phones.values()] == [[]] * 10

    assert hall.rooms.find(code, NOW) is None
    only_names_points_and_rounds(sent, set(names))
    assert [one for one in faults if "410" not in one] == []


def test_a_try_that_a_busy_server_refused_is_not_said_to_be_late(
    browser: Browser, hall: Hall
) -> None:
    room = hall.rooms.open(5, 1, NOW)
    assert room is not None
    room.begin()
    with page(browser, f"{hall.site}/jouer/{room.code}", size=PHONE) as phone:
        phone.get_by_label("Nom de l’équipe").fill("Accueil")
        phone.keyboard.press("Enter")
        phone.get_by_text("Le compteur est prêt.").wait_for()
        phone.get_by_label("Mot de passe inventé").fill("lapin tabouret")
        phone.route("**/points", lambda route: route.fulfill(status=503, body="busy"))
        phone.keyboard.press("Enter")
        phone.get_by_role("status").get_by_text("Pas envoyé").wait_for()
        phone.unroute("**/points")
        phone.keyboard.press("Enter")
        phone.get_by_role("status").get_by_text("Envoyé : ").wait_for()
    hall.rooms.close(room.code)


def only_names_points_and_rounds(sent: list[Request], names: set[str]) -> None:
    """Of everything that left the telephones."""
    bodies = [dict(parse_qsl(one.post_data or "")) for one in sent if one.method == "POST"]
    assert len(bodies) == len(names) + len(TEAMS)
    for body in bodies:
        if "name" in body:
            assert set(body) == {"name"}
            assert body["name"] in names
        else:
            assert set(body) == {"team", "key", "round", "points"}
    whole = "\n".join(f"{one.url} {one.post_data or ''}" for one in sent)
    for password in TEAMS.values():
        assert password not in whole
        assert password.replace(" ", "+") not in whole
    assert [one.url for one in sent if "?" in one.url] == []


@pytest.fixture
def opened(hall: Hall) -> Iterator[str]:
    """A room with a team on the first of three rounds; its address."""
    room = hall.rooms.open(3, 8, NOW)
    assert room is not None
    room.join("Cardiologie et réanimation", "k")
    room.join("W" * 24, "k")
    yield f"{hall.site}/jouer/{room.code}"
    hall.rooms.close(room.code)


def room_of(hall: Hall, address: str) -> Room:
    found = hall.rooms.find(address.rpartition("/")[2], NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1920])
def test_everybody_can_read_a_room(
    reader: Page, hall: Hall, opened: str, width: int, dark: bool
) -> None:
    room = room_of(hall, opened)
    look(reader, size=(width, 900), dark=dark)
    readable(reader, f"{hall.site}/jouer")
    reader.goto(opened)
    join(reader, "Accueil")
    looked(reader)
    room.begin()
    reader.get_by_label("Mot de passe inventé").fill("Soleil2026!")
    reader.keyboard.press("Enter")
    reader.get_by_text("Ce que l’hôte y a trouvé").wait_for()
    looked(reader)
    readable(reader, f"{opened}/ecran")
    room.end()
    reader.get_by_text("finie").first.wait_for()
    looked(reader)
    readable(reader, f"{hall.desk}/battle")
    # The console follows its rooms: it would load anew over the next page.
    reader.goto("about:blank")


def readable(reader: Page, address: str) -> None:
    reader.goto(address)
    looked(reader)


def looked(reader: Page) -> None:
    assert page_faults(reader) == []
    assert not overflows(reader)


def test_a_team_plays_by_keyboard_alone_and_is_told_aloud(
    browser: Browser, hall: Hall, opened: str
) -> None:
    room = room_of(hall, opened)
    with page(browser, f"{hall.site}/jouer", size=PHONE) as phone:
        phone.keyboard.press("Tab")
        phone.keyboard.type(room.code.upper())
        phone.keyboard.press("Enter")
        phone.wait_for_url(opened)
        phone.get_by_role("button", name="English").press("Enter")
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.activeElement.id") == "name"
        phone.keyboard.type("!!")
        phone.keyboard.press("Enter")
        phone.get_by_role("alert").get_by_text("Write a name").wait_for()
        assert phone.evaluate("document.activeElement.id") == "name"
        phone.keyboard.press("Control+A")
        phone.keyboard.type("Night shift")
        phone.keyboard.press("Enter")
        phone.get_by_text("You play for: Night shift.").wait_for()
        phone.get_by_text("The counter is ready.").wait_for()
        room.begin()
        phone.get_by_role("status").get_by_text("Round 1 is open.").wait_for()
        assert phone.evaluate("document.activeElement.tagName") == "H2"
        phone.keyboard.press("Tab")
        phone.keyboard.type("Soleil2026!")
        phone.keyboard.press("Enter")
        phone.get_by_role("status").get_by_text("Sent: 4 points.").wait_for()
        phone.get_by_role("button", name="Français").press("Enter")
        assert phone.locator("#secret").input_value() == "Soleil2026!"
        assert room.teams[3].points == {1: 4}


def test_after_a_round_its_ranking_stands_on_the_projector_unscrolled(
    browser: Browser, hall: Hall
) -> None:
    room = hall.rooms.open(5, 1, NOW)
    assert room is not None
    for number in range(1, 11):
        room.join(f"Équipe n° {number}", "k")
    room.begin()
    for number in range(1, 11):
        room.score(number, "k", 1, number)
    room.end()
    with page(browser, f"{hall.site}/jouer/{room.code}/ecran", size=(1280, 720)) as screen:
        screen.locator("tbody tr").nth(9).wait_for()
        box = screen.locator(".board").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720
        picture = screen.locator("#joining svg").bounding_box()
        assert picture is not None
        assert picture["width"] < 200
        # What is typed on a telephone is read in one piece: the site's name breaks nowhere.
        assert (
            screen.locator(".address span").first.evaluate("(one) => one.getClientRects().length")
            == 1
        )
        assert page_faults(screen) == []
        look(screen, size=(1024, 768))
        assert not overflows(screen)
    hall.rooms.close(room.code)


def test_what_was_played_goes_from_every_page_with_its_room_and_nobody_asks_on(
    browser: Browser, hall: Hall
) -> None:
    room = hall.rooms.open(5, 1, NOW)
    assert room is not None
    address = f"{hall.site}/jouer/{room.code}"
    asked: list[str] = []
    with (
        page(browser, address, size=PHONE) as phone,
        page(browser, f"{address}/ecran", size=(1280, 720)) as screen,
    ):
        join(phone, "Accueil")
        room.begin()
        phone.get_by_label("Mot de passe inventé").fill("lapin tabouret nuage cravate")
        phone.keyboard.press("Enter")
        status = phone.get_by_role("status")
        status.get_by_text("Envoyé : ").wait_for()
        found = phone.locator("#result .found").inner_text()
        assert "nuage : " in found
        assert " \u00a0:" not in found
        room.end()
        phone.get_by_text("La manche 1 est finie.").wait_for()
        assert status.inner_text() == ""
        assert "Le compteur est prêt" not in phone.locator("main").inner_text()
        screen.locator("tbody tr").get_by_text("Accueil").wait_for()
        hall.rooms.close(room.code)
        for one in (phone, screen):
            one.get_by_text("Cette salle est fermée et oubliée.").wait_for()
            assert one.locator("#play").inner_text() == ""
            assert "Accueil" not in one.locator("main").inner_text()
            one.on("request", lambda sent: asked.append(sent.url))
        assert phone.evaluate("sessionStorage.length") == 0
        phone.wait_for_timeout(5000)
    assert asked == []


def test_a_telephone_without_javascript_is_told_so(browser: Browser, opened: str) -> None:
    with page(browser, opened, size=PHONE, script=False) as phone:
        assert "Cette page a besoin de JavaScript" in phone.locator("main").inner_text()


def test_a_telephone_waits_while_the_server_is_away_and_plays_on(
    browser: Browser, hall: Hall, opened: str
) -> None:
    room = room_of(hall, opened)
    with page(browser, opened, size=PHONE) as phone:
        join(phone, "Nuit")
        phone.context.set_offline(True)
        phone.get_by_role("status").get_by_text("La salle ne répond pas").wait_for()
        room.begin()
        phone.context.set_offline(False)
        phone.get_by_text("Manche 1 sur").wait_for()


def test_the_desk_and_the_public_site_of_one_daemon_have_the_same_rooms(tmp_path: Path) -> None:
    home = install(tmp_path / "home", NOW, web__battle="true")
    with home.daemon() as running:
        cookie = sign_in(home, running)
        page = asked(f"{running.desk}/battle", cookie=cookie)
        form = {**form_of(page, "/battle"), "hours": "1"}
        asked(f"{running.desk}/battle", urlencode(form).encode(), cookie)
        code = re.search(
            r'class="room-code">(\w+)<', asked(f"{running.desk}/battle", cookie=cookie)
        )
        assert code is not None
        team = asked(f"{running.public}/jouer/{code[1]}/equipe", b"name=Urgences")
        assert '"name":"Urgences"' in team
        assert "Urgences" in asked(f"{running.desk}/battle", cookie=cookie)
        assert running.stop() == 0

    assert "Urgences" not in running.log()


def asked(address: str, body: bytes | None = None, cookie: str = "") -> str:
    """What is answered, after a redirection."""
    made = web.Request(address, body, {"Cookie": cookie})  # noqa: S310 - ours
    with build_opener().open(made, timeout=60) as answer:
        return str(answer.read().decode())
