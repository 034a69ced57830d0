"""The campaign's slogan and the seed's end: once a message, in their months, never in fear."""

import re
from html import unescape

import pytest

from scheduler.content.rules.voice import plain
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.drawings import may_draw
from tests.samples.content import part, read
from tests.shipped import Shipped, folders, reader, texts

SLOGAN = "En octobre, le dimanche, c’est réflexe cyber"
OWNER = "Agence du Numérique en Santé"
OPENS_OR_CLOSES = ("cybermois/annonce", "cybermois/bilan")

every_email = pytest.mark.parametrize("text", texts("email"), ids=lambda text: text.name)


def test_all_of_october_has_one_slogan_and_its_owner() -> None:
    kickers = [one.kicker for one in folders() if one.path.startswith("cybermois/")]

    assert len(kickers) == 6
    assert len({repr(one) for one in kickers}) == 1
    assert kickers[0] is not None
    assert (kickers[0].slogan, kickers[0].credit) == (SLOGAN, OWNER)


def test_all_the_other_months_say_the_seeds_end() -> None:
    others = [one for one in folders() if one.path.startswith(("rappels/", "eclairages/"))]

    assert {one.kicker.words["fr"] for one in others if one.kicker} == {
        "Un bon réflexe en octobre en est un toute l’année"
    }
    assert all(one.kicker and not one.kicker.slogan for one in others)


@every_email
def test_a_message_says_its_line_once_above_its_title_and_nowhere_else(text: Shipped) -> None:
    folder, variant = text.folder, text.source.variant
    message = read(text.email(text.examples()).fill(reader({})))
    body = part(message, "plain")
    words = folder.kicker.words_for(variant) if folder.kicker else ""
    smiles = may_draw(folder.path, folder.message_class, _people(text))

    if not words or not smiles:
        assert 'surtitre"' not in part(message, "html").partition("</head>")[2]
        assert plain(SLOGAN) not in plain(body)
        return
    assert plain(body).count(plain(words)) == 1
    assert unescape(part(message, "html")).count(f">{words}</p>") == 1
    head = "\n\n".join(body.split("\n\n")[:2])
    assert head.startswith(("[", words))
    assert words in head


@every_email
def test_october_has_the_line_in_every_language_it_is_written_in(text: Shipped) -> None:
    if text.folder.path.startswith("cybermois/"):
        assert text.folder.kicker
        assert text.folder.kicker.words_for(text.source.variant)


@every_email
def test_a_subject_says_it_at_the_beginning_and_at_the_end_alone(text: Shipped) -> None:
    said = plain(SLOGAN) in plain(text.source.subject)

    in_french = text.source.variant == "fr" and text.folder.path in OPENS_OR_CLOSES
    assert said is in_french


def test_no_sms_says_it() -> None:
    assert not [one.name for one in texts("sms") if re.search("dimanche", one.source.body)]


def _people(text: Shipped) -> People:
    return People.STAFF if text.audience.name == "staff" else People.PATIENTS
