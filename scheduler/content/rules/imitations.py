"""Whose name a site's name imitates: the same label under another suffix, or one letter away.

Never a longer word: « cybercamp-sante.example » imitates nobody of « example.org ». A label is
compared whole and between its hyphens, letters that are taken for one another made one.
"""

import re
from collections.abc import Collection

from scheduler.content.rules import public_bodies
from scheduler.content.rules.voice import plain

#: Shorter than this, a label is too common a word to be somebody's.
_OWN = 4
#: Shorter than this, one letter makes another word.
_LONG = 5
#: From this on, one letter away below the State's zone is a slip, and no other service's name.
_LONG_WORD = 10
#: Labels that are everybody's; what the State has below its own zone is told by the zone.
_COMMON = frozenset(
    ("cyber", "sante", "esante", "signal", "economie", "interieur", "service", "public", "amendes")
)
#: Names that a body is known by, whose site has another.
_KNOWN_AS = {
    "anssi": "cyber.gouv.fr",
    "tresorpublic": "impots.gouv.fr",
    "assurancemaladie": "ameli.fr",
}
_ONE = str.maketrans("01l3578", "oiiestb")


def imitated(host: str, known: Collection[str]) -> str:
    """The one of ``known`` that ``host``, which isn't below any, is made to look like."""
    for one in known:
        if f".{host}.".find(f".{one}.") >= 0:
            return one
    labels = host.split(".")[:-1]
    pieces = {piece for label in labels for piece in (label, *label.split("-"))}
    for zone in public_bodies.ZONES:
        if zone.partition(".")[0] in pieces:
            return zone
    folded = {_folded(piece) for piece in pieces}
    for name, one in _KNOWN_AS.items():
        if _folded(name) in folded:
            return one
    words = {_words(label) for label in labels if "-" in label}
    return next((one for one in known if _is_like(folded, words, _label(one))), "")


def misspelled(host: str, known: Collection[str]) -> str:
    """The site below the State's own zone that ``host``, below it too, is a slip of.

    Nobody can imitate from there; a sign for another, its words in another order or, in a long
    name, a letter too many leads nowhere.
    """
    for one in known:
        zone = next((zone for zone in public_bodies.ZONES if one.endswith(f".{zone}")), "")
        if not zone or not host.endswith(f".{zone}"):
            continue
        label = host.removesuffix(f".{zone}").rpartition(".")[2]
        wanted = one.removesuffix(f".{zone}").rpartition(".")[2]
        if label == wanted or len(wanted) < _LONG:
            continue
        if _folded(label) == _folded(wanted) or _parts(label) == _parts(wanted):
            return one
        if len(wanted) >= _LONG_WORD and _one_letter_away(label, wanted):
            return one
    return ""


def _parts(label: str) -> tuple[str, ...]:
    """« 17cyber » and « cyber17 » have the same two."""
    return tuple(sorted(re.findall(r"[a-z]+|[0-9]+", label)))


def _is_like(folded: set[str], words: set[tuple[str, ...]], label: str) -> bool:
    if len(label) < _OWN or label in _COMMON:
        return False
    wanted = _folded(label)
    if "-" in label and _words(label) in words:
        return True
    return wanted in folded or (
        len(wanted) >= _LONG and any(_one_letter_away(each, wanted) for each in folded)
    )


def _label(domain: str) -> str:
    """The name that somebody registered: « ameli » of ameli.fr, « antai » of antai.gouv.fr."""
    for zone in public_bodies.ZONES:
        domain = domain.removesuffix(f".{zone}")
    parts = domain.split(".")
    return parts[-2] if len(parts) > 1 else parts[0]


def _words(label: str) -> tuple[str, ...]:
    return tuple(sorted(label.split("-")))


def _one_letter_away(one: str, other: str) -> bool:
    """A letter more, less, changed or changed places with the next."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    if start < 0:
        return True
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and len(right) > 1 and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _folded(name: str) -> str:
    """Letters that are taken for one another become one."""
    letters = plain(name).replace("rn", "m").replace("vv", "w").replace("-", "")
    return letters.translate(_ONE)
