"""What differs between two texts, by words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Lines compared word by word at most; beyond, whole lines are said to differ.
MOST_WORDS = 4_000


class Kind(StrEnum):
    """What became of some words."""

    #: In both.
    SAME = "same"
    #: In the old one alone.
    GONE = "gone"
    #: In the new one alone.
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Both texts in one: what went, what came, and what is in both, in reading order."""
    pieces: list[Piece] = []
    for one in _by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if pieces and pieces[-1].kind is one.kind:
            pieces[-1] = Piece(one.kind, pieces[-1].text + one.text)
        else:
            pieces.append(one)
    return pieces


def _by_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Lines first, which is quick; then the words of those that differ."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        before, after = "".join(old[first:last]), "".join(new[start:end])
        if kind == "equal":
            yield Piece(Kind.SAME, before)
        else:
            yield from _by_words(before, after)


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        yield from _pair(before, after)
        return
    for kind, first, last, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            yield Piece(Kind.SAME, "".join(old[first:last]))
        else:
            yield from _pair("".join(old[first:last]), "".join(new[start:end]))


def _pair(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece(Kind.GONE, before)
    if after:
        yield Piece(Kind.NEW, after)
