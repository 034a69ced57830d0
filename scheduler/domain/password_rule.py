"""What a password of the desk may not be (the CNIL's recommendation 2022-100): short, one sign
again and again, a row of keys, or made of words that whoever guesses tries first.

Several words without a link are always welcome, with spaces, in lower case, in any alphabet.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from scheduler.domain.names.typed_names import folded

#: Signs.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
#: Different signs that a password has at least.
_FEWEST_SIGNS = 5
#: Signs that are left once a row counts as one, or once expected words are taken out.
_FEWEST_LEFT = 8
#: So many signs of a row, one after the other, are a row.
_ROW = 4
#: Those of an alphabet and of keyboards, and two that zigzag; each is read both ways.
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1a2z3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "aqwzsxedcrfvtgbyhnujm",
    "qazwsxedcrfvtgbyhnujm",
)
_NEXT = frozenset(pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way))
#: Tried first, whoever the account is of.
_EXPECTED = ("reflexe", "motdepasse", "password")
_DISGUISED = str.maketrans("430157@$!", "aeoistasi")
_WORD = re.compile(r"[^\W\d_]{3,}")


class PasswordFault(StrEnum):
    """Why a password isn't taken."""

    #: Too short, or too long.
    LENGTH = "length"
    #: One sign, or a few, again and again.
    REPEATED = "repeated"
    #: Letters or figures in their order, or keys side by side.
    ROW = "row"
    #: The person's own name, the organisation's, the product's, or « password ».
    EXPECTED = "expected"


def password_fault(password: str, named: Iterable[str]) -> PasswordFault | None:
    """What is wrong with it; ``named`` are the person and the organisation."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return PasswordFault.LENGTH
    text = folded(password)
    if len(set(text)) < _FEWEST_SIGNS or _period(text) < _FEWEST_LEFT:
        return PasswordFault.REPEATED
    if _weight(text) < _FEWEST_LEFT:
        return PasswordFault.ROW
    expected = _expected(named)
    for spelt in (text, text.translate(_DISGUISED)):
        rest = _without(expected, spelt, text)
        if rest is not None and _weight(rest) < _FEWEST_LEFT:
            return PasswordFault.EXPECTED
    return None


def _period(text: str) -> int:
    """After how many signs it begins again; its length where it doesn't."""
    return next(
        size for size in range(1, len(text) + 1) if text == (text[:size] * len(text))[: len(text)]
    )


def _weight(text: str) -> int:
    """Signs, of which a row, or one sign again and again, counts as one."""
    signs, run = 0, 0
    for before, sign in zip(("", *text), text, strict=False):
        follows = before == sign or (before, sign) in _NEXT
        run = run + 1 if follows else 1
        # The row is known at its fourth sign: the two after its first were counted too many.
        signs += 1 if run < _ROW else 2 - _ROW if run == _ROW else 0
    return signs


def _expected(named: Iterable[str]) -> list[str]:
    """The longest first, so that none hides in another."""
    words = {found for name in named for found in _WORD.findall(folded(name))}
    return sorted({*words, *_EXPECTED}, key=len, reverse=True)


def _without(expected: list[str], spelt: str, text: str) -> str | None:
    """What is left of ``text`` where its spelling has no such word; None where it has none."""
    kept = [at for at, sign in enumerate(spelt) if sign.isalnum()]
    read = "".join(spelt[at] for at in kept)
    left = read
    for word in expected:
        left = left.replace(word, " " * len(word))
    rest = (text[at] for at, sign in zip(kept, left, strict=True) if sign != " ")
    return "".join(rest) if left != read else None
