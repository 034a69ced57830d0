"""Quiz files: what is read, what ``check`` says of them, and which the public site has."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from scheduler.content import quizzes, strays
from scheduler.content.rules.addresses import AddressRules
from scheduler.content.rules.links import Allowed
from scheduler.domain.checking.findings import Finding, Hold, Severity
from scheduler.domain.errors import ContentError
from scheduler.domain.organisation import Links
from scheduler.flow.showing.quizzes import Shelf
from scheduler.flow.writing.checking_quizzes import QuizChecks, quiz_addresses
from tests.samples.quizzes import RIGHTS, quiz_text, write_quiz

ROOT = Path(__file__).parents[3]
MESSAGE = "cybermois/annonce"
VALUES = {"hote": "Firmin Crochet", "organisation": "L’hôpital"}
CARD = "title: Essai\nclass: awareness\nchannels: [email]\n"
LINKS = Links(public_url="https://cyber.example.org", short_url="https://sms.example.org")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    root = tmp_path / "templates"
    (root / MESSAGE).mkdir(parents=True)
    (root / MESSAGE / "message.yaml").write_text(CARD, encoding="utf-8")
    return root


def checks(templates: Path) -> QuizChecks:
    allowed = Allowed(domains={"cybermalveillance.gouv.fr"}, hosts={"cyber.example.org"})
    return QuizChecks(
        root=templates,
        audiences=("staff", "patients"),
        allowed=allowed,
        addresses=AddressRules(allowed=allowed, links=LINKS),
    )


def found(templates: Path, message: str = MESSAGE) -> list[Finding]:
    findings = [*checks(templates).message(message), *quiz_addresses(templates, [message])]
    return [one for one in findings if one.rule != "typography"]


def rules(findings: Sequence[Finding]) -> list[str]:
    return [one.rule for one in findings]


def test_a_quiz_is_read_with_its_lines_and_says_nothing_wrong(templates: Path) -> None:
    write_quiz(templates, quiz_text())

    file = quizzes.read(templates, f"{MESSAGE}/quiz.staff.fr.yaml")

    assert [one.key for one in file.quiz.questions] == list(RIGHTS)
    assert file.quiz.questions[1].answers["b"] == "Le fermer"
    assert (file.quiz.message, file.quiz.audience, file.quiz.variant) == (MESSAGE, "staff", "fr")
    assert file.quiz.further == (("Le site", "https://www.cybermalveillance.gouv.fr"),)
    assert found(templates) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("    right: a\n", ""), "« right » manque"),
        (("    right: a\n", "    right: z\n"), "« z » n'est pas une des réponses"),
        (("right:", "rigth:"), "« rigth » n'est pas un champ"),
        (('      b: "Le fermer"\n      c: "Le prêter"\n', ""), "réponse(s)"),
        (('c: "Le prêter"', 'c: "le  laisser"'), "deux fois la même réponse"),
        (('c: "Le prêter"', 'c: ""'), "« c » manque"),
        (("address: essai", "address: Essai !"), "ne peut pas être une adresse"),
        (("{{ hote }} écoute", "{{ prenom }} écoute"), "prenom"),
        (("{{ hote }} écoute", "{% for x in y %}"), ""),
        (("https://www.cyber", "javascript:cyber"), "n'est pas une adresse"),
        (('title: "Un essai"', 'title: "' + "a" * 900 + '"'), "900 caractères"),
        (("now:", "draft: oui\nnow:"), "ni true ni false"),
    ],
)
def test_a_faulty_quiz_is_told_in_words_and_is_on_no_page(
    templates: Path, changed: tuple[str, str], says: str
) -> None:
    write_quiz(templates, quiz_text().replace(*changed, 1))

    with pytest.raises(ContentError):
        quizzes.read(templates, f"{MESSAGE}/quiz.staff.fr.yaml")
    (one, *_) = found(templates)

    assert one.rule == "quiz"
    assert says in one.message
    assert one.file == f"templates/{MESSAGE}/quiz.staff.fr.yaml"
    assert Shelf().all(templates, VALUES) == {}


def test_no_finding_on_a_quiz_holds_a_message(templates: Path) -> None:
    write_quiz(templates, "nothing: here\n")
    write_quiz(templates, quiz_text(address="staff"), name="quiz.patients.fr.yaml")

    assert {one.hold for one in found(templates)} == {Hold.NO}
    assert Severity.FAULT in {one.severity for one in found(templates)}


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        ("Dans quel service travaillez-vous ?", "quiz-person"),
        ("Avez-vous déjà cliqué sur un lien ?", "quiz-person"),
        ("Quel est votre mot de passe ?", "quiz-person"),
        ("Êtes-vous soignante ?", "quiz-person"),
        ("Écrire à marie.durand@example.org, est-ce bien ?", "quiz-person"),
        ("Rappeler le 06 39 98 12 34 ?", "quiz-person"),
        ("1 84 12 76 451 089 46, est-ce un bon mot de passe ?", "quiz-person"),
        ("Ouvrir [ce site](https://piege.example) ?", "link-domain"),
        ("Ouvrir bit.ly/abc ?", "shortener"),
        ("Votre collègue travaille dans un service fermé. Que faire ?", ""),
        ("On vous demande le nom de votre médecin. Que répondre ?", ""),
    ],
)
def test_a_quiz_asks_what_to_do_and_never_who_answers(templates: Path, ask: str, rule: str) -> None:
    write_quiz(templates, quiz_text().replace("Que faire de deux ?", ask))

    assert rules(found(templates)) == ([rule] if rule else [])


def test_a_giveaway_is_told_at_its_question(templates: Path) -> None:
    text = quiz_text().replace("Le fermer", "Le fermer, et le dire à tout le service", 1)
    write_quiz(templates, text.replace("right: a", "right: b", 1))

    (one,) = found(templates)

    assert (one.rule, one.line) == ("quiz-giveaway", 5)


@pytest.mark.parametrize("apart", ["»\\n", "» "])
def test_an_easy_quiz_has_a_sentence_a_line_and_is_told_at_its_key(
    templates: Path, apart: str
) -> None:
    write_quiz(templates, quiz_text())
    ask = f"Il dit :\\nPayez.\\nIl dit : « Payez vite. {apart}Que faire ?"
    easy = quiz_text().replace("Que faire de deux ?", ask)
    write_quiz(templates, easy, name="quiz.staff.fr-falc.yaml")

    told = [(one.rule, one.line) for one in found(templates)]

    line = 1 + easy[: easy.index(ask)].count("\n")
    assert told == ([("easy-sentence", line)] if apart == "» " else [])


def test_another_language_must_ask_the_same(templates: Path) -> None:
    write_quiz(templates, quiz_text())
    write_quiz(templates, quiz_text(deux="c"), name="quiz.staff.en.yaml")
    write_quiz(templates, quiz_text(), name="quiz.staff.fr-falc.yaml")

    assert "quiz" in rules(found(templates))
    assert list(Shelf().all(templates, VALUES)["essai"].by_variant) == ["fr", "fr-falc"]


def test_no_two_quizzes_have_one_address_and_each_has_an_audience(templates: Path) -> None:
    write_quiz(templates, quiz_text())
    write_quiz(templates, quiz_text(), name="quiz.patients.fr.yaml")
    write_quiz(templates, quiz_text("autre"), name="quiz.cuisine.fr.yaml")
    write_quiz(templates, quiz_text("seul"), name="quiz.seul.en.yaml")

    said = [one.message for one in found(templates)]

    assert sum("est aussi celle de" in one for one in said) == 2
    assert sum("n'est pas un public" in one for one in said) == 2
    assert sum("n'existe pas en français" in one for one in said) == 1
    assert Shelf().all(templates, VALUES)["essai"].french.audience == "patients"


def test_a_draft_is_on_no_page_and_no_message_leads_to_it(templates: Path) -> None:
    write_quiz(templates, quiz_text("ouvert"))
    write_quiz(templates, quiz_text("brouillon") + "draft: true\n", name="quiz.patients.fr.yaml")
    (templates / MESSAGE / "email.fr.md").write_text(
        "---\nsubject: Essai\npreheader: Essai\n---\n"
        "[{{ page_quiz }}ouvert]({{ page_quiz }}ouvert)\n\n"
        "{{page_quiz}}brouillon et {{ page_quiz }}parti?lang=en\n",
        encoding="utf-8",
    )

    linked = found(templates)

    assert [(one.rule, one.line) for one in linked] == [("quiz-link", 7), ("quiz-link", 7)]
    assert list(Shelf().all(templates, VALUES)) == ["ouvert"]


def test_what_cannot_be_read_meanwhile_leads_nowhere(templates: Path) -> None:
    (templates / MESSAGE / "email.en.md").mkdir()
    letter = templates / MESSAGE / "email.fr.md"
    letter.write_text("{{ page_quiz }}parti\n", encoding="utf-8")

    # A folder by the name of a text has no words; the text beside it has.
    assert [one.file for one in found(templates)] == [f"templates/{MESSAGE}/email.fr.md"]
    assert [*quiz_addresses(templates, ["nulle-part"])] == []


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (("en",), "en"),
        # Of a language, before one that is asked for less.
        (("en-falc", "fr"), "en"),
        ((None, "de", "en"), "en"),
        (("de", None), "fr"),
        ((), "fr"),
    ],
)
def test_a_quiz_is_shown_in_the_language_that_comes_nearest(
    templates: Path, asked: tuple[str | None, ...], chosen: str
) -> None:
    write_quiz(templates, quiz_text())
    write_quiz(templates, quiz_text(), name="quiz.staff.en.yaml")

    assert Shelf().all(templates, VALUES)["essai"].best(*asked).variant == chosen


def test_the_shelf_is_looked_at_now_and_then(templates: Path) -> None:
    shelf = Shelf(again=3_600)
    file = write_quiz(templates, quiz_text())
    first = shelf.all(templates, VALUES)
    file.unlink()

    assert shelf.all(templates, VALUES) is first
    # Words that are filled otherwise are never those of before.
    assert shelf.all(templates, {**VALUES, "hote": "Victor Code"}) == {}


def test_a_quiz_that_is_read_again_unchanged_is_filled_once(templates: Path) -> None:
    shelf = Shelf(again=0)
    write_quiz(templates, quiz_text())

    first, again = (shelf.all(templates, VALUES)["essai"].french for _ in range(2))

    assert first is again


def test_the_shelf_fills_the_host_and_follows_the_files(templates: Path) -> None:
    shelf = Shelf(again=0)
    file = write_quiz(templates, quiz_text())

    assert shelf.all(templates, VALUES)["essai"].french.intro == "Firmin Crochet écoute."
    other = {**VALUES, "hote": "Victor Code"}
    assert shelf.all(templates, other)["essai"].french.intro == "Victor Code écoute."
    file.unlink()
    assert shelf.all(templates, other) == {}


def test_a_quiz_is_no_stray(templates: Path) -> None:
    write_quiz(templates, quiz_text())
    write_quiz(templates, quiz_text(), name="quiz.staff.yaml")

    assert strays.in_templates(templates) == [f"{MESSAGE}/quiz.staff.yaml"]


def test_every_shipped_quiz_is_open_in_three_languages_with_five_questions() -> None:
    open_ones = Shelf().all(ROOT / "templates", VALUES)

    assert len(open_ones) == 10
    for one in open_ones.values():
        assert set(one.by_variant) == {"fr", "fr-falc", "en"}
        for quiz in one.by_variant.values():
            assert len(quiz.questions) == 5
            assert "{{" not in repr(quiz)
            places = [list(q.answers).index(q.right) for q in quiz.questions]
            assert len(set(places)) == 3
