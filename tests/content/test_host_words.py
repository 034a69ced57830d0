"""The campaign's host is introduced wherever he speaks, in words that any name fits."""

import re
from pathlib import Path

import pytest

from tests.shipped import ROOT

TEMPLATES = ROOT / "templates"
_HOST = re.compile(r"\{\{ ?hote ?\}\}")
#: Who he is, in three words, within a sentence of his name.
_INTRODUCED = {
    "fr": re.compile(r"cambrioleur (?:repenti|à la retraite)"),
    "en": re.compile(r"(?:reformed|retired) burglar"),
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


@spoken
def test_no_word_that_elides_stands_before_his_name(file: Path) -> None:
    if language(file) != "en":
        assert not _ELIDES.search(file.read_text(encoding="utf-8"))
