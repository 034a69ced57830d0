"""Keys of a source as people mean them.

A spreadsheet eats the zeros in front of a staff number, and a program shouts its letters:
``00123`` and ``123`` are one key inside one source, and so are ``ab-7`` and `` AB-7``. Where a file
shows that two people have keys that differ by no more, the second one's is kept apart, as typed.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from scheduler.domain.names.typed_names import APOSTROPHES, DASHES

#: In front of a key that is compared as it is typed; no cell holds this sign.
APART = "\x1f"
#: Figures that a key of 0.1.0 may have had with its zeros: longer ones are nobody's by hand.
_LONGEST = 14

_PLAIN = str.maketrans(
    dict.fromkeys(DASHES.replace("_", ""), "-") | dict.fromkeys(APOSTROPHES, "'")
)


def identity_of(key: str) -> str:
    """What a key is compared by; of one that is kept apart, itself."""
    return key if key[:1] == APART else folded_key(key)


def folded_key(key: str) -> str:
    """A key without what nobody means by it: case, blanks, signs without a width, accents, and the
    zeros in front of figures. In an address only case, blanks and such signs mean nothing.
    """
    # Most of a million: a table says the same of these signs.
    if key.isascii():
        plain = key.translate(_IN_ASCII)
        return (_without_zeros(plain) if plain.isdecimal() else plain) or key
    return _folded(key)


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    wide = unicodedata.normalize("NFKC" if "@" in key else "NFKD", key)
    lower = wide.lower() if "@" in key else wide.casefold()
    kept = "".join(one for one in lower if not one.isspace() and _says_something(one, lower))
    plain = kept.translate(_PLAIN)
    return (_without_zeros(plain) if plain.isascii() else plain) or key


def _sign_in_ascii(sign: str) -> str | None:
    """None: nobody means it."""
    said = not sign.isspace() and _says_something(sign, sign)
    return sign.lower().translate(_PLAIN) if said else None


def apart(key: str) -> str:
    """The form of a key that is one person's only as it is typed."""
    return APART + key


def former_spellings(key: str, typed: str = "") -> Iterator[str]:
    """How a key may have been typed when only its digest was kept, as it was typed then."""
    plain = folded_key(key)
    yield from {plain, plain.upper(), key, typed or key}
    if plain.isdecimal():
        yield from (plain.zfill(width) for width in range(len(plain) + 1, _LONGEST + 1))


def _without_zeros(key: str) -> str:
    return key.lstrip("0") or "0" if key.isdecimal() else key


def _says_something(sign: str, key: str) -> bool:
    category = unicodedata.category(sign)
    if category in ("Cf", "Cc"):
        return False
    return "@" in key or category != "Mn"


#: Of each sign of ASCII what ``_folded`` makes of it.
_IN_ASCII = {code: _sign_in_ascii(chr(code)) for code in range(128)}
