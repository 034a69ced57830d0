"""Small steps on words that every part of the content engine shares."""

import difflib
import re
from collections.abc import Iterable

#: Characters that end a line or start something invisible become a space, so that words stay apart.
_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
#: Other control characters, direction overrides, and halves of surrogate pairs: never meant.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def one_line(value: str) -> str:
    """``value`` without line ends, control characters or direction overrides; safe to encode."""
    if value.isprintable():
        return value
    return _UNSEEN.sub("", _SPACES.sub(" ", value))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The remedy for a word nobody knows: the nearest known one, or all of them."""
    names = sorted(known)
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    if near:
        return f"vouliez-vous dire « {near[0]} » ?"
    return f"les noms connus ici : {', '.join(names)}" if names else "retirez-le"
