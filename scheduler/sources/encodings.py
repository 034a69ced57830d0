"""Which of the old one-byte encodings a text is in: the one in which its words are words.

Windows-1252, ISO-8859-15, and those of the Macintosh and of DOS give each byte above 127 a sign, so
none of them ever fails to read: « Œuvré » of ISO-8859-15 is « ¼uvré » in Windows-1252. What tells
them apart is which signs stand inside words.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable

#: The commonest first: it is taken when a file fits several.
CANDIDATES = ("cp1252", "iso8859-15", "mac-roman", "cp850")
NAMES = {
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO-8859-15",
    "mac-roman": "Macintosh Roman",
    "cp850": "DOS (850)",
}
#: Different words that are looked at; a million rows have some ten thousand.
_MOST = 20_000
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
#: Accents and quotation marks as UTF-8 writes them: no text in one of these is full of them.
_UTF8 = re.compile(
    rb"\xc3[\x80-\xbf]|\xc5[\x92\x93\xb8\xa0\xa1]|\xe2\x80[\x90-\xba]|\xc2[\xa0-\xbf]"
)
_HIGH = bytes(range(128, 256))

_ACCENTED = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžß"
_SMALL = f"a-z{_ACCENTED}"
_GREAT = "A-ZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸŒŠŽ"
#: What stands beside words and between them.
_BESIDE = re.compile("[«»“”„‘’‹›…–—·•°ºª€£§©®²³½¼¾\u00a0\u00ad×±µ]+")
#: Capitals, small ones, or first the one and then the other; FRANçOIS and LeBlanc too. But no
#: accented capital follows a small letter.
_PLAIN = re.compile(f"[{_GREAT}{_ACCENTED}]*[{_SMALL}]*|[{_GREAT}][{_SMALL}]+[A-Z][{_SMALL}]+")
_FOREIGN = re.compile(r"[^\x00-\x7fàâæçéèêëîïôùûüÿœÀÂÆÇÉÈÊËÎÏÔÙÛÜŸŒ’‘°«»…–—€\u00a0]")
#: A fraction never touches a letter.
_TOUCHING = re.compile(f"[{_SMALL}{_GREAT}][½¼¾]|[½¼¾][{_SMALL}{_GREAT}]")


class Words:
    """The words of a text in which bytes above 127 are, each with its count."""

    def __init__(self) -> None:
        self._words: Counter[bytes] = Counter()
        self._utf8 = 0
        self._high = 0

    def look(self, chunk: bytes) -> None:
        """A part of the text; words cut in two at its ends weigh nothing."""
        self._utf8 += sum(map(len, _UTF8.findall(chunk)))
        found = _WORD.findall(chunk)
        self._high += sum(len(word) - len(word.translate(None, _HIGH)) for word in set(found))
        if len(self._words) < _MOST:
            self._words.update(found)

    def mostly_utf8(self) -> bool:
        """UTF-8 with a few bytes that aren't: reading it as anything else garbles its names."""
        return self._utf8 * 2 >= self._high

    def encoding(self) -> str:
        """The candidate in which fewest words look wrong; empty when one in twenty still does.

        Of several the one with fewest signs that are no French ones.
        """
        wrong = {each: self._wrong(each) for each in CANDIDATES}
        best = min(CANDIDATES, key=lambda each: (wrong[each], self._foreign(each)))
        return best if wrong[best] * 20 <= sum(self._words.values()) else ""

    def _wrong(self, encoding: str) -> int:
        return sum(n for word, n in self._words.items() if not is_plain(word, encoding))

    def _foreign(self, encoding: str) -> int:
        """Signs that French names don't have: « Franáoise » is a word, and nobody's name."""
        return sum(
            n * len(_FOREIGN.findall(word.decode(encoding, "replace")))
            for word, n in self._words.items()
        )


def is_plain(word: bytes, encoding: str) -> bool:
    """Whether the bytes of a word are one in an encoding."""
    try:
        text = codecs.decode(word, encoding)
    except UnicodeDecodeError:
        return False
    return _TOUCHING.search(text) is None and all(map(_PLAIN.fullmatch, _BESIDE.split(text)))


def doubtful(cells: Iterable[str], encoding: str) -> bool:
    """Whether one of these cells, read in ``encoding``, has a word that is none."""
    for cell in cells:
        if not cell.isascii():
            raw = cell.encode(encoding, "replace")
            if any(not is_plain(word, encoding) for word in _WORD.findall(raw)):
                return True
    return False
