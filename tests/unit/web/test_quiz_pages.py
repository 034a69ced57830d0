"""The quizzes on the public site: asked, explained, counted, and nobody known."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.web.public.stuffing import EACH
from tests.samples.public import Visitor, visiting
from tests.samples.quizzes import quiz_text, write_quiz
from tests.worlds import make_world

QUIZ = "/quiz/verrou"
#: Each question's right answer.
RIGHT = {
    "q-deux-minutes": "b",
    "q-meme-mot": "c",
    "q-ou-le-garder": "a",
    "q-double": "b",
    "q-session-ouverte": "c",
}


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path)
    async with visiting(app) as opened:
        yield opened
    await app.close()


async def form(visitor: Visitor, path: str = QUIZ) -> str:
    _, page = await visitor.get(path)
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found
    return found[1]


async def counted(app: App) -> dict[str, int]:
    """Once what was gathered is written."""
    await asyncio.sleep(1.2)
    return {f"{one.question} {one.option}": n for one, n in (await app.tallies.answers()).items()}


async def test_the_page_asks_without_a_script_and_keeps_nothing_in_the_browser(
    visitor: Visitor,
) -> None:
    async with visitor.session.get(QUIZ) as answer:
        page = await answer.text()

    assert answer.status == 200
    assert "<script" not in page
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.count("<fieldset") == page.count("<legend") == 5
    assert page.count('type="radio"') == 15
    # Each group has a name of its own, and each choice is inside its label.
    assert len(set(re.findall(r'name="(q-[^"]+)"', page))) == 5
    assert page.count("<label><input") == 15
    assert "Victor Code" in page
    assert "Rien n’est noté à votre nom" in page


async def test_all_right_is_explained_and_counted_once(visitor: Visitor) -> None:
    sent = {"form": await form(visitor), **RIGHT}

    status, page = await visitor.post(QUIZ, sent)
    again, _ = await visitor.post(QUIZ, sent)

    assert status == again == 200
    assert "<h1>5 sur 5</h1>" in page
    assert page.count("Bien vu.") == 5
    assert "Deux minutes en deviennent vite dix" in page
    assert "La chose à faire maintenant" in page
    assert "https://www.cybermalveillance.gouv.fr/sens-cyber/apprendre" in page
    assert await counted(visitor.app) == {
        f"{key.removeprefix('q-')} {letter}": 1 for key, letter in RIGHT.items()
    }


async def test_wrong_and_missing_answers_are_explained_kindly(visitor: Visitor) -> None:
    sent = {"form": await form(visitor), "q-deux-minutes": "a"}

    _, page = await visitor.post(QUIZ, sent)

    assert "<h1>0 sur 5</h1>" in page
    assert "Pas cette fois." in page
    assert page.count("Sans réponse de votre part.") == 4
    assert "Je baisse la fenêtre du dossier avant de partir" in page
    assert await counted(visitor.app) == {"deux-minutes a": 1}


async def test_nothing_chosen_is_asked_again_and_does_not_spend_the_form(
    visitor: Visitor,
) -> None:
    status, page = await visitor.post(QUIZ, {"form": await form(visitor)})

    assert status == 422
    assert 'role="alert"' in page


async def test_what_no_quiz_asks_is_in_no_row(visitor: Visitor) -> None:
    """A stranger can't fill the ledger: only what the published quiz has is counted."""
    for number in range(40):
        await visitor.post(
            QUIZ,
            {
                "form": await form(visitor),
                f"q-invente-{number}": "a",
                "q-double": f"z{number}",
                "q-meme-mot": "a" * 2000,
                "q-ou-le-garder": "a",
            },
        )
    await visitor.post("/quiz/inconnu", {"form": await form(visitor), **RIGHT})

    assert await counted(visitor.app) == {"ou-le-garder a": 40}


