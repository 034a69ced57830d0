"""Names as people mean them: what they type twice is rarely typed the same twice."""

import re
import unicodedata
from functools import lru_cache

#: Typographic signs that stand for one on the keyboard.
DASHES = "‐‑‒–—―−﹣－_"
APOSTROPHES = "’‘ʼ′＇`´"
_PLAIN = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(APOSTROPHES, "'"))
#: White space and hyphens part the words of a name: which of them, and how many, says nothing.
_GAP = re.compile(r"[\s-]+")


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """A name without what nobody means by it: case, accents, white space, typographic signs.

    Equal for ``2027-T1``, `` 2027-t1`` and ``2027 T1``; no identity is ever compared otherwise.
    """
    letters = unicodedata.normalize("NFKD", name.translate(_PLAIN)).casefold()
    kept = (sign for sign in unicodedata.normalize("NFKD", letters) if _says_something(sign))
    return _GAP.sub("-", "".join(kept).translate(_PLAIN)).strip("-")


def same(one: str, other: str) -> bool:
    """Whether two names are one, however they are typed."""
    return folded(one) == folded(other)


def _says_something(sign: str) -> bool:
    """Neither an accent that stands beside its letter nor a sign without a width."""
    return not unicodedata.combining(sign) and unicodedata.category(sign) not in ("Cf", "Mn")
