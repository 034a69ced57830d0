"""The line above a title: kept with its text, never where nobody smiles, and a slogan said once."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.content.composing.content import Content, freeze
from scheduler.content.kickers import LONGEST
from scheduler.content.library import Library
from scheduler.content.rules import days
from scheduler.content.rules.kickers import kicker
from scheduler.content.rules.passage import Passage
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.drawings import WITHIN_THE_HOUR
from scheduler.domain.errors import ContentError
from tests.samples.content import (
    FOOTER,
    HEAD,
    MESSAGE,
    STAFF,
    composer,
    outline,
    part,
    read,
    recipient,
    write,
)

SAID = "En octobre, le dimanche, c’est réflexe <cyber> & 100 %"
SLOGAN = f'slogan:\n  text: "{SAID}"\n  credit: Agence Réflexe\n'
OWN = 'kicker:\n  fr: "Toute l’année"\n  fr-falc: "Tous les mois"\n'


def test_the_slogan_stands_above_the_title_in_both_parts_and_its_owner_in_the_footer(
    tmp_path: Path,
) -> None:
    message = read(composer(_content(tmp_path, SLOGAN)).fill(recipient()))

    assert part(message, "plain").startswith(f"{SAID}\n\n")
    page = part(message, "html")
    assert "réflexe &lt;cyber&gt; &amp; 100 %</p>" in page
    assert outline(page).words.count(SAID) == 1
    assert "Agence Exemple · Agence Réflexe" in outline(page).words


def test_a_kept_text_keeps_its_line(tmp_path: Path) -> None:
    content = _content(tmp_path, SLOGAN)

    again = Content.from_json(content.to_json())

    assert part(read(composer(again).fill(recipient())), "plain").startswith(SAID)


def test_an_owner_who_is_credited_already_is_named_once(tmp_path: Path) -> None:
    content = _content(tmp_path, SLOGAN.replace("Agence Réflexe", "agence  exemple"))

    assert content.credit == "Agence Exemple"


@pytest.mark.parametrize(
    ("variant", "said"),
    [("fr", "Toute l’année"), ("fr-falc", "Tous les mois"), ("en", None)],
)
def test_each_language_has_its_own_words_or_none(
    tmp_path: Path, variant: str, said: str | None
) -> None:
    content = _content(tmp_path, OWN, variant=variant)

    assert (content.kicker.words if content.kicker else None) == said


@pytest.mark.parametrize("people", list(People))
@pytest.mark.parametrize(
    ("path", "kind"),
    [("fuite-ailleurs", "awareness"), ("porte", "service"), (WITHIN_THE_HOUR, "awareness")],
)
def test_nothing_stands_above_a_grave_message(
    tmp_path: Path, path: str, kind: str, people: People
) -> None:
    content = _content(tmp_path, SLOGAN, path=path, kind=kind, people=people)

    smiles = path == WITHIN_THE_HOUR and people is People.STAFF
    assert (content.kicker is not None) is smiles
    assert ("Réflexe" in content.credit) is smiles


@pytest.mark.parametrize(
    ("added", "what"),
    [
        (SLOGAN + OWN, "une seule ligne"),
        ("slogan:\n  text: Dimanche\n", "credit"),
        ("slogan:\n  credit: Agence\n", "text"),
        (OWN + "  es: Todo\n", "es"),
        (f'kicker:\n  fr: "{"x" * (LONGEST + 1)}"\n', f"{LONGEST + 1} caractères"),
    ],
)
def test_a_faulty_line_is_told(tmp_path: Path, added: str, what: str) -> None:
    library = _library(tmp_path, added)

    with pytest.raises(ContentError) as told:
        library.load("porte")

    assert what in told.value.fault.what


def test_check_advises_against_one_where_nobody_smiles(tmp_path: Path) -> None:
    library = _library(tmp_path, SLOGAN, kind="service")

    (found,) = kicker(library, library.load("porte"), 7)

    assert (found.rule, found.line, found.file) == (
        "kicker",
        7,
        f"{tmp_path.name}/porte/message.yaml",
    )


def test_the_words_are_read_as_any_others(tmp_path: Path) -> None:
    library = _library(tmp_path, 'kicker:\n  fr: "Rendez-vous ce dimanche!"\n')

    rules = {found.rule for found in kicker(library, library.load("porte"), 7)}

    assert rules == {"day", "typography"}


def test_a_slogan_may_name_its_day_where_it_stands_by_itself(tmp_path: Path) -> None:
    library = _library(tmp_path, SLOGAN)

    assert "day" not in {found.rule for found in kicker(library, library.load("porte"), 7)}


@pytest.mark.parametrize(
    ("text", "slogan", "told"),
    [
        ("Rappel :\nen octobre, le\ndimanche, c'est réflexe cyber !", "le dimanche, c’est", 2),
        ("En octobre, une porte de mieux.", "le dimanche, c’est", None),
        ("Chaque mois, un réflexe", "Chaque mois, un réflexe", None),
    ],
)
def test_a_slogan_typed_by_hand_is_told_where_it_names_a_day(
    text: str, slogan: str, told: int | None
) -> None:
    found = list(days.slogan(Passage(file="x", text=text), slogan))

    assert [one.line for one in found] == ([told] if told else [])


def _library(root: Path, added: str, *, path: str = "porte", kind: str = "awareness") -> Library:
    head = MESSAGE.format(channels="email").replace("awareness", kind) + added
    texts = {f"{path}/email.{one}.md": HEAD + "Bonjour.\n" for one in ("fr", "fr-falc", "en")}
    footers = {f"_snippets/pied.{one}.md": FOOTER for one in ("fr-falc", "en")}
    return write(root, {f"{path}/message.yaml": head, **texts, **footers})


def _content(
    root: Path,
    added: str,
    *,
    variant: str = "fr",
    path: str = "porte",
    kind: str = "awareness",
    people: People = People.UNSAID,
) -> Content:
    library = _library(root, added, path=path, kind=kind)
    folder = library.load(path)
    (source,) = [one for one in folder.sources if one.variant == variant]
    return freeze(library, folder, source, replace(STAFF, people=people), {})
