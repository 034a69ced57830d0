"""twin, said as a comms team says it, on copies of the shipped messages."""

import importlib.util
import os
import re
import stat
from pathlib import Path

import pytest

from scheduler.content.drawings import size
from scheduler.content.twins.spoken import numbers_aloud
from scheduler.domain.twins import LONGEST_POST
from tests.commands import reflexe
from tests.worlds import write_config

FIRST = "cybermois/1-fermer-sa-porte"
SHEET = f"templates/{FIRST}/message.yaml"
STAFF_TEXT = f"templates/{FIRST}/email.staff.fr.md"
SUPPORT = "poste 4343, jour et nuit"
HELP = "06 39 98 00 01, de 9 h à 17 h"
STICKER = "Un autocollant par-dessus\u00a0? Dites-le à l’accueil."


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = write_config(tmp_path)
    keys = f'  support: {{default: "{SUPPORT}"}}\n  help: "{HELP}"\n  dpo:'
    edit(path, "config.yaml", "  dpo:", keys)
    return path


def edit(config: Path, file: str, old: str, new: str) -> None:
    path = config.parent / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def twin(config: Path, kind: str, *more: str, message: str = FIRST) -> str:
    answer = reflexe(config, "twin", message, "--as", kind, *more)
    assert answer.code == 0, answer.err
    return answer.out


def test_a_poster_has_three_points_its_drawing_and_the_way_to_read_more(config: Path) -> None:
    page = twin(config, "poster")

    assert page.count("<li>") == 3
    assert "Un mot de passe rien que pour ma messagerie." in page
    assert 'aria-label="Une porte d’entrée au verrou tiré.' in page
    assert re.search(r'class="address">cyber\.example\.org/m/[2-9a-z]{8}<', page)
    assert 'class="segno"' in page
    assert STICKER in page
    assert "En octobre, le dimanche, c’est réflexe cyber" in page
    assert "Crédit\u00a0: Agence du Numérique en Santé" in page
    assert "@page { size: A4" in page
    assert "@page { size: A3" in twin(config, "poster", "--paper", "a3")


def test_a_twin_is_the_same_each_time_with_a_ledger_or_without(config: Path) -> None:
    before = twin(config, "poster")
    assert reflexe(config, "migrate", "--make-keys").code == 0

    assert twin(config, "poster") == before


@pytest.mark.parametrize("kind", ["poster", "screen", "post", "intranet", "audio"])
@pytest.mark.parametrize("audience", ["staff", "patients"])
def test_nobody_but_staff_is_told_the_staffs_line(config: Path, kind: str, audience: str) -> None:
    edit(config, STAFF_TEXT, "::: points\n", "::: points\n1. {{ assistance }} aide vraiment.\n\n")
    edit(config, SHEET, "twin:\n  staff:", "twin:\n  autrui:")

    said = twin(config, kind, "--audience", audience)

    shown = kind in ("poster", "intranet", "audio") and audience == "staff"
    number = "quatre mille trois cent quarante-trois" if kind == "audio" else "4343"
    assert (number in said) is shown
    assert ("06\u00a039" in said or "Zéro six" in said) is (audience != "staff" and kind != "post")


def test_the_staffs_number_typed_into_what_anybody_sees_is_refused(config: Path) -> None:
    edit(config, SHEET, "Un mot de passe rien que", "Appelez le 4343. Un mot de passe rien que")

    answer = reflexe(config, "twin", FIRST, "--as", "screen", "--audience", "patients")

    assert answer.code == 1
    assert "4343 is the staff's own help line" in answer.err


@pytest.mark.parametrize(
    ("web", "more", "has_code"),
    [
        ("listed", [], True),
        ("unlisted", [], False),
        ("unlisted", ["--with-address"], True),
        ("none", [], False),
        ("none", ["--with-address"], False),
    ],
)
@pytest.mark.parametrize("kind", ["poster", "screen", "intranet", "post"])
def test_a_twin_leads_where_web_lets_it(
    config: Path, kind: str, web: str, more: list[str], has_code: bool
) -> None:
    assert reflexe(config, "migrate", "--make-keys").code == 0
    edit(config, SHEET, "owner:", f"web: {web}\nowner:")

    answer = reflexe(config, "twin", FIRST, "--as", kind, "--audience", "patients", *more)

    assert answer.code == 0
    assert ("example.org/m/" in answer.out) is has_code
    if kind in ("poster", "screen"):
        assert ('class="segno"' in answer.out) is has_code
        assert has_code or "cyber.example.org/aide" in answer.out
    assert ("gives no address" in answer.err) is not has_code


