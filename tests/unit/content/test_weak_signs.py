"""A phrase alone is no finding: what is told of somebody else, and what its sentence denies."""

from collections.abc import Iterator

import pytest

from scheduler.content.rules import borrowed, moments, voice, weighing, words
from scheduler.content.rules.passage import Passage

TOLD_OF_OTHERS = (
    "Nous ne vous demanderons jamais :\n\n- votre mot de passe ;\n- une copie de votre RIB.",
    "Une image s’ouvre.\n\nL’image dit : vous avez gagné.\n\nNe touchez pas l’image.",
    "C’est vous qui tapez votre mot de passe.",
    "Votre mot de passe a fuité, pas de drame.",
    "Un appel est arrivé en pleine nuit au standard.",
    "Les congrès distribuent encore des clés USB, avec un logo et parfois un ruban.",
    "La solidarité s’organise vite, et les escrocs aussi.",
    "Des photos oui, mais pas pour tout le monde.",
    "Beaucoup d’entre vous n’osent pas venir, de peur de poser une question sotte.",
    "Cela semble bête, et cela marche à tous les coups.",
    "L’autre jour, un « conseiller » l’a appelée pour un placement.",
)
OURS = (
    "Faites vite :\n\n- envoyez-nous votre mot de passe ;\n- donnez-nous votre code.",
    "Vite, il ne vous reste que deux heures pour sécuriser votre compte avant sa suspension.",
    "Les vingt premiers participants gagneront une enceinte sans fil.",
    "Un mauvais clic et toute votre vie s’écroule : économies, photos, honneur.",
    "Vous avez gagné un bon d’achat.",
    "Saisissez votre mot de passe sur cette page.",
)


def _passage(text: str) -> Passage:
    return Passage(file="", text=text, channel="email", audience="patients")


def _codes(text: str) -> Iterator[str]:
    passage = _passage(text)
    for rule in (words.text, moments.moments):
        yield from (one.rule for one in rule(passage))


@pytest.mark.parametrize("text", TOLD_OF_OTHERS)
def test_what_is_told_is_left_in_peace(text: str) -> None:
    assert list(_codes(text)) == []


@pytest.mark.parametrize("text", OURS)
def test_what_is_said_by_us_is_found(text: str) -> None:
    assert list(_codes(text)) != []


def test_a_list_under_a_heading_that_denies_keeps_its_place() -> None:
    text = "Jamais :\n\n- un code ;\n- une carte.\n\nMerci :\n- d’avoir lu."

    own = voice.own_words(text)

    assert len(own) == len(text)
    assert "code" not in own
    assert "d’avoir lu" in own


def test_a_phrase_in_a_long_text_is_asked_for_more() -> None:
    said = "Un bon de commande vous attend au magasin."
    around = "\n\n".join(f"Rangez la clé numéro {number} dans le tiroir." for number in range(40))

    alone = weighing.backed(_passage(said), "reward-in-text", 0, len(said))
    among = weighing.backed(_passage(f"{said}\n\n{around}"), "reward-in-text", 0, len(said))

    assert (alone, among) == (True, False)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Essayez la méthode SIFT avant de partager une information.", True),
        ("Essayez la méthode SIFT de Mike Caulfield avant de partager.", False),
        ("Notre affiche vient d’une belle photo trouvée sur Internet.", True),
        ("Our poster uses a drawing found on a well-known artist’s page.", True),
        ("Un escroc reprend une photo trouvée sur Internet, parfois la vôtre.", False),
        ("Notre affiche : photo prise sur un site, avec l’accord de son auteure.", False),
    ],
)
def test_a_named_method_and_a_picture_from_the_web_have_an_author(text: str, due: bool) -> None:
    assert bool([*borrowed.borrowed(_passage(text), "")]) is due