@pytest.mark.parametrize("token", ["", "x", "a" * 500, "é", "other"])
async def test_without_a_form_of_ours_the_page_answers_and_counts_nothing(
    visitor: Visitor, token: str
) -> None:
    token = await form(visitor, "/quiz/serrure") if token == "other" else token

    status, page = await visitor.post(QUIZ, {"form": token, **RIGHT})

    assert status == 200
    assert "5 sur 5" in page
    assert await counted(visitor.app) == {}


async def test_a_thousand_forms_of_one_network_count_as_its_share(visitor: Visitor) -> None:
    """With the forms all made beforehand, as a script would."""
    tokens = [await form(visitor) for _ in range(EACH + 60)]

    for token in tokens:
        status, _ = await visitor.post(QUIZ, {"form": token, "q-double": "b"})
        assert status == 200

    assert await counted(visitor.app) == {"double b": EACH}


async def test_languages_are_counted_together_and_link_to_each_other(visitor: Visitor) -> None:
    for language, says in (("fr", "2 sur 5"), ("en", "2 out of 5"), ("fr-falc", "2 sur 5")):
        sent = {"form": await form(visitor), "q-double": "b", "q-meme-mot": "c"}
        status, page = await visitor.post(f"{QUIZ}?lang={language}", sent)
        assert (status, says in page) == (200, True)

    _, page = await visitor.get(f"{QUIZ}?lang=en")
    assert '<html lang="en">' in page
    assert 'href="?lang=fr-falc"' in page
    assert await counted(visitor.app) == {"double b": 3, "meme-mot c": 3}


async def test_an_unknown_language_is_french_and_an_unknown_quiz_is_no_page(
    visitor: Visitor,
) -> None:
    assert '<html lang="fr">' in (await visitor.get(f"{QUIZ}?lang=xx"))[1]
    assert (await visitor.get("/quiz/inconnu"))[0] == 404
    assert (await visitor.get("/quiz/"))[0] == 404
    assert (await visitor.get("/quiz/verrou/autre"))[0] == 404


async def test_the_certificate_names_nobody_and_the_sheet_keeps_its_answers_apart(
    visitor: Visitor,
) -> None:
    _, certificate = await visitor.get(f"{QUIZ}/attestation?nom=Marie&score=5")
    _, sheet = await visitor.get(f"{QUIZ}/feuille")

    assert "Attestation" in certificate
    assert "Marie" not in certificate
    assert "<input" not in certificate
    questions, answers = sheet.split('<section class="apart"')
    assert "Deux minutes en deviennent vite dix" not in questions
    assert answers.count("<li><p><strong>") == 5
    assert (await visitor.post(f"{QUIZ}/feuille", {}))[0] == 405


async def test_a_draft_has_no_page(visitor: Visitor) -> None:
    templates = visitor.app.configuration.templates
    write_quiz(templates, quiz_text("brouillon") + "draft: true\n", name="quiz.staff.fr.yaml")

    assert (await visitor.get("/quiz/brouillon"))[0] == 404


@pytest.mark.parametrize(
    ("host", "drawn", "credit"),
    [
        ({}, False, "Agence du Numérique en Santé"),
        ({"REFLEXE_HOST__NAME": "Firmin Crochet"}, True, ""),
        ({"REFLEXE_HOST__NAME": "Zoé Verrou", "REFLEXE_HOST__CREDIT": "A. B."}, False, "A. B."),
        ({"REFLEXE_HOST__NAME": "Zoé Verrou"}, False, ""),
    ],
)
async def test_a_host_of_ours_is_drawn_and_anybody_elses_is_credited(
    tmp_path: Path, host: dict[str, str], drawn: bool, credit: str
) -> None:
    app = await make_world(tmp_path, environment=host)
    async with visiting(app) as visitor:
        for path in (QUIZ, f"{QUIZ}?lang=fr-falc", f"{QUIZ}?lang=en", f"{QUIZ}/attestation"):
            _, page = await visitor.get(path)

            assert ("<svg" in page and 'aria-label="' in page) is drawn
            assert (credit in page) if credit else ("Agence" not in page)
    await app.close()
