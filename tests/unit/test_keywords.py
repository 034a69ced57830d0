"""What an SMS asks for, whatever way it is spelt."""

import pytest

from scheduler.domain.keywords import (
    HELP_WORDS,
    OPT_OUT_WORDS,
    ReplyKind,
    kind_of,
    kind_of_marked,
    normalise,
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" Stop ", "STOP"),
        ("stop.", "STOP"),
        ("Arrêtez-moi\tça !!", "ARRETEZ MOI CA"),
        ("ＳＴＯＰ", "STOP"),
        ("st\u200bop\u200f", "STOP"),
        ("«\u00a0Stop\u00a0»", "STOP"),
        ("De\u0301sinscrire", "DESINSCRIRE"),
        ("stop 👋", "STOP"),
        ("", ""),
        ("???", ""),
    ],
)
def test_spelling_doesnt_count(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "ARRET",
        "stop.",
        " Stop ",
        "STOP 36180",
        "STOP AU 36180",
        "STOP SMS",
        "Stop sms svp merci",
        "arrêtez",
        "ARRÊTT",
        "désabonnement",
        "Me désinscrire",
        "Stop ?",
        "STOP svp ?",
        "Non, stop !",
        "non stop",
        "Non stop merci",
        "unsubscribe",
        "توقف",
        "إيقاف",
        "AIDE STOP",
        "Réponse automatique : stop",
        "arrêtez de m’écrire",
    ],
)
def test_an_order_to_stop_is_heard(text: str) -> None:
    assert kind_of(text) is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "arrêtez-vous de fumer ?",
        "C’est la fin ؟ non",
        "c'est la fin ?",
        "je travaille non stop",
        "je travaille non-stop…",
        "je travaille non stop, écrivez-moi le soir",
        "Je voudrais que vous arrêtiez, stop, de m’écrire le dimanche",
        "Bonjour docteur",
        "stoppez",
        "Oui, mais pas le soir",
        "",
        "👍",
        "Qui êtes-vous pour demander de l’aide à tout le monde",
    ],
)
def test_a_longer_text_and_a_question_are_for_a_person(text: str) -> None:
    assert kind_of(text) is ReplyKind.OTHER


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("contact", ReplyKind.HELP),
        ("Aide ?", ReplyKind.HELP),
        ("besoin d’aide svp", ReplyKind.HELP),
        ("INFO", ReplyKind.HELP),
        ("start", ReplyKind.OPT_IN),
        ("Oui !", ReplyKind.OPT_IN),
        ("Réponse automatique : je suis absente jusqu’à lundi.", ReplyKind.AUTO_REPLY),
        ("Automatic reply: help", ReplyKind.AUTO_REPLY),
    ],
)
def test_other_words_have_their_own_meaning(text: str, kind: ReplyKind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("word", sorted(OPT_OUT_WORDS))
def test_each_word_of_the_list_is_heard_in_small_letters_too(word: str) -> None:
    assert kind_of(f" {word.lower()}. ") is ReplyKind.OPT_OUT
    assert word not in HELP_WORDS


@pytest.mark.parametrize(
    ("mark", "text", "kind"),
    [
        ("STOP", "ça suffit", ReplyKind.OPT_OUT),
        ("START", "reprendre", ReplyKind.OPT_IN),
        ("HELP", "qui", ReplyKind.HELP),
        ("HELP", "stop", ReplyKind.OPT_OUT),
        ("", "stop", ReplyKind.OPT_OUT),
        ("NEUF", "bonjour", ReplyKind.OTHER),
    ],
)
def test_what_the_provider_understood_counts_beside_our_list(
    mark: str, text: str, kind: ReplyKind
) -> None:
    assert kind_of_marked(mark, text) is kind
