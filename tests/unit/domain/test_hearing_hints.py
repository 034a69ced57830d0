"""Leave that is taken by a hint: appointments kept, asked how, wound up, for one's kin."""

import pytest

from scheduler.domain.hearing.deciding import hear
from scheduler.domain.hearing.kinds import ReplyKind

SERIES_OVER = (ReplyKind.LEAVES_SERIES, ReplyKind.OPT_OUT)
SHOWN = (ReplyKind.LEAVES_SERIES, ReplyKind.DOUBT)


@pytest.mark.parametrize(
    "text",
    [
        "gardez mon 06 pour les consultations mais pas pour vos campagnes",
        "Only message me about my appointments please",
        "Je veux bien les rappels de rdv, pas le reste",
        "keep the reminders for my appointments but drop the cyber tips",
        "ne m’écrivez que pour mes rendez-vous",
    ],
)
def test_who_keeps_the_appointments_leaves_the_series_alone(text: str) -> None:
    assert hear(text).kind is ReplyKind.LEAVES_SERIES


@pytest.mark.parametrize(
    "text",
    [
        "Comment on fait pour se désabonner ?",
        "où est-ce qu’on se désinscrit svp",
        "how do I unsubscribe from these texts?",
        "comment faire pour ne plus recevoir ces messages",
    ],
)
def test_who_asks_how_to_leave_leaves(text: str) -> None:
    assert hear(text).kind in SERIES_OVER


@pytest.mark.parametrize(
    "text",
    ["comment me désabonner d’une newsletter amazon ?", "How do I stop my phone from updating"],
)
def test_who_asks_how_to_leave_something_else_doesnt(text: str) -> None:
    assert hear(text).kind not in (ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "ce sera tout merci",
        "on va s’arrêter là, merci",
        "c’est bon on a compris",
        "n’écrivez plus à ma mère",
        "ce portable est réservé aux urgences",
        "pourquoi vous m’écrivez sans arrêt",
        "oui enfin non stop",
        "ça ne me sert à rien",
        "Top",
        "what a pain, stop",
        "mwen pa vle mesaj ankò",
    ],
)
def test_a_hint_is_never_passed_over(text: str) -> None:
    assert hear(text).kind in (*SHOWN, ReplyKind.OPT_OUT)


@pytest.mark.parametrize(
    "text",
    [
        "le site est mort",
        "envoyez-moi plus d’infos svp",
        "je voudrais plus d’informations sur le webinaire",
        "sorry wrong person, meant for my wife",
        "oups mauvais destinataire",
        "je dois faire opposition sur ma carte ?",
        "je ne suis pas patient, je suis soignant",
        "Ici c’est réflexe cyber, pas stop cyber",
    ],
)
def test_what_only_sounds_like_leaving_withholds_no_service_message(text: str) -> None:
    assert hear(text).kind in (ReplyKind.OTHER, ReplyKind.COURTESY, *SHOWN)


def test_a_message_kept_isnt_taken_for_one_refused() -> None:
    assert hear("ne m’envoyez plus rien").kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize("text", ["CONTACT", "aide svp", "INFO"])
def test_who_asks_who_we_are_is_told(text: str) -> None:
    assert hear(text).kind is ReplyKind.HELP
    assert hear("éliminez mon contact").kind in SHOWN
