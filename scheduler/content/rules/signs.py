"""Signs that nobody sees or that stand for others; quotation marks that don't pair."""

import re
import unicodedata
from collections.abc import Iterator

from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ue000-\uf8ff]"
)
#: UTF-8 read as Windows-1252, or a character lost on the way.
_BROKEN = re.compile(
    "Ã[\u0080-\u00bf©¨ª´¢®¯§¹»]|â€[\u0090-\u00ff™œ“¦\u0080-\u009f]?|Â[«»°\u00a0]|ï¿½|\ufffd"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOOKALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")
_MARKS = re.compile("[«»“”]|\n[ \t]*\n")


def signs(passage: Passage) -> Iterator[Finding]:
    """At most one of a kind: the first."""
    if found := _UNSEEN.search(passage.text):
        yield passage.finding(
            "signs", found.start(), f"un signe invisible, U+{ord(found[0]):04X}", "effacez-le"
        )
    if found := _BROKEN.search(passage.text):
        yield passage.finding(
            "signs", found.start(), f"« {found[0]} » est un accent abîmé", "retapez le mot"
        )
    for word in _WORD.finditer(passage.text):
        if not word[0].isascii() and _mixed(word[0]):
            message = f"« {word[0]} » mêle des lettres de deux alphabets"
            yield passage.finding("signs", word.start(), message)
            break


def quotes(passage: Passage) -> Iterator[Finding]:
    """Each paragraph closes what it opens."""
    opened: list[tuple[int, str]] = []
    for found in _MARKS.finditer(passage.text + "\n\n"):
        mark = found[0]
        if mark in "«“":
            opened.append((found.start(), mark))
        elif mark in "»”" and opened and opened[-1][1] == {"»": "«", "”": "“"}[mark]:
            opened.pop()
        elif mark in "»”":
            yield passage.finding("quotes", found.start(), f"« {mark} » ferme sans avoir ouvert")
        else:
            for at, alone in opened:
                yield passage.finding("quotes", at, f"« {alone} » n'est pas refermé")
            opened = []


def _mixed(word: str) -> bool:
    names = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
    return "LATIN" in names and any(one in names for one in _LOOKALIKE)
