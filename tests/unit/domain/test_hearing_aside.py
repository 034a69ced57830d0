"""Words of leaving that aren't said to us withhold no service message; farewells end the series."""

import pytest

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.kinds import ReplyKind

CLOSING = (ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON, ReplyKind.DECEASED)
SERIES_OVER = (ReplyKind.LEAVES_SERIES, *CLOSING)


@pytest.mark.parametrize(
    "text",
    [
        # Another list, another thing.
        "Faut-il se désinscrire de la médiathèque avant l’opération ?",
        "je voudrais résilier l’abonnement au parking des visiteurs",
        "retirez-moi du groupe de tai-chi, je me suis cassé le poignet",
        "désabonnez la tablette du lit 12",
        "Comment quitter la liste de covoiturage ?",
        "can you take me off the physio waiting list please",
        # A STOP that stands elsewhere, or that others advise.
        "j’ai mis stop pub sur mon portail et les prospectus arrivent toujours",
        "j’ai répondu STOP à un vendeur de fenêtres",
        "ma banque dit de répondre STOP, je fais quoi",
        "Fwd: Votre compte est suspendu. Répondez STOP pour annuler",
        # More of them.
        "j’aimerais plus de messages comme celui de dimanche",
        "plus de conseils comme ça, on adore",
        "vous ne me dérangez pas du tout",
        # Anger and mistakes that are no other person's number.
        "vous me prenez pour un imbécile ?",
        "vous vous êtes trompés de côté, c’était le genou gauche",
        "vous vous êtes trompé dans mon traitement",
    ],
)
def test_what_isnt_said_to_us_withholds_no_service_message(text: str) -> None:
    assert hear(text).kind not in CLOSING


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("vous vous êtes trompés de numéro", ReplyKind.WRONG_PERSON),
        ("vous me prenez pour quelqu’un d’autre", ReplyKind.WRONG_PERSON),
        ("retirez-moi de votre liste", ReplyKind.OPT_OUT),
        ("supprimez mon numéro de la liste de diffusion", ReplyKind.OPT_OUT),
        ("désabonnez-moi", ReplyKind.OPT_OUT),
        ("plus de messages svp", ReplyKind.OPT_OUT),
    ],
)
def test_what_is_said_to_us_still_closes(text: str, kind: ReplyKind) -> None:
    assert hear(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "🔕",
        "STOP je conduis un car scolaire",
        "🚫🚫",
        "🤐 merci",
        "Adieu les textos",
        "stop tout sauf les résultats d’analyse",
        "Le prochain, je porte plainte",
        "quand est-ce que vous me lâcherez avec vos sms",
    ],
)
def test_signs_farewells_and_threats_end_the_series(text: str) -> None:
    assert hear(text).kind in SERIES_OVER


@pytest.mark.parametrize("text", ["Adieu", "adieu à tous", "Adieu maman"])
def test_a_bare_farewell_may_be_despair_and_waits_for_somebody(text: str) -> None:
    heard = hear(text)

    assert heard.kind in (ReplyKind.DOUBT, ReplyKind.OTHER)
    assert heard.expects


def test_a_series_that_ends_for_who_most_likely_stays_isnt_met_with_silence() -> None:
    heard = hear("la cantine est fermée le dimanche ?")

    assert heard.kind is ReplyKind.OTHER or heard.expects
