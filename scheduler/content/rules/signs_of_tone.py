"""What a sentence shows of its tone, taken apart into signs.

A sign says nothing by itself; ``weighing`` knows what each is worth. A kind of words (punishment,
a chief, a gift: ``kinds_of_words.txt``) lets a sentence be understood that nobody wrote down
before: a punishment, a condition and a reader together are a threat, whichever words say so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from scheduler.domain.values import frozen

#: Signs of a word that are compared: its beginning stands for its forms.
STEM = 5
#: How far apart two kinds of words may stand and still follow one another.
_REACH = 8
_SHOWN = 3
_WORD = re.compile(r"[a-z0-9]*[a-z]+(?:-[a-z]+)*'?|\d+|[?!:%€=]")
#: Expressions that are one word for a reader.
_ONE_WORD = (
    (re.compile(r"\b(?:mots?|phrases?) de passe\b"), "motpasse"),
    (re.compile(r"\bbons? d'achat\b"), "bonachat"),
    (re.compile(r"\bcartes?[ -]cadeaux?\b"), "cartecadeau"),
    (re.compile(r"\bassurance[ -]maladie\b"), "assurancemaladie"),
    (re.compile(r"\btee[ -]shirts?\b"), "tee-shirt"),
    (re.compile(r"\bdemi[ -]journees?\b"), "demi-journee"),
    (re.compile(r"\bweek[ -]ends?\b"), "week-end"),
)
_NEGATION = re.compile(r"(?:ne|n'|jamais|ni|sans|aucune?|not|never|no|don|without)")
#: What ends the reach of a negation.
_BREAKS = frozenset(":!?")
_FRAUD = re.compile(
    r"\b(?:escrocs?|faux|fausses?|fraud\w+|arnaqu\w+|pirates?|pieg\w+|imit\w+|pretend\w*|inconnu\w*"
    r"|scam\w*|mefi\w+|attaquants?|voleurs?|malveillant\w*)\b"
)


@frozen
class Sentence:
    """A sentence in plain letters, and who is to read it how."""

    #: Without what it quotes.
    own: str
    quoted: str
    asks: bool
    channel: str
    audience: str
    language: str


def signs(said: Sentence) -> frozenset[str]:
    """Every sign; a bounded number for each of its words."""
    words = _words(said.own)
    stems = [_stem(word) for word in words]
    told = bool(_FRAUD.search(said.own))
    denied = _denied(words)
    found = (
        *_of_words(words, stems, denied, told=told),
        *_of_kinds(words, stems, denied, said, told=told),
        *_of_quoted(said.quoted),
        *_of_whole(words, denied, said, told=told),
    )
    return frozenset(found)


def _words(text: str) -> list[str]:
    for pattern, word in _ONE_WORD:
        text = pattern.sub(word, text)
    return [f"#{min(len(one), 6)}" if one.isdigit() else one for one in _WORD.findall(text)]


def _stem(word: str) -> str:
    return word[:STEM]


def _denied(words: Sequence[str]) -> list[bool]:
    """Which words stand within the reach of a negation."""
    denied, within = [], False
    for word in words:
        within = bool(_NEGATION.fullmatch(word)) or (within and word not in _BREAKS)
        denied.append(within)
    return denied


def _of_words(
    words: Sequence[str], stems: Sequence[str], denied: Sequence[bool], *, told: bool
) -> Iterator[str]:
    for word, stem, no in zip(words, stems, denied, strict=True):
        yield f"w {stem}"
        if no:
            yield f"n {stem}"
        if told and len(word) > _SHOWN:
            yield f"r {stem}"
        if word.endswith(("ez", "ra", "ont", "ons")) and len(word) > STEM:
            yield f"e {word[-3:]}"
    yield from (f"b {one} {other}" for one, other in pairwise(("^", *stems, "$")))


def _of_kinds(
    words: Sequence[str],
    stems: Sequence[str],
    denied: Sequence[bool],
    said: Sentence,
    *,
    told: bool,
) -> Iterator[str]:
    kinds = [kinds_of(word) for word in words]
    present = sorted({kind for each in kinds for kind in each})
    around = ("^", *stems, "$")
    for at, each in enumerate(kinds):
        for kind in each:
            yield f"cp {around[at]} {kind}"
            yield f"cs {kind} {around[at + 2]}"
            if denied[at]:
                yield f"cn {kind}"
            if at < _SHOWN:
                yield f"c^ {kind}"
            for later in kinds[at + 1 : at + _REACH]:
                yield from (f"cc {kind} {other}" for other in later if other != kind)
    for kind in present:
        times = sum(kind in each for each in kinds)
        yield from (f"c{count} {kind}" for count in range(1, min(times, _SHOWN) + 1))
        yield f"cA {kind} {said.channel} {said.audience}"
        if told:
            yield f"cr {kind}"
        if said.asks:
            yield f"ca {kind}"
    yield from (f"C2 {one} {other}" for one in present for other in present if one < other)


def _of_quoted(quoted: str) -> Iterator[str]:
    for word in _words(quoted):
        yield f"q {_stem(word)}"
        yield from (f"qc {kind}" for kind in kinds_of(word))


def _of_whole(
    words: Sequence[str], denied: Sequence[bool], said: Sentence, *, told: bool
) -> Iterator[str]:
    yield f"on {said.channel}"
    yield f"to {said.channel} {said.audience}"
    yield f"in {said.language[:2]}"
    yield f"long {min(len(words) // 5, 5)}"
    shown = {
        "orders": any(word.endswith("ez") and len(word) > _SHOWN for word in words),
        "quotes": bool(said.quoted.strip()),
        "asks": said.asks,
        "told": told,
        "affirms": not any(denied),
    }
    yield from (name for name, true in shown.items() if true)


@lru_cache(maxsize=8_192)
def kinds_of(word: str) -> frozenset[str]:
    """The kinds a word belongs to, by itself or by its beginning."""
    whole, roots = _kinds()
    bare = word.rstrip("'")
    found = set(whole.get(bare, ())) | set(whole.get(bare.removesuffix("s"), ()))
    for end in range(2, len(bare) + 1):
        found.update(roots.get(bare[:end], ()))
    return frozenset(found)


_Kinds = Mapping[str, Sequence[str]]


@cache
def _kinds() -> tuple[_Kinds, _Kinds]:
    """By whole words, and by roots."""
    whole: dict[str, list[str]] = {}
    roots: dict[str, list[str]] = {}
    for line in table_lines("kinds_of_words.txt"):
        kind, _, words = line.partition(":")
        for word in words.split():
            table = roots if word.endswith("*") else whole
            table.setdefault(word.removesuffix("*"), []).append(kind)
    return whole, roots


def table_lines(name: str) -> Sequence[str]:
    """The lines of a table that aren't blank, without its remarks."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]
