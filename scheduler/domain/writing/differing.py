"""What differs between two texts, by words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Words compared with each other at most; beyond, whole lines are said to differ.
MOST_WORDS = 4_000
#: Lines of what is in both that are shown around what differs.
AROUND = 3


class Kind(StrEnum):
    """What became of some words."""

    #: In both.
    SAME = "same"
    #: In the old one alone.
    GONE = "gone"
    #: In the new one alone.
    NEW = "new"
    #: In both, and left out: the lines between two changes.
    LEFT_OUT = "left-out"


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


def changes_of(old: str, new: str) -> list[Piece]:
    """What differs, with some lines around it; nothing where nothing does."""
    return folded(differences(old, new))


def folded(pieces: Sequence[Piece], around: int = AROUND) -> list[Piece]:
    """The same, of what is in both only some lines around each change; nothing where none is."""
    if all(one.kind is Kind.SAME for one in pieces):
        return []
    shown: list[Piece] = []
    last = len(pieces) - 1
    for number, one in enumerate(pieces):
        if one.kind is Kind.SAME:
            shown += _around(one.text, around, first=number == 0, last=number == last)
        else:
            shown.append(one)
    return shown


def _around(text: str, around: int, *, first: bool, last: bool) -> Iterator[Piece]:
    lines = text.splitlines(keepends=True)
    # The line that a change begins or ends in stands beside those around it.
    head = 0 if first else around + 1
    tail = 0 if last else around + 1
    if len(lines) <= head + tail + 1:
        yield Piece(Kind.SAME, text)
        return
    if head:
        yield Piece(Kind.SAME, "".join(lines[:head]))
    yield Piece(Kind.LEFT_OUT, "".join(lines[head : len(lines) - tail]))
    if tail:
        yield Piece(Kind.SAME, "".join(lines[-tail:]))


def _by_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Lines first, which is quick; then the words of those that differ. What a long text repeats
    all over is no mark to go by (difflib's « junk »), or it would be compared by the square."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
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
    for kind, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece(Kind.SAME, "".join(old[first:last]))
        else:
            yield from _pair("".join(old[first:last]), "".join(new[start:end]))


def _pair(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece(Kind.GONE, before)
    if after:
        yield Piece(Kind.NEW, after)
