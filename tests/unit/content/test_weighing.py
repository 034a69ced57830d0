"""What sentences weigh together, beside the rules that know phrases."""

import pytest

from scheduler.content.rules import claims, language, moments, numbers, speakers, typography
from scheduler.content.rules.links import shorteners
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.signs_of_tone import Sentence, kinds_of, signs
from scheduler.content.rules.weighing import RULES, backed, tone
from scheduler.domain.checking.findings import Finding, Severity


def passage(
    text: str, language: str = "fr", *, channel: str = "sms", audience: str = "patients"
) -> Passage:
    return Passage(
        file="sms.fr.txt", text=text, language=language, channel=channel, audience=audience
    )


def said(own: str, *, asks: bool = False) -> frozenset[str]:
    return signs(
        Sentence(own=own, quoted="", asks=asks, channel="sms", audience="staff", language="fr")
    )


def lines(found: list[Finding]) -> list[int | None]:
    return [one.line for one in found]


def test_a_word_belongs_to_its_kinds_by_its_beginning_too() -> None:
    assert "punish" in kinds_of("sanctionnables")
    assert "gift" in kinds_of("tee-shirt")
    assert kinds_of("parapluie") == frozenset()


def test_what_is_denied_has_other_signs_than_what_is_said() -> None:
    assert "n sanct" in said("personne ne sera sanctionne")
    assert "n sanct" not in said("vous serez sanctionne")


def test_a_threat_is_told_at_its_line_in_words_that_nobody_listed() -> None:
    text = (
        "Bonjour,\n\nPensez à fermer votre session.\n\n"
        "Tout agent qui oublie sera convoqué par la direction et sanctionné."
    )

    found = [
        one
        for one in tone(passage(text, channel="email", audience="staff"))
        if one.rule == "sanction"
    ]

    assert lines(found) == [5]
    assert found[0].severity is Severity.WARNING
    assert "sanctionne" in found[0].message


def test_a_heading_is_loud_however_long_the_text_below_it() -> None:
    """A phrase of a long text is asked for more; its heading is read by everybody."""
    story = " ".join(["Paul ferme sa session, puis il va déjeuner avec ses collègues."] * 30)
    text = f"# Urgent ! Quatre réflexes à garder\n\n{story}"
    at = text.index("Urgent")

    assert backed(passage(text, channel="email"), "urgency", at, at + len("Urgent"))
    assert backed(passage(text.replace("# ", "", 1), channel="email"), "urgency", at - 2, at) is (
        False
    )


def test_a_calm_advice_weighs_nothing() -> None:
    text = "Verrouillez votre écran quand vous quittez votre poste. Merci de votre attention."

    assert [*tone(passage(text, channel="email", audience="staff"))] == []


def test_what_is_weighed_never_holds() -> None:
    assert all(passage("x").finding(rule, 0, "").severity is Severity.WARNING for rule in RULES)


@pytest.mark.parametrize(
    "text",
    [
        "Plus de 300 entreprises ont été touchées chaque année par une cyberattaque.",
        "8 attaques sur 10 commencent par un courriel.",
        "« La prudence est un muscle qui ne se fatigue jamais » : une formule célèbre.",
        "Les experts sont formels : cela augmente.",
    ],
)
def test_what_somebody_counted_or_said_needs_a_name(text: str) -> None:
    assert [one.rule for one in claims.unsourced(passage(text), "")] == ["credit"]
    assert [*claims.unsourced(passage(text), "Source : ANSSI, 2026")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Notre exercice a réuni 240 agents, et 9 sur 10 ont signalé le message.",
        "France Victimes écoute les victimes au 116 006.",
        "Le 3018 aide les jeunes.",
        "« Votre colis est en attente de paiement » : c'est un faux message.",
        "« La sécurité est un chemin et non un but à lui seul », écrivait Jeanne Exemple.",
        "Le service répond 24 heures sur 24.",
    ],
)
def test_our_own_figures_and_help_numbers_need_none(text: str) -> None:
    assert [*claims.unsourced(passage(text), "")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Bonsoir, verrouillez vos téléphones.",
        "Jeudi, enfin ! Fermez vos sessions.",
        "Merci à tous et joyeux Noël !",
        "Bonne nuit à l'équipe.",
        "Le mois dernier, 30 agents ont suivi l'atelier.",
    ],
)
def test_a_moment_of_reading_is_supposed(text: str) -> None:
    assert [one.rule for one in moments.moments(passage(text))] == ["day-in-text"]


@pytest.mark.parametrize(
    "text",
    [
        "Le jeudi, le support répond jusqu'à 20 h.",
        "Chaque nuit, les sauvegardes se font seules.",
        "Le travail de nuit demande un écran plus sombre.",
        "Bel été à toutes et à tous.",
    ],
)
def test_a_habit_and_a_season_suppose_no_moment(text: str) -> None:
    assert [*moments.moments(passage(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Ici la gendarmerie : un colis inattendu ? Ne cliquez pas.",
        "Bonjour, c'est Paul de la CAF : gardez votre RIB pour vous.",
        "Police nationale, service cyber : fermez vos sessions.",
        "Impots.gouv : votre remboursement est en cours.",
    ],
)
def test_whoever_presents_himself_as_a_body_speaks_in_its_name(text: str) -> None:
    assert [one.rule for one in speakers.speakers(passage(text))] == ["impersonation"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Appelez le 0 800 123 123, jour et nuit.", True),
        ("Un SMS douteux ? Le 3370 le vérifie.", True),
        ("Info Escroqueries répond au 0 805 805 817.", False),
        ("Le 15 pour le Samu, le 18 pour les pompiers, le 112 en Europe, le 114 par SMS.", False),
    ],
)
def test_a_free_number_that_no_service_has_is_told(text: str, wrong: bool) -> None:
    assert bool([*numbers.help_numbers(passage(text))]) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Voyez bit.ly/essai", True),
        ("Voyez https://bit.ly", True),
        ("Un lien court, de type bit.ly ou tinyurl.com, cache où il mène.", False),
    ],
)
def test_a_shortener_may_be_told_of(text: str, wrong: bool) -> None:
    assert bool([*shorteners(passage(text))]) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Un doute ?Appelez le support.", True),
        ("Ne la branchez pas , apportez-la.", True),
        ("Un code:gardez-le pour vous.", True),
        ("Un lien peut tromper.Lisez-le.", True),
        ("Un doute ? Appelez le support : il répond.", False),
        ("Voyez ameli.fr ou 17cyber.gouv.fr.", False),
    ],
)
def test_spaces_of_an_sms_are_told(text: str, wrong: bool) -> None:
    assert bool([*typography.line_typography(passage(text))]) is wrong


def test_curly_marks_of_an_sms_are_told_and_straight_ones_are_its_own() -> None:
    assert [one.rule for one in typography.line_quotes(passage("Un SMS dit ‘colis bloqué’"))] == [
        "english-quotes"
    ]
    assert [*typography.line_quotes(passage('Un SMS dit "colis bloqué"'))] == []


def test_another_language_is_told_on_each_line_that_has_it() -> None:
    text = "Hello,\n\nPlease lock your screen when you leave.\n\nMerci de votre attention."

    assert lines([*language.language(passage(text))]) == [1, 3]
