"""The campaign's host is introduced wherever he speaks, in words that any name fits."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scheduler.domain.host import OURS, THE_AGENCY, VICTOR
from tests.shipped import ROOT, Shipped, reader, texts

TEMPLATES = ROOT / "templates"
_HOST = re.compile(r"\{\{ ?hote ?\}\}")
#: Who he is, in three words, within a sentence of his name: a burglar who is one no longer.
_INTRODUCED = {
    "fr": re.compile(r"cambrioleur (?:repenti|à la retraite)|(?:ancien|fut|était) cambrioleur"),
    "en": re.compile(
        r"(?:reformed|retired|former|was a) burglar|a burglar before|days as a burglar"
    ),
    "fr-falc": re.compile("est un personnage"),
}
#: « de Arsène »: what elides before a vowel never stands before the name.
_ELIDES = re.compile(r"\b(?:de|que|jusque|lorsque|puisque|si|ne|le) \{\{ ?hote", re.IGNORECASE)


def written() -> list[Path]:
    """Every e-mail, quiz and page that speaks through the host; an SMS has no room to."""
    found = [
        file
        for ending in ("*.md", "*.yaml")
        for file in sorted(TEMPLATES.rglob(ending))
        if file.name not in ("README.md", "message.yaml")
    ]
    return [file for file in found if _HOST.search(said(file))]


def said(file: Path) -> str:
    return "\n".join(
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("subject:", "preheader:", "#"))
    )


def language(file: Path) -> str:
    return file.suffixes[-2].removeprefix(".")


SPOKEN = written()
spoken = pytest.mark.parametrize(
    "file", SPOKEN, ids=lambda file: file.relative_to(TEMPLATES).as_posix()
)


def test_he_speaks_in_many_texts() -> None:
    assert len(SPOKEN) > 60


@spoken
def test_he_is_introduced_where_he_first_speaks(file: Path) -> None:
    words = said(file)
    first = _HOST.search(words)

    assert first is not None
    around = words[max(0, first.start() - 160) : first.end() + 200]
    assert _INTRODUCED[language(file)].search(around)


def test_no_three_words_for_him_are_in_more_than_half_of_the_e_mails() -> None:
    mails = [said(file) for file in SPOKEN if file.name.startswith("email.")]
    for language in ("fr", "en"):
        words = [
            found[0] for one in mails for found in [_INTRODUCED[language].search(one)] if found
        ]

        often = Counter(words).most_common(1)[0]
        assert often[1] * 2 <= len(words), often


@spoken
def test_no_word_that_elides_stands_before_his_name(file: Path) -> None:
    if language(file) != "en":
        assert not _ELIDES.search(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", [one for one in texts("email") if "hote" in one.source.body], ids=lambda text: text.name
)
def test_a_text_is_the_same_under_either_host_but_for_his_name_and_whose_he_is(
    text: Shipped,
) -> None:
    # Lines are broken elsewhere, for a name is longer than the other.
    his, ours = (
        " ".join(text.email(text.examples(), one).text(reader({})).split())
        for one in (VICTOR, OURS)
    )

    assert VICTOR.name in his
    assert VICTOR.name not in ours
    unlike = {*ours.split()} ^ {*his.replace(VICTOR.name, OURS.name).split()}
    assert not {one for one in unlike if one.strip(".·") not in f"{THE_AGENCY} Crédit Credit:"}
    assert (THE_AGENCY in ours) is (THE_AGENCY in text.folder.credit)