def test_a_staff_text_keeps_its_address_until_there_is_a_ledger(config: Path) -> None:
    assert "/m/" not in twin(config, "poster", "--audience", "staff")
    assert reflexe(config, "migrate", "--make-keys").code == 0

    assert "/m/" in twin(config, "poster", "--audience", "staff")
    assert "/m/" not in twin(config, "screen", "--audience", "staff")
    assert "/m/" not in twin(config, "post", "--audience", "staff")


@pytest.mark.parametrize("kind", ["poster", "screen", "intranet"])
@pytest.mark.parametrize("language", ["fr", "fr-falc", "en"])
def test_a_page_fetches_and_runs_nothing(config: Path, kind: str, language: str) -> None:
    page = twin(config, kind, "--language", language, "--audience", "patients")

    assert not re.search(r"<script|<link|@import|url\(|\bon\w+=|<iframe|<form", page)
    assert set(re.findall(r'src="([a-z]+:)', page)) <= {"data:"}
    hrefs = re.findall(r'href="([^"]+)"', page)
    assert all(one.startswith("https://cyber.example.org/") for one in hrefs)


def test_a_piece_of_an_intranet_brings_its_styles_in_its_elements(config: Path) -> None:
    piece = twin(config, "intranet")

    assert "<style" not in piece
    assert "<html" not in piece
    assert piece.startswith('<div lang="fr" style=')
    assert "Le geste de la semaine" in piece


def test_a_post_says_its_length_its_day_and_its_picture(config: Path, tmp_path: Path) -> None:
    answer = reflexe(config, "twin", FIRST, "--as", "post")
    text = answer.out.rstrip("\n")

    assert text.startswith("Le nom du chien, tout le quartier le connaît")
    assert text.endswith("#Cybersécurité #Santé #Cybermois")
    assert text.count("En octobre, le dimanche, c’est réflexe cyber") == 1
    assert f"{len(text)} characters of {LONGEST_POST}" in answer.err
    assert re.search(r"Advised: 20\d\d-10-\d\d, 08:30; a person posts it\.", answer.err)
    assert "Alternative text: Une porte d’entrée au verrou tiré." in answer.err

    out = tmp_path / "image.png"
    twin(config, "post", "--out", str(out))
    assert size(out.read_bytes()) == (1200, 627)


def test_what_is_told_beside_a_twin_is_told_in_french_too(config: Path) -> None:
    answer = reflexe(config, "--lang", "fr", "twin", FIRST, "--as", "post")

    assert re.search(r"\d+ signes sur 3000", answer.err)
    assert re.search(
        r"Jour conseillé\xa0: (mardi|mercredi|jeudi) \d+ octobre 20\d\d, 8\xa0h\xa030", answer.err
    )
    assert "Texte de remplacement\xa0: Une porte" in answer.err


def test_a_post_over_the_limit_is_refused(config: Path) -> None:
    edit(config, SHEET, "twin:\n", "twin-avant:\n")
    path = config.parent / SHEET
    path.write_text(path.read_text(encoding="utf-8").split("twin-avant:")[0], encoding="utf-8")
    long = "Une phrase de trop. " * 170
    text = f"templates/{FIRST}/email.patients.fr.md"
    edit(config, text, "1. **Un mot de passe différent**", f"1. {long} **Un mot de passe**")

    answer = reflexe(config, "twin", FIRST, "--as", "post", "--audience", "patients")

    assert answer.code == 1
    assert "keep to 3000 at most" in answer.err


def test_a_voice_reads_short_sentences_without_a_sign(config: Path) -> None:
    script = twin(config, "audio", "--audience", "patients")

    assert script.startswith("Bonjour.\nCentre hospitalier d’Essai vous donne un conseil.\n\n")
    assert "barre oblique, m, barre oblique" in script
    assert not re.search(r"\d|https?:|«|»|\(", script)
    assert max(len(line.split()) for line in script.split("\n") if "barre" not in line) <= 20


def test_without_a_block_the_points_are_whole_items_of_the_text(config: Path) -> None:
    """The first words of « vrai ou faux » are what nobody should believe."""
    page = twin(config, "screen", message="rappels/04-fausse-urgence")

    assert page.count("<li>") == 3
    for item in re.findall(r"<span>(.*?)</span>", page):
        assert len(item) > 40


@pytest.mark.parametrize(
    ("kind", "name"), [("poster", "a.txt"), ("post", "a.html"), ("screen", "a.pdf")]
)
def test_a_file_must_be_one_that_the_twin_can_be(
    config: Path, tmp_path: Path, kind: str, name: str
) -> None:
    answer = reflexe(config, "twin", FIRST, "--as", kind, "--out", str(tmp_path / name))

    assert answer.code == 2
    assert "--out takes a" in answer.err
    assert not (tmp_path / name).exists()


