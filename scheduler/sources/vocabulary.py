"""What a column's name means, for one audience."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from scheduler.domain.calendar.campaigns import Audience, People
from scheduler.sources.heads import MAKERS, WORDS

PROOF_PARTS = ("date", "how", "wording")
#: Names of ours, as the documentation writes them.
_OWN = ("email", "phone", "language", "easy_to_read", "zone", "territory")
#: What is used and never stored: an audience's field can't take these columns.
_NEVER_STORED = ("birth", "death")

#: Plain name -> (meaning, rank): of two columns that mean the same, the lower rank is taken.
Vocabulary = dict[str, tuple[str, int]]


@lru_cache(maxsize=8_192)
def plain(name: str) -> str:
    """``Adresse e-mail`` and ``ADRESSE_EMAIL`` are one name."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def vocabulary(audience: Audience) -> Vocabulary:
    """What comes first wins where an audience names a field as we do."""
    found: Vocabulary = {}
    for name, meaning, rank in _names(audience):
        found.setdefault(plain(name), (meaning, rank))
    return found


def meanings(audience: Audience) -> list[str]:
    """What a column may be taken for, as an operator says it."""
    return sorted({said_as(meaning, audience) for meaning, _ in vocabulary(audience).values()})


def said_as(meaning: str, audience: Audience) -> str:
    """A meaning as an operator types it."""
    if meaning == "key":
        return audience.key
    if meaning.startswith("proof "):
        return "_".join(("consent", *meaning.split()[1:]))
    return meaning.removeprefix("field ")


def known_columns(header: Sequence[str], words: Vocabulary) -> tuple[bool, int]:
    """Whether one of these names is one of addresses or numbers, and how many mean something."""
    found = {words[name][0] for name in map(plain, header) if name in words}
    return bool({"email", "phone"} & found), len(found)


def key_is_address(audience: Audience) -> bool:
    """Whether people are told by their address: then the key has no column of its own."""
    name = plain(audience.key)
    return any(
        name == plain(word)
        for meaning in ("email", "phone", "any phone", "any number")
        for word in (meaning, *WORDS[meaning])
    )


def _names(audience: Audience) -> Iterator[tuple[str, str, int]]:
    fields = {field.name for field in audience.fields}
    for meaning in _NEVER_STORED:
        yield from ((word, meaning, 0) for word in WORDS[meaning])
    # Two columns of e-mail addresses are never told apart by their names: one rank for all.
    yield from ((name, name, 0) for name in _OWN)
    if not key_is_address(audience):
        yield audience.key, "key", 0
    for field in audience.fields:
        yield field.name, f"field {field.name}", 0
    for field in audience.fields:
        yield field.label, f"field {field.name}", 0
    for part in PROOF_PARTS:
        yield f"consent_{part}", f"proof {part}", 0
        for each in audience.channels:
            yield f"consent_{each}_{part}", f"proof {each} {part}", 0
    for meaning, words in WORDS.items():
        yield from _alias(meaning, words, audience, fields)
    for maker in MAKERS:
        for head, meaning in maker.heads.items():
            yield from _alias(meaning, (head,), audience, fields)


#: Meaning in the tables -> meaning for the reader, and its rank.
_RANKS = {"email": ("email", 0), "phone": ("phone", 1)}
_RANKS |= {"any phone": ("phone", 2), "any number": ("phone", 3)}


def _alias(
    meaning: str, words: Sequence[str], audience: Audience, fields: set[str]
) -> Iterator[tuple[str, str, int]]:
    if meaning == "entered" and audience.people is not People.STAFF:
        # A patient's day of entry is a stay in hospital.
        return
    kind, _, name = meaning.partition(" ")
    if kind == "field" and name not in fields:
        return
    if kind == "key":
        if name != plain(audience.key) or key_is_address(audience):
            return
        meaning = "key"
    target, rank = _RANKS.get(meaning, (meaning, 1))
    yield from ((word, target, rank) for word in words)
