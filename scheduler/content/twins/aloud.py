"""A script for a human voice: a sentence a line, numbers in words, no link but a typed address."""

import re
from collections.abc import Iterator

from scheduler.content.twins.sheet import Sheet
from scheduler.content.twins.spoken import address_aloud, numbers_aloud

#: Words of a sentence that are said in one breath.
BREATH = 16
_ENDS = re.compile(r"(?<=[.!?…])[\s\u00a0]+(?=[^\W\d_]|«|\d)")
_PAUSES = re.compile(r"(?<![\s\u00a0])[\s\u00a0]*[;:][\s\u00a0]+")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_QUOTES = re.compile(r"[«»“”\"]")


def script(sheet: Sheet) -> str:
    """What somebody reads out, pause after pause."""
    told, words = sheet.told, sheet.words
    language = sheet.language
    paragraphs = [
        words.hello.format(organisation=sheet.organisation),
        told.title,
        *_points(sheet),
        "\n".join(filter(None, (told.gesture_title, told.gesture))),
        f"{words.staff_help} {sheet.staff_help}" if sheet.staff_help else "",
        f"{words.help} {sheet.help}" if sheet.help else "",
    ]
    said = ["\n".join(_sentences(one, language)) for one in paragraphs if one]
    said.append(f"{words.type_it}\n{address_aloud(sheet.typed, language)}")
    return "\n\n".join((*said, words.goodbye)) + "\n"


def _points(sheet: Sheet) -> Iterator[str]:
    points = sheet.told.points
    for name, point in zip(sheet.words.ordinals_of(len(points)), points, strict=True):
        yield f"{name}.\n{point}"


def _sentences(text: str, language: str) -> list[str]:
    return [
        _finished(numbers_aloud(piece, language))
        for line in text.split("\n")
        for sentence in _ENDS.split(_QUOTES.sub("", _LINK.sub("", line)))
        for piece in _breaths(" ".join(sentence.split()))
        if piece
    ]


def _breaths(sentence: str) -> list[str]:
    """A long sentence is said in pieces, where it makes a pause by itself."""
    if len(sentence.split()) <= BREATH and ":" not in sentence:
        return [sentence]
    return _PAUSES.split(sentence)


def _finished(sentence: str) -> str:
    sentence = sentence.strip(" ,;:\u00a0")
    sentence = sentence[:1].upper() + sentence[1:]
    return sentence if not sentence or sentence[-1] in ".!?…" else f"{sentence}."
