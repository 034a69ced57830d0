"""Words from outside, freed of what says who somebody is."""

import re

#: What a provider's sentence is cut to in a reason.
_KEPT = 200

_WORD = re.compile(r"\S+")
#: +33 6 39 98 00 01, 0639980001, 33639980001; not the date 2026-10-04, nor 0.1234567890.
_NUMBER = re.compile(r"(?<![\w.])(?:[+0]\d(?:[ .-]?\d){6,13}|\d{10,15})(?!\w)")


def without_addresses(text: str) -> str:
    """The text with each word that holds an e-mail address, and each phone number, replaced."""
    return _NUMBER.sub("[number]", _WORD.sub(_mask_word, text))


def one_line(text: str) -> str:
    """At most 200 printable characters of it, on one line, without addresses or numbers.

    Providers repeat the recipient in their answers; what they say goes to the ledger's reasons
    and to the log, where nobody's address may be.
    """
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(without_addresses(printable).split())[:_KEPT]


def _mask_word(found: re.Match[str]) -> str:
    return "[address]" if "@" in found[0] else found[0]
