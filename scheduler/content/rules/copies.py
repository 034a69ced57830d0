"""Texts in another language, or easy to read, that are the French one word for word."""

import re
from collections.abc import Iterator, Mapping, Sequence

from scheduler.content.folder import Source
from scheduler.content.rules.passage import finding
from scheduler.domain.checking.findings import Finding

#: Its advice in files; the desk publishes no such text.
STILL_FRENCH = "still-french"
_FRENCH = "fr"
#: What is the same in every language: marks of the program and addresses.
_MARKS = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}|:::[^\n]*|https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Fewer words may well be the same: a name, « OK ».
_FEWEST = 5


def still_french(sources: Sequence[Source], files: Mapping[str, str]) -> Iterator[Finding]:
    """``files``: by a text's path, as people know it. The body alone is compared: a title may be
    the same."""
    french = {
        (one.channel, one.audience): _words(one)
        for one in sources
        if one.variant == _FRENCH and one.fault is None
    }
    for one in sources:
        if one.variant == _FRENCH or one.fault is not None:
            continue
        words = _words(one)
        if len(words) >= _FEWEST and words == french.get((one.channel, one.audience)):
            told = "ce texte est encore le texte français"
            yield finding(STILL_FRENCH, files[one.path], one.body_line, told)


def _words(source: Source) -> list[str]:
    return _WORD.findall(_MARKS.sub(" ", source.body))
