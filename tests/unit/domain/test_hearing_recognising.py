"""What may be passed over is recognised; whatever isn't is held, service messages going on."""

import pytest

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.familiar import Familiar, familiar_by, pieces
from scheduler.domain.hearing.kinds import ReplyKind

PASSED = (
    ReplyKind.OTHER,
    ReplyKind.COURTESY,
    ReplyKind.HELP,
    ReplyKind.AUTO_REPLY,
    ReplyKind.OPT_IN,
)


@pytest.mark.parametrize(
    "text",
    [
        "je descends du train ici",
        "nn mrc",
        "cancel my sub",
        "what do I type to end it",
        "faites disparaître mon numéro",
        "c’est nul",
        "how does one escape",
        "when will this end",
        "Merci pour ces années de soins, mais je tourne la page.",
        "on m’avait promis que ce serait réglé",
        "je n’ai pas internet",
        "bonne continuation à vous",
        "jusqu’à quand",
        "comment on sort",
        "scam",
        "2",
        "...",
        "🚪",
        "off please",
        "je ne viendrai plus",
        "Mon médecin est parti, moi aussi",
        "les mots de passe ça va on connaît",
        "le lien pour sortir ?",
        "j’ai peur à chaque message",
        "zou",
        "yeter",
        "sayonara",
    ],
)
def test_whatever_could_be_leaving_is_never_passed_over(text: str) -> None:
    assert hear(text).kind not in PASSED


@pytest.mark.parametrize(
    "text",
    [
        "which Robert?",
        "for whom is this?",
        "quel rendez-vous ?",
        "rendez-vous pour qui ?",
        "no appointment",
        "c’est le fixe de l’accueil",
        "vous faites fausse route",
        "emporté par la maladie en janvier",
        "ma tante a fermé les yeux en août",
        "rdv de quoi ? je suis pas malade et pas client",
        "réponse automatique : ce numéro a changé de propriétaire",
    ],
)
def test_who_may_be_somebody_else_is_never_passed_over(text: str) -> None:
    assert hear(text).kind not in PASSED


@pytest.mark.parametrize(
    "text",
    [
        "Je dois annuler mon rdv de lundi",
        "je dois annuler",
        "Bonjour je ne pourrai pas venir demain",
        "Je serai en retard, bouchons au Port",
        "qui enlève les points ?",
        "Ok pour moi à 9h",
        "Dois-je arrêter le Kardegic avant l’opération ?",
        "j’ai mal à la poitrine",
        "j’ai oublié mon mot de passe",
        "le lien ne marche pas",
        "bonne fin de journée",
        "merci beaucoup",
        "N’arrêtez surtout pas, c’est très utile",
        "Je conduis, je répondrai plus tard",
        "vous vous êtes trompés de jour pour mon rdv",
        "👍",
        "à demain",
    ],
)
def test_what_people_answer_and_stay_goes_on(text: str) -> None:
    assert hear(text).kind in PASSED


def test_a_newsletter_left_and_sms_kept_withholds_no_service_message() -> None:
    text = "J’aimerais me désabonner de la newsletter du CHU mais pas de vos sms"
    assert hear(text).kind in (ReplyKind.LEAVES_SERIES, ReplyKind.DOUBT)


def test_the_loudest_word_or_pair_counts_and_what_one_text_has_says_nothing() -> None:
    counts = {"rdv": (9, 0), "^ rdv": (3, 9), "demain": (1, 0), "zou": (0, 3)}

    assert familiar_by(" rdv demain ", counts) == Familiar(
        unknown=0, against=9.5 / 3.5, towards=9.5 / 0.5
    )
    assert familiar_by(" zou 36180 hop ", counts) == Familiar(
        unknown=2, against=3.5 / 0.5, towards=0.5 / 3.5
    )
    assert familiar_by(" ", counts) == Familiar(unknown=0, against=0.0, towards=0.0)


def test_the_pieces_of_a_text_are_its_words_and_neighbours() -> None:
    assert [*pieces(" je viens ")] == ["je", "viens", "^ je", "je viens", "viens $"]