def test_an_event_without_a_date_has_no_poster_yet(config: Path) -> None:
    event = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    episodes:
      invitation: {message: evenements/webinaire/invitation, when: invitation}
"""
    path = config.parent / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8") + event.lstrip("\n"), encoding="utf-8")

    answer = reflexe(config, "twin", "evenements/webinaire/invitation", "--as", "poster")

    assert answer.code == 1
    assert "\n- campaigns.webinaire → starts\n" in answer.err


def test_a_grave_message_has_no_drawing_and_no_address(config: Path) -> None:
    page = twin(config, "intranet", "--audience", "staff", message="rappels/12-dans-l-heure")
    assert "data:image" in page

    page = twin(config, "intranet", "--audience", "patients", message="rappels/12-dans-l-heure")
    assert "data:image" not in page


@pytest.mark.skipif(importlib.util.find_spec("weasyprint") is None, reason="needs the extra 'pdf'")
def test_a_poster_is_a_pdf_where_weasyprint_is(config: Path, tmp_path: Path) -> None:
    twin(config, "poster", "--out", str(tmp_path / "affiche.pdf"))

    assert (tmp_path / "affiche.pdf").read_bytes().startswith(b"%PDF")


def test_a_pdf_without_weasyprint_says_what_to_do(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)

    answer = reflexe(
        config, "twin", FIRST, "--as", "poster", "--out", str(tmp_path / "affiche.pdf")
    )

    assert answer.code == 2
    assert "reflexe[pdf]" in answer.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Long vaut mieux", "Long vaut mieux " * 9, "restez à 120 au plus"),
        ("Long vaut mieux", "Voir https://www.example.org", "le programme met l'adresse"),
        ("Long vaut mieux", "Lisez ameli.fr", "le programme met l'adresse"),
        ("Long vaut mieux", "Appelez le 06 39 98 12 34", "un numéro de portable"),
        ("Long vaut mieux", "Appelez le 4343", "le numéro de l'assistance du personnel"),
        ("Long vaut mieux", "Écrivez à lea@hopital.example", "une adresse électronique"),
        ("Long vaut mieux", "« Long » vaut mieux", "une espace ordinaire"),
        ("Long vaut mieux", "{{ prenom }}, long vaut mieux", "« prenom »"),
        ("  staff:\n", "  personnel:\n", "« personnel » n'est pas un public"),
    ],
)
def test_check_holds_the_block_to_what_a_wall_can_bear(
    config: Path, old: str, new: str, said: str
) -> None:
    edit(config, SHEET, old, new)

    found = [
        one
        for one in reflexe(config, "check", FIRST, "--json").json
        if said in f"{one['message']} {one['remedy']}"
    ]

    assert found
    assert all(one["file"] == SHEET for one in found)


def test_a_twins_file_is_made_to_be_shared(config: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        poster, battle = tmp_path / "affiche.html", tmp_path / "duel.html"
        twin(config, "poster", "--out", str(poster))
        assert reflexe(config, "battle", "--out", str(battle)).code == 0
        own = tmp_path / "mine.html"
        own.touch()
        twin(config, "poster", "--out", str(own))
    finally:
        os.umask(before)

    assert [stat.S_IMODE(one.stat().st_mode) for one in (poster, battle)] == [0o644, 0o644]
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


def test_an_address_that_leads_nowhere_yet_says_from_when(config: Path) -> None:
    answer = reflexe(config, "--lang", "fr", "twin", FIRST, "--as", "poster")

    assert re.search(r"Son adresse ne mène nulle part avant le \w+ \d+ octobre", answer.err)


@pytest.mark.parametrize(
    ("said", "aloud"),
    [
        ("from 9 h to 17 h", "from nine a.m. to five p.m."),
        ("at 8 h 30", "at eight thirty a.m."),
        ("at 12:00", "at noon"),
        ("It is 3:12 a.m.", "It is three twelve a.m."),
        ("at 3:05 pm", "at three oh five p.m."),
        ("24 h a day", "twenty-four hours a day"),
    ],
)
def test_an_english_voice_says_hours_in_english(said: str, aloud: str) -> None:
    assert numbers_aloud(said, "en") == aloud


def test_a_french_voice_says_an_hour_however_it_is_written() -> None:
    assert numbers_aloud("de 08:30 à 17 h") == "de huit heures trente à dix-sept heures"
