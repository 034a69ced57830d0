"""The password battle: its texts, its library, and where its page is."""

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from scheduler.bootstrap import App
from scheduler.content import battle
from scheduler.domain.errors import ContentError
from scheduler.web.battle.page import FILES, SCRIPTS, VENDOR
from scheduler.web.battle.words import WORDS
from tests.commands import reflexe
from tests.samples.public import visiting
from tests.worlds import make_world, write_config

ROOT = Path(__file__).parents[3]


def test_both_languages_have_every_word_and_text() -> None:
    assert set(WORDS["fr"]) == set(WORDS["en"])
    french, english = (battle.read(ROOT / "templates", one) for one in battle.LANGUAGES)
    assert len(french.rounds) == len(english.rounds)
    assert [most for most, _ in french.taunts] == [most for most, _ in english.taunts]
    assert "Jamais un vrai mot de passe" in french.warning


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title:", "titre:", "n'est pas un champ"),
        ('  "4": [', "  quatre: [", "suite de piques"),
        ("own_words: [", "own_words: []\nold: [", "champ"),
    ],
)
def test_a_faulty_text_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    copytree(ROOT / "templates" / "_pages", tmp_path / "_pages")
    text = tmp_path / "_pages" / "bataille.fr.yaml"
    text.write_text(text.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=told) as refused:
        battle.read(tmp_path, "fr")

    assert refused.value.fault.line


def test_the_library_is_the_one_that_its_page_names() -> None:
    told = (VENDOR / "README.md").read_text(encoding="utf-8")
    for name in ("core.js", "language-common.js", "language-fr.js"):
        digest = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
        assert re.search(rf"`{re.escape(name)}`.*`{digest}`", told), name
    for path in FILES.values():
        assert not re.search(r"\beval\(|new Function", path.read_text(encoding="utf-8"))


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    config, out = write_config(tmp_path), tmp_path / "battle.html"

    told = reflexe(config, "battle", "--out", str(out))
    lost = reflexe(config, "battle", "--out", str(tmp_path / "nowhere" / "x.html"))

    assert (told.code, lost.code) == (0, 2)
    whole = out.read_text(encoding="utf-8")
    for licence in (*VENDOR.glob("LICENSE*"), VENDOR / "NOTICE.md"):
        assert licence.read_text(encoding="utf-8").strip() in whole, licence
    written = re.sub(r"<script>.*?</script>", "", whole, flags=re.S)
    assert "La bataille des mots de passe" in written
    assert "{{" not in written


@pytest.mark.parametrize(
    ("name", "own", "credit", "drawn"),
    [
        ("Victor Code", "", "Agence du Numérique en Santé", False),
        ("Firmin Crochet", "", "Réflexe", True),
        ("Firmin Crochet", "Agence Exemple", "Agence Exemple", False),
    ],
)
def test_the_page_credits_the_host_it_has_and_draws_ours_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, own: str, credit: str, drawn: bool
) -> None:
    """Somebody else's of his name is not him."""
    config, out = write_config(tmp_path), tmp_path / "battle.html"
    monkeypatch.setenv("REFLEXE_HOST__NAME", name)
    monkeypatch.setenv("REFLEXE_HOST__CREDIT", own)

    told = reflexe(config, "battle", "--out", str(out))

    page = out.read_text(encoding="utf-8")
    assert told.code == 0
    assert f"Le personnage de l’hôte\N{NO-BREAK SPACE}: {credit}." in page
    assert ('aria-label="Firmin Crochet"' in page) is drawn


@pytest.fixture
async def opened(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[App]:
    on = {"REFLEXE_WEB__BATTLE": "true"} if request.param else {}
    app = await make_world(tmp_path, environment=on)
    yield app
    await app.close()


async def answers(app: App, *paths: str) -> dict[str, Any]:
    found = {}
    async with visiting(app) as visitor:
        for path in paths:
            async with visitor.session.get(path) as answer:
                found[path] = (answer.status, answer.headers, await answer.text())
    return found


@pytest.mark.parametrize("opened", [True], indirect=True)
async def test_the_public_page_runs_scripts_of_its_own_and_no_other_page_does(opened: App) -> None:
    found = await answers(
        opened, "/bataille", "/bataille/guess.js", "/bataille/battle.css", "/bataille/x.js", "/aide"
    )

    policy = found["/bataille"][1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert "script-src" not in found["/aide"][1]["Content-Security-Policy"]
    assert [found[path][0] for path in found] == [200, 200, 200, 404, 200]
    scripts = re.findall(r'<script src="([^"]+)"', found["/bataille"][2])
    assert scripts == [f"/bataille/{name}" for name in SCRIPTS]
    assert "Set-Cookie" not in found["/bataille"][1]


@pytest.mark.parametrize("opened", [False], indirect=True)
async def test_where_it_is_not_enabled_there_is_nothing(opened: App) -> None:
    found = await answers(opened, "/bataille", "/bataille/guess.js")

    assert [one[0] for one in found.values()] == [404, 404]
    assert "<script" not in found["/bataille"][2]
