"""What a sentence's signs are worth together, for each fault of tone that words alone don't settle.

The rules beside know phrases; this knows what the words of some five thousand labelled texts have
in common. What each sign is worth stands in ``weights.txt``, learned by ``python -m
tests.judging.weigh_tone``: never edited by hand. Nothing is asked of anybody: the table is text,
and adding up is all there is to do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from math import log2
from typing import NamedTuple

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.signs_of_tone import STEM, Sentence, kinds_of, signs, table_lines
from scheduler.domain.checking.findings import Finding

#: What the table counts in: so many points a unit.
POINTS = 100
#: Read together with its own words, so many of those that weigh most.
_WORDS_SHOWN = 3
#: A word of so many letters says nothing by itself.
_SHORT = 3
#: Rule -> what is told of a sentence that weighs like those it was learned from.
_TOLD: Mapping[str, str] = {
    "fear": "cette phrase peut faire peur",
    "blame": "cette phrase peut se lire comme un reproche",
    "sanction": "cette phrase peut se lire comme une punition annoncée",
    "reward-in-text": "cette phrase semble promettre une récompense",
    "urgency-in-text": "cette phrase semble presser le lecteur",
    "secret-in-text": "cette phrase semble demander un secret",
    "impersonation": "cette phrase semble écrite au nom d'un autre",
    "way-out": "cette phrase semble donner une façon d'arrêter faite à la main",
    "credit": "cette phrase semble venir d'un autre, sans dire qui",
    "health-word": "ce texte semble dire la santé de son lecteur",
    "day-in-text": "cette phrase semble supposer le jour où elle est lue",
}
RULES = tuple(_TOLD)


#: In a text of more sentences than this, a phrase by itself is asked for more, the longer it is: in
#: many sentences some phrase stands by chance. So many points for each time that it is as long.
_SENTENCES, _LONGER = 4, 60
#: Rule of phrases -> the rules by whose weights its sentence is read. A plain request for a secret
#: (« secret ») isn't among them: it is told whatever surrounds it.
_BACKED: Mapping[str, Sequence[str]] = {
    "fear": ("fear",),
    "blame": ("blame",),
    "sanction": ("sanction",),
    "threat": ("sanction", "fear", "urgency-in-text"),
    "reward": ("reward-in-text",),
    "reward-in-text": ("reward-in-text",),
    "urgency": ("urgency-in-text",),
    "urgency-in-text": ("urgency-in-text",),
    "secret-in-text": ("secret-in-text",),
    "way-out": ("way-out",),
    "credit": ("credit",),
    "day-in-text": ("day-in-text",),
    "impersonation": ("impersonation",),
}


class Weighed(NamedTuple):
    """A sentence of a text, where it begins, and its signs."""

    start: int
    text: str
    signs: frozenset[str]


def weighed(passage: Passage) -> Iterator[Weighed]:
    """Every sentence of a text."""
    own = rules_voice.plain(rules_voice.ADDRESS.sub(_address, rules_voice.own_words(passage.text)))
    for start, sentence in rules_voice.sentences(rules_voice.plain(passage.text)):
        if not sentence.strip():
            continue
        spoken = own[start : start + len(sentence)]
        said = Sentence(
            own=spoken,
            quoted=_quoted(sentence, spoken),
            asks=rules_voice.asks(sentence),
            channel=passage.channel,
            audience=passage.audience,
            language=passage.language,
        )
        at = start + len(sentence) - len(sentence.lstrip())
        yield Weighed(at, sentence.strip(), _signs(said))


def tone(passage: Passage) -> Iterator[Finding]:
    """Sentences that weigh more than their rule's threshold: one of a rule at most."""
    known = table()
    told: set[str] = set()
    for one in weighed(passage):
        for rule, (threshold, _, weights) in known.items():
            if rule not in told and points(one.signs, weights) > threshold:
                told.add(rule)
                yield passage.finding(rule, one.start, f"{_TOLD[rule]}{_why(one, weights)}")


def backed(passage: Passage, code: str, start: int, end: int) -> bool:
    """Whether what surrounds a phrase, from ``start`` to ``end``, agrees that it is what its rule
    looks for: a phrase alone is a weak sign, and stands in stories and explanations as well.

    True where nothing was learned for it.
    """
    rules = _BACKED.get(code, ())
    read = _sentences(passage.text, passage.language, passage.channel, passage.audience)
    around = [one.signs for one in read if one.start < end and start < one.start + len(one.text)]
    known = table()
    more = 0 if _is_heading(passage.text, start) else _more(len(read))
    return (
        not rules
        or not around
        or any(
            points(signs, known[rule][2]) >= known[rule][1] + more
            for rule in rules
            for signs in around
        )
    )


def _is_heading(text: str, at: int) -> bool:
    """It is read by everybody, and stands there by no chance."""
    return text.startswith("#", text.rfind("\n", 0, at) + 1)


def _more(sentences: int) -> int:
    return round(_LONGER * log2(max(sentences / _SENTENCES, 1)))


@lru_cache(maxsize=16)
def _sentences(text: str, language: str, channel: str, audience: str) -> Sequence[Weighed]:
    passage = Passage(file="", text=text, language=language, channel=channel, audience=audience)
    return tuple(weighed(passage))


def points(found: Collection[str], weights: Mapping[str, int]) -> int:
    return sum(map(weights.get, found, repeat(0)))


def _why(one: Weighed, weights: Mapping[str, int]) -> str:
    """Its words that weigh most, by themselves and by their kinds, as they are written."""
    heavy = [(sign.split()[1:], weights.get(sign, 0)) for sign in one.signs]
    worth: dict[str, int] = {}
    for word in one.text.split():
        bare = word.strip("«»\"“”'.,;:!?()*_").rpartition("'")[2]
        if len(bare) > _SHORT:
            mine = {bare[:STEM], *kinds_of(bare)}
            worth[bare] = sum(of for parts, of in heavy if mine.intersection(parts))
    best = sorted((word for word in worth if worth[word] > 0), key=lambda word: -worth[word])
    shown = ", ".join(f"« {word} »" for word in best[:_WORDS_SHOWN])
    return f" : {shown}" if shown else ""


@lru_cache(maxsize=4_096)
def _signs(said: Sentence) -> frozenset[str]:
    """Most sentences are read for each use of their text, so they are remembered."""
    return signs(said)


def _address(found: object) -> str:
    """An address stays one word; the sign after it may end the sentence."""
    text: str = found[0]  # type: ignore[index]
    last = text[-1] if text[-1] in ".!?" else " "
    return "http" + " " * (len(text) - 5) + last if len(text) > 4 else text


def _quoted(sentence: str, spoken: str) -> str:
    """What of a sentence isn't its own."""
    pairs = zip(sentence, spoken, strict=True)
    return "".join(letter if own == " " and letter not in '«»"“”' else " " for letter, own in pairs)


@cache
def table() -> Mapping[str, tuple[int, int, Mapping[str, int]]]:
    """Rule -> from how many points on it is told, from how many a phrase is, and what each sign is
    worth."""
    found: dict[str, tuple[int, int, dict[str, int]]] = {}
    rules: Sequence[str] = ()
    for line in table_lines("weights.txt"):
        if line.startswith("="):
            _, rule, threshold, least = line.split()
            found[rule] = (int(threshold), int(least), {})
            rules = (rule,)
        else:
            worth, sign = line.split(" ", 1)
            found[rules[0]][2][sign] = int(worth)
    return found
