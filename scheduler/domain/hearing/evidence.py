"""What a text shows, taken apart into signs: words and pairs, kinds of words, how it is built.

A sign says nothing by itself; ``weighing`` knows what each is worth. A kind of words (kin,
telephones, what ends, what is new) lets a sentence be understood that nobody wrote down before:
somebody's relative, a telephone and a month together are a number that changed hands, whichever
words say so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from pkgutil import get_data
from unicodedata import category

from scheduler.domain.hearing import (
    care,
    context,
    distress,
    doubting,
    keywords,
    mentions,
    staying,
)
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import Text

#: Signs of a word that are compared: its beginning stands for its forms.
_STEM = 6
#: And its end for what it does: ``-ez`` orders, ``-ing`` goes on.
_ENDS = (2, 3)
#: How long a text is: up to so many words.
_LENGTHS = (1, 2, 3, 7, 14)
_OURS = frozenset({"remove", "phone", "angry", "law", "want"})
_SENDING = re.compile(
    r" (?:m |me |nous )?(?:envoy\w*|envoi\w*|ecri[rvt]\w*|contact\w*|recevoir|send\w*|texting"
    r"|text|writing|messaging|receiv\w*)(?= )"
)
#: Something that we don't send is sent.
_SENT_ELSE = re.compile(
    r" (?:envoy\w*|send\w*|text\w*) (?:moi |me |us )?(?:de |d |des |du |la |les |ton |ta |tes |un "
    r"|une |the |my |your |a )?(?:\w+ )?(?:photos?|videos?|pics?|pictures?|memes?|snaps?|nudes?"
    r"|liens?|links?|blagues?|jokes?|vocaux|stickers?|gifs?|colis|fleurs|argent|money)(?= )"
)
_DENYING = re.compile(
    r" (?:suis|m|im|am|sommes|es|ai|avons|don t|dont|never|jamais|ni) (?:\w+ ){0,2}?(?:pas|ni"
    r"|jamais|not|never|no|have|been|de|a|an|un|une|votre|la) (?:\w+ ){0,2}?(?:patiente?s?"
    r"|malades?|clients?|infirmi\w*|medecins?|secretaire|soignante?|docteur"
    r"|aide soignante?|agent|nurse|doctor|staff|ill|sick|hospitalise\w*|hospital"
    r"|mis les pieds|set foot)(?= )"
    r"|(?:rdv|rendez vous|operation|appointment) (?:de quoi|what)(?= )"
    r"|(?:ai|a) (?:aucun|jamais eu de|pas de) (?:dossier|rdv|rendez|lien|rapport)(?= )"
    r"|(?:i |je )(?:\w+ ){0,2}?(?:don t|dont|pas|haven t|never) (?:\w+ ){0,2}?(?:rdv|operation"
    r"|appointment|dossier)(?= )"
)
#: Marks that say something beside the words.
_MARKS = ("?", "??", "!", "!!", "...", "…", ":)", ":(", ";)")
_LAUGHING = frozenset("😂🤣😆😹😜😝🕺💃")

#: How a text is built, read as a whole.
_OF_THE_WHOLE: Mapping[str, Callable[[str], bool]] = {
    "care": care.is_care,
    "appointment": care.is_appointment,
    "distress": distress.is_distress,
    "our messages": doubting.names_messages,
    "others' messages": context.is_elsewhere,
    "word of leaving": doubting.smells,
    "messages refused": doubting.is_refusal,
    "own act": context.is_own_act,
    "wanted": context.is_wanted,
}


def signs(said: Text, kind: ReplyKind) -> frozenset[str]:
    """Every sign of a text; a few for each of its words, and bounded as the text is."""
    whole = said.whole
    words = whole.split()
    found = (*_words(words), *_kinds(words), *_structure(said, whole, words), *_ruled(said, kind))
    return frozenset(found)


def _ruled(said: Text, kind: ReplyKind) -> Iterator[str]:
    """What the rules find is a sign beside the others: the weights say how far it is right."""
    explained = "explained" if staying.is_explained(said) else "unexplained"
    yield from (f"rule {kind}", f"rule {explained}", f"rule {kind} {explained}")
    if staying.is_gone(said):
        yield "rule gone"
    if staying.is_fine(said):
        yield "rule fine"


def is_joking(said: Text) -> bool:
    """Somebody laughs, or speaks to somebody dear."""
    return "laugh" in (found := _kinds_of(said.whole.split())) or "dear" in found or _laughs(said)


def is_of_ours(said: Text) -> bool:
    """It is said of messages, a list, a number, or to be left alone: ``stop it Sarah`` isn't."""
    whole = said.whole
    if doubting.names_messages(whole):
        return True
    if _SENDING.search(whole) is not None:
        return _SENT_ELSE.search(whole) is None
    return not _kinds_of(whole.split()).isdisjoint(_OURS)


def is_denying(said: Text) -> bool:
    """Somebody says what they aren't or haven't, that our readers are or have."""
    return _DENYING.search(said.whole) is not None


def _words(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield f"word {word}"
        yield f"stem {word[:_STEM]}"
        yield from (f"end {word[-most:]}" for most in _ENDS if len(word) > most + 1)
    for one, other in pairwise(("^", *words, "$")):
        yield f"pair {one} {other}"


def _kinds(words: Sequence[str]) -> Iterator[str]:
    found = sorted(_kinds_of(words))
    yield from (f"kind {one}" for one in found)
    yield from (f"kinds {one} {other}" for one, other in combinations(found, 2))


def _structure(said: Text, whole: str, words: Sequence[str]) -> Iterator[str]:
    yield "always"
    yield f"length {sum(len(words) > most for most in _LENGTHS)}"
    yield from (f"is {name}" for name, has in _OF_THE_WHOLE.items() if has(whole))
    leaving = [keywords.is_leaving(word) for word in words]
    if any(leaving):
        yield "is leaving, asked" if said.asked else "is leaving"
        yield from (["is leaving, first"] if leaving[0] else [])
        yield from (["is leaving, last"] if leaving[-1] else [])
    if any(map(keywords.is_stop, words)):
        yield "is stop"
    if said.asked:
        yield "is asked"
    if is_denying(said):
        yield "is denying"
    if _laughs(said):
        yield "is laughing"
    yield from (f"sign {one}" for one in _signs_of(said.own))
    if context.without_going_on(whole) != whole:
        yield "is going on"
    if any(mentions.is_mention(one, asked=said.asked) for one in said.sentences):
        yield "is mention"


def _signs_of(own: str) -> set[str]:
    """Pictures, and how it ends: in wonder, in anger, in silence."""
    found = {one for one in own if category(one) == "So"}
    return found | {mark for mark in _MARKS if mark in own}


def _laughs(said: Text) -> bool:
    return not _LAUGHING.isdisjoint(said.own)


def _kinds_of(words: Sequence[str]) -> set[str]:
    table = _table()
    return {kind for word in words for kind in table.get(word, ())}


@cache
def _table() -> Mapping[str, Sequence[str]]:
    """The kinds of each word that has any."""
    found: dict[str, list[str]] = {}
    for line in table_lines("word_kinds.txt"):
        kind, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(word, []).append(kind)
    return found


def table_lines(name: str) -> list[str]:
    """The lines of a table that stands beside this module, without its comments."""
    raw = get_data(__package__, name)
    if raw is None:  # untaken: the tables are laid with the program
        raise FileNotFoundError(name)
    lines = raw.decode("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
