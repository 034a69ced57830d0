"""The password battle in a real browser: what it makes of passwords, and who can play it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scheduler.content import battle
from scheduler.web.battle.page import alone
from scheduler.web.public import make_public
from tests.parts.browser import look, overflows, page, page_faults
from tests.samples.passwords import MORE, PASSWORDS
from tests.serving import serving
from tests.worlds import make_world

ROOT = Path(__file__).parents[2]
#: Of some, whose figure would round up.
POINTS = {"soleil": 0, "Soleil2026!": 4}
VALUES = {"hote": "Firmin Crochet", "organisation": "Hôpital d’Essai"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("battle") / "battle.html"
    battles = [battle.read(ROOT / "templates", one) for one in battle.LANGUAGES]
    path.write_text(alone(battles, VALUES, drawn=True), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def battled(browser: Browser, file: Path) -> Iterator[Page]:
    with page(browser, file.as_uri()) as opened:
        yield opened


def test_sixty_passwords_stand_in_the_order_in_which_they_are_found(battled: Page) -> None:
    judge = "(text) => reflexeBattle.log10(text)"
    found = {text: battled.evaluate(judge, text) for text, *_ in PASSWORDS}

    assert len(found) == 60
    argued = {text: log10 for text, log10, _ in PASSWORDS}
    assert {text: log10 for text, log10 in found.items() if abs(log10 - argued[text]) > 1.5} == {}
    measured = list(found.values())
    falls = [
        (PASSWORDS[at][0], PASSWORDS[at + 1][0])
        for at in range(len(measured) - 1)
        if measured[at + 1] < measured[at] - 0.05
    ]
    assert falls == []
    assert list(argued.values()) == sorted(argued.values())


def test_more_of_each_kind_are_found_as_soon_as_one_would_argue(battled: Page) -> None:
    judge = "(text) => reflexeBattle.log10(text)"
    found = {text: battled.evaluate(judge, text) for text, *_ in MORE}

    assert {
        text: found[text] for text, least, most, _ in MORE if not least <= found[text] <= most
    } == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soleil2026!", "Soleil2026"), ("Hôpital2026!", "Hôpital2026"), ("Été1999?!", "Été1999")],
)
def test_a_sign_after_a_year_counts_for_nothing(battled: Page, one: str, other: str) -> None:
    judged = [battled.evaluate("(t) => reflexeBattle.log10(t)", text) for text in (one, other)]

    assert judged[0] == judged[1]


@pytest.mark.parametrize(
    ("power", "told", "in_english"),
    [
        (9.9, "moins d’une seconde", "less than a second"),
        (11, "moins d’une minute", "less than a minute"),
        (15, "moins de deux jours", "less than two days"),
        (16, "environ 12 jours", "about 12 days"),
        (16.9, "environ 12 jours", "about 12 days"),
        (17, "environ 4 mois", "about 4 months"),
        (18.2, "environ 3 ans", "about 3 years"),
        (19, "environ 32 ans", "about 32 years"),
        (20, "plus d’un siècle", "more than a century"),
    ],
)
def test_the_time_is_that_of_the_number_that_is_said(
    battled: Page, power: float, told: str, in_english: str
) -> None:
    battled.get_by_role("button", name="Français").click()
    french = battled.evaluate("(power) => reflexeBattle.timeOf(power)", power)
    battled.get_by_role("button", name="English").click()
    english = battled.evaluate("(power) => reflexeBattle.timeOf(power)", power)

    assert (french, english) == (told, in_english)


def test_the_page_in_a_file_opens_no_connection_and_runs_no_other_script(
    browser: Browser, file: Path
) -> None:
    asked: list[str] = []
    faults: list[str] = []
    with page(browser, "about:blank") as opened:
        opened.on("request", lambda one: asked.append(one.url))
        opened.on("console", lambda one: faults.append(one.text))
        opened.goto(file.as_uri())
        play(opened, "Soleil2026!", "lapin tabouret nuage cravate")
        opened.evaluate("fetch('https://example.org/?' + 'x').catch(() => {})")
        opened.evaluate(
            "document.body.append(Object.assign(document.createElement('script'),"
            " {textContent: 'window.foreign = true'}))"
        )
        assert opened.evaluate("window.foreign") is None
        assert opened.evaluate("localStorage.length + sessionStorage.length") == 0

    assert asked == [file.as_uri()]
    assert any("Content Security Policy" in one for one in faults)


def play(opened: Page, *passwords: str) -> None:
    opened.get_by_role("button", name="Commencer").click()
    for number, text in enumerate(passwords):
        opened.locator(f"#secret-{number}").fill(text)
    opened.get_by_role("button", name="Mesurer").click()
    opened.get_by_text("essais (10 puissance").first.wait_for()


def test_a_battle_is_played_by_keyboard_and_told_aloud(browser: Browser, file: Path) -> None:
    with page(browser, file.as_uri(), size=(1280, 800)) as opened:
        opened.locator("#name-0").fill("Urgences")
        opened.keyboard.press("Tab")
        opened.keyboard.type("Pharmacie")
        opened.keyboard.press("Enter")
        assert opened.evaluate("document.activeElement.id") == "round"
        opened.locator("#secret-0").focus()
        opened.keyboard.type("Soleil2026!")
        opened.keyboard.press("Tab")
        opened.keyboard.type("lapin tabouret nuage cravate")
        opened.keyboard.press("Enter")
        status = opened.get_by_role("status")
        status.get_by_text("La manche est pour Pharmacie.").wait_for()
        assert "4 points" in opened.locator("#result-0").inner_text()
        assert "mot de la maison" in opened.locator("#result-0").inner_text()
        assert "15 points" in opened.locator("#result-1").inner_text()
        assert page_faults(opened) == []
        for _ in range(4):
            opened.get_by_role("button", name="Manche suivante").click()
        opened.get_by_role("button", name="Voir le podium").click()
        status.get_by_text("La bataille est pour Pharmacie.").wait_for()
        opened.get_by_role("button", name="Tout effacer").click()
        assert "Soleil2026" not in opened.locator("#play").inner_html()
        assert opened.locator("#name-0").input_value() == ""


def test_what_is_typed_can_be_hidden_and_the_page_speaks_english(
    browser: Browser, file: Path
) -> None:
    with page(browser, file.as_uri()) as opened:
        opened.get_by_role("button", name="English").click()
        opened.get_by_role("button", name="Start").click()
        opened.get_by_label("Hide what is typed").check()
        opened.locator("#secret-0").fill("Soleil2026!")
        opened.get_by_role("button", name="Measure").click()
        opened.get_by_text("guesses (10 to the power of").first.wait_for()

        assert opened.locator("#secret-0").get_attribute("type") == "password"
        assert "Soleil" not in opened.locator("#result-0").inner_text()
        assert opened.evaluate("document.documentElement.lang") == "en"
        assert "Never a real password" in opened.locator("#warning").inner_text()


def test_another_language_takes_nothing_from_the_screen(browser: Browser, file: Path) -> None:
    with page(browser, file.as_uri()) as opened:
        opened.locator("#name-0").fill("Urgences")
        opened.get_by_role("button", name="English").click()
        assert opened.locator("#name-0").input_value() == "Urgences"
        opened.get_by_role("button", name="Français").click()
        play(opened, "Soleil2026!", "lapin tabouret nuage cravate")
        opened.get_by_role("button", name="English").click()
        assert opened.locator("#secret-0").input_value() == "Soleil2026!"
        assert "4 points" in opened.locator("#result-0").inner_text()
        for _ in range(4):
            opened.get_by_role("button", name="Next round").click()
        opened.get_by_role("button", name="See the podium").click()
        opened.get_by_role("button", name="Français").click()

        assert "La bataille est pour" in opened.locator("#podium").inner_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 700, 1920])
def test_everybody_can_read_the_page(reader: Page, file: Path, width: int, dark: bool) -> None:
    look(reader, size=(width, 900), dark=dark)
    reader.goto(file.as_uri())
    assert page_faults(reader) == []
    play(reader, "Soleil2026!", "kT9#vL2p")
    assert page_faults(reader) == []
    assert not overflows(reader)


def test_it_is_played_on_the_public_site_under_its_own_policy(
    browser: Browser, tmp_path: Path
) -> None:
    faults: list[str] = []
    with ThreadPoolExecutor(1) as thread:
        made = make_world(tmp_path, environment={"REFLEXE_WEB__BATTLE": "true"})
        app = thread.submit(asyncio.run, made).result()
        with (
            serving(make_public(lambda: app, dict, ready=lambda: True)) as address,
            page(browser, "about:blank") as opened,
        ):
            opened.on("console", lambda one: faults.append(one.text))
            opened.goto(f"{address}/bataille")
            play(opened, "Soleil2026!", "kT9#vL2p")
            assert "15 points" in opened.locator("#result-1").inner_text()
            box = opened.locator(".bar").first.bounding_box()
            assert box is not None
            assert box["height"] > 10
            assert opened.context.cookies() == []
        thread.submit(asyncio.run, app.close()).result()

    assert faults == []


def test_enter_waits_for_every_team_and_nobody_is_scored_for_nothing(
    browser: Browser, file: Path
) -> None:
    with page(browser, file.as_uri()) as opened:
        opened.get_by_role("button", name="Commencer").click()
        opened.locator("#secret-0").fill("Soleil2026!")
        opened.keyboard.press("Enter")
        assert opened.evaluate("document.activeElement.id") == "secret-1"
        assert opened.locator("#result-0").inner_text() == ""
        opened.get_by_role("status").get_by_text("Équipe 2").wait_for()
        opened.keyboard.type(" ")
        opened.keyboard.press("Enter")
        assert opened.locator("#result-0").inner_text() == ""
        opened.get_by_role("button", name="Mesurer").click()
        assert "4 points" in opened.locator("#result-0").inner_text()
        assert opened.locator("#result-1").inner_text() == ""
        assert opened.locator(".scores tbody tr").nth(1).locator("td").first.inner_text() == "–"


def test_a_team_without_a_name_is_called_in_the_language_of_the_page(
    browser: Browser, file: Path
) -> None:
    with page(browser, file.as_uri()) as opened:
        play(opened, "Soleil2026!", "lapin tabouret nuage cravate")
        opened.get_by_role("button", name="English").click()

        assert opened.locator("#team-1").inner_text() == "Team 2"
        assert "Équipe" not in opened.locator("#play").inner_text()


def test_points_and_the_power_are_one_figure_and_one_point_is_singular(
    browser: Browser, file: Path
) -> None:
    with page(browser, file.as_uri()) as opened:
        found = {text: opened.evaluate("(t) => reflexeBattle.log10(t)", text) for text in POINTS}
        for text, points in POINTS.items():
            opened.reload()
            play(opened, text, "lapin tabouret nuage cravate")
            told = opened.locator("#result-0").inner_text()
            assert int(found[text]) == points, found
            assert f"(10 puissance {points})" in told
            assert ("1 point\n" in told) is (points == 1)


def test_spaces_are_read_back_as_they_were_typed(browser: Browser, file: Path) -> None:
    typed = "chat  noir 2026!"
    with page(browser, file.as_uri()) as opened:
        opened.get_by_role("button", name="Commencer").click()
        opened.locator("#secret-0").fill(typed)
        opened.locator("#secret-1").fill("lapin tabouret nuage cravate")
        opened.get_by_role("button", name="Mesurer").click()
        opened.locator("#result-1 code").first.wait_for()
        for number, text in enumerate((typed, "lapin tabouret nuage cravate")):
            read = opened.locator(f"#result-{number} code").all_text_contents()
            assert "".join(read) == text
        look = "(one) => getComputedStyle(one).whiteSpace"
        assert opened.locator("#result-0 code").first.evaluate(look).startswith("pre")
