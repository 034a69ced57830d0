"""Rules on tone: what frauds do to their readers, and our own messages therefore never do.

Each lure is looked for in a text's own words (``rules_voice``), written in plain letters: lower
case, no accents. The words are in lures.toml, French first, English beside it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from scheduler.content import rules_voice
from scheduler.content.rules import Passage
from scheduler.domain.findings import Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lure:
    code: str
    pattern: re.Pattern[str]
    message: str


class _Words:
    """lures.toml, its patterns compiled."""

    def __init__(self) -> None:
        text = resources.files(__package__).joinpath("lures.toml").read_text(encoding="utf-8")
        self._read = tomllib.loads(text)
        self.text = self._lures("lure")
        self.headline = (*self.text, *self._lures("headline"))
        self.question = self._lures("question")
        self.urgent_subject = self._whole("subject")
        self.adverbs = self._whole("adverbs")
        self.protective = self._whole("protective")

    def _lures(self, table: str) -> tuple[_Lure, ...]:
        return tuple(
            _Lure(
                code=row["code"],
                message=row["message"],
                pattern=re.compile(rf"(?<!\w){self._any(row['patterns'])}"),
            )
            for row in self._read[table]
        )

    def _whole(self, name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self._any(self._read['hurry'][name])}(?!\w)")

    def _any(self, patterns: str) -> str:
        """One expression for all these lines, the named words in their places."""
        joined = "|".join(line for line in patterns.splitlines() if line)
        while _NAMED.search(joined):
            joined = _NAMED.sub(lambda found: self._read["words"][found[1]], joined)
        return f"(?:{joined})"


_NAMED = re.compile(r"@([a-z_]+)")
_WORDS = _Words()
#: Typing one's own password is fine where the sentence protects it.
_GUARDED = re.compile(
    r"a l'abri|uniquement|seulement|\bque sur\b|vous[- ]memes?|officiel|habituel|dont vous"
)
_TYPED = re.compile(r"\A\s*(?:saisi|entrez|tapez|renseignez)")


def headline(passage: Passage, name: str) -> Iterator[Finding]:
    """A subject or a preheader: a question there presses as well."""
    own = rules_voice.plain(rules_voice.own_headline(passage.text))
    if found := _WORDS.urgent_subject.search(own):
        words = _shown(passage.text, found)
        yield passage.finding("urgency", 0, f"« {words} » dans {name} joue sur l'urgence")
    for start, sentence in rules_voice.sentences(own):
        for finding in _lures(_WORDS.headline, passage, start, sentence):
            if finding.rule != "urgency" or not found:
                yield finding


def text(passage: Passage) -> Iterator[Finding]:
    """A body."""
    own = rules_voice.plain(rules_voice.ADDRESS.sub(_kept, rules_voice.own_words(passage.text)))
    for start, sentence in rules_voice.sentences(own):
        asks = rules_voice.asks(sentence)
        lured = list(_lures(_WORDS.question if asks else _WORDS.text, passage, start, sentence))
        yield from lured
        if not lured and not asks:
            yield from _presses(passage, start, sentence)


def _lures(
    lures: tuple[_Lure, ...], passage: Passage, start: int, sentence: str
) -> Iterator[Finding]:
    told = set()
    for lure in lures:
        for found in lure.pattern.finditer(sentence):
            at = found.start()
            if rules_voice.forbids(sentence, at) or rules_voice.reports(sentence, at):
                continue
            if lure.code == "secret" and _TYPED.match(found[0]) and _GUARDED.search(sentence):
                continue
            if lure.code not in told:
                told.add(lure.code)
                words = _shown(passage.text[start:], found)
                yield passage.finding(lure.code, start + at, lure.message.format(words))


def _presses(passage: Passage, start: int, sentence: str) -> Iterator[Finding]:
    """« Tout de suite » hurries a reader, unless it is to call for help or to protect oneself."""
    found = _WORDS.adverbs.search(sentence)
    if (
        not found
        or _WORDS.protective.search(sentence)
        or rules_voice.reports(sentence, found.start())
    ):
        return
    if not rules_voice.forbids(sentence, found.start()):
        words = _shown(passage.text[start:], found)
        yield passage.finding(
            "urgency-in-text", start + found.start(), f"« {words} » presse le lecteur"
        )


def _shown(text: str, found: re.Match[str]) -> str:
    return " ".join(text[found.start() : found.end()].split())


def _kept(found: re.Match[str]) -> str:
    """An address has no tone; the sign after it may end the sentence."""
    last = found[0][-1]
    return " " * (len(found[0]) - 1) + (last if last in ".!?" else " ")
