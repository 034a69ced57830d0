"""What the quizzes came to, said in a text: from the published steps, frozen, or not at all."""

from collections.abc import AsyncIterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from scheduler.content.rules.table import RULES
from scheduler.domain.checking.findings import Hold, Severity
from scheduler.domain.quizzes.counted import Chosen, Counter
from scheduler.domain.quizzes.showing import Results
from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.small_numbers import Veil
from scheduler.flow.results import in_words
from scheduler.flow.showing.messages import sample_content
from tests.checking_world import judged_here
from tests.flow_world import EVENT, World, open_world, utc, write_installation
from tests.samples.ledger import PATIENTS, STAFF, person
from tests.samples.quizzes import RIGHTS, quiz_text, write_quiz

HEAD = (
    '---\nsubject: "Essai"\n'
    "preheader: Un essai de nos messages, pour les nôtres, en peu de mots.\n---\n"
)
SAID = (
    "Merci.{% if reponses_quiz %} Au moins {{ reponses_quiz }} réponses"
    "{% if bonnes_reponses %}, dont {{ bonnes_reponses }} de bonnes{% endif %}.{% endif %}\n"
)
MESSAGES = {"essai/email.fr.md": HEAD + SAID}
#: The invitation's day.
PLANNED = utc(22, 8, month=9)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as opened:
        await opened.book.take_in(STAFF, person(1))
        await opened.book.take_in(PATIENTS, person(2))
        templates = opened.app.configuration.templates
        write_quiz(templates, quiz_text("carnet"), message="essai")
        write_quiz(templates, quiz_text("trousseau"), message="essai", name="quiz.patients.fr.yaml")
        yield opened


def answered(address: str, right: int, wrong: int) -> dict[Counter, int]:
    """So many answers to each of a quiz's five questions."""
    other = {"a": "b", "b": "c", "c": "a"}
    return {
        Chosen(address, key, letter): n
        for key, good in RIGHTS.items()
        for letter, n in ((good, right), (other[good], wrong))
    }


def texts(world: World) -> Mapping[str, str]:
    """What each got."""
    found = {}
    for one in world.email.accepted:
        mail = message_from_bytes(one.body, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        part = mail.get_body(("plain",))
        assert part is not None
        found[one.to] = part.get_content().replace("\r", "")
    return found


async def test_each_audience_reads_what_its_own_quizzes_came_to(world: World) -> None:
    await world.app.tallies.add(answered("carnet", 53, 12))
    await world.app.tallies.add(answered("trousseau", 1000, 1000))
    await world.at(PLANNED)

    staff, patients = texts(world).values()
    assert "Merci. Au moins 300 réponses, dont 80\u00a0% de bonnes." in staff
    assert "Merci. Au moins 10\u202f000 réponses, dont 50\u00a0% de bonnes." in patients


@pytest.mark.parametrize("counts", [{}, answered("carnet", 3, 2), answered("autre", 99, 12)])
async def test_a_text_reads_well_where_too_few_have_answered(
    world: World, counts: dict[Counter, int]
) -> None:
    await world.app.tallies.add(counts)
    await world.at(PLANNED)

    for text in texts(world).values():
        assert "Merci.\n" in text
        assert "réponses" not in text


async def test_the_figures_are_frozen_with_the_text(world: World) -> None:
    await world.app.tallies.add(answered("carnet", 53, 12))
    await world.look(PLANNED)
    await world.app.tallies.add(answered("carnet", 500, 0))
    await world.send(PLANNED)

    assert any("Au moins 300 réponses" in text for text in texts(world).values())


@pytest.mark.parametrize(
    ("found", "language", "words"),
    [
        (Results(answers=Amount(shown=310), right=80), "fr", ("310", "80\u00a0%")),
        (Results(answers=Amount(shown=1310), right=None), "fr", ("1\u202f310", "")),
        (Results(answers=Amount(shown=1310), right=5), "en", ("1,310", "5%")),
        (Results(answers=Amount(shown=5), right=100), "fr", ("", "")),
        (Results(answers=Amount(shown=0), right=None), "fr", ("", "")),
        (Results(answers=Amount(shown=Veil.FEW), right=None), "fr", ("", "")),
        (Results(answers=Amount(shown=Veil.HIDDEN), right=80), "fr", ("", "")),
    ],
)
def test_figures_in_words(found: Results, language: str, words: tuple[str, str]) -> None:
    assert tuple(in_words(found, language).values()) == words


async def test_an_example_stands_where_a_text_is_looked_at(world: World) -> None:
    agenda = world.app.agenda
    folder = agenda.library.load("essai")
    (source,) = [one for one in folder.sources if one.is_letter]

    content, _ = sample_content(agenda, folder, source, agenda.audiences["staff"])

    assert content.values["reponses_quiz"] == "310"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SAID, set()),
        ("Déjà {{ reponses_quiz }} réponses.\n", {"quiz-figure"}),
        (
            "{% if reponses_quiz %}{{ bonnes_reponses }} de bonnes.{% endif %}\n",
            {"quiz-figure"},
        ),
        ("{{ reponse_quiz }} réponses.\n", {"structure"}),
    ],
)
def test_check_wants_a_condition_around_each_and_knows_their_names(
    tmp_path: Path, text: str, told: set[str]
) -> None:
    config = write_installation(tmp_path, EVENT, {"essai/email.fr.md": HEAD + text})

    found = {one.rule for one in judged_here(config, "essai", {}) if one.rule in RULES}

    assert found & {"quiz-figure", "structure"} == told


def test_check_reads_the_subject_too(tmp_path: Path) -> None:
    head = HEAD.replace("Essai", "{{ reponses_quiz }} réponses")
    config = write_installation(tmp_path, EVENT, {"essai/email.fr.md": head + "Bonjour.\n"})

    lines = [one.line for one in judged_here(config, "essai", {}) if one.rule == "quiz-figure"]

    assert lines == [2]


def test_a_text_with_a_hole_is_held() -> None:
    rule = RULES["quiz-figure"]

    assert (rule.severity, rule.hold) == (Severity.FAULT, Hold.UNTIL_PASSED)
