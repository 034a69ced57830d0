"""A text taken apart: without marks, signatures and what it only quotes, in sentences and clauses.

Words are in small letters without accents, one space between them and one at each end, so that a
pattern may say `` stop ``.
"""

import re
import unicodedata

from scheduler.domain.hearing.spelling import plain_signs, plain_words
from scheduler.domain.values import frozen

#: Signs that are read: an SMS has 1600 at most.
LONGEST = 2000
#: A quotation of so many words is somebody else's; a shorter one is how people write a keyword.
QUOTED_WORDS = 4

_QUOTED = re.compile(r'«[^«»]*»|“[^“”]*”|"[^"]*"')
_LETTERS_APART = re.compile(r"(?<![^\W_])[a-z](?:[ .\-_*]{1,2}[a-z](?![^\W_])){3,}")
#: Above an answer: ``Re: …``, and a message of ours with its last words.
_ANSWERED = re.compile(r"(?:re|tr|fwd?|rép|rep) ?: ?\S", re.IGNORECASE)
_ENDING = re.compile(r"\bstop(?: au)? ?\d{5}[ .!]{0,3}$", re.IGNORECASE)
_SHOUTED = re.compile(r"(?<!\w)STOP(?!\w)")
_SPOKEN = re.compile(r" (?:virgule|point d (?:exclamation|interrogation)|full stop) ")
_REPEATED = re.compile(r"([^\W\d_])\1\1+")
#: Ends a sentence; a comma and its like end a clause.
_SENTENCE = frozenset(".!?;\n…؟？")
_CLAUSE = frozenset(',:()[]"«»“”/|=>—–')
_ASKED = frozenset("?؟？")
_QUESTIONS = tuple(
    f" {word} "
    for word in (
        *("how", "who", "what", "where", "when", "why"),
        *("comment", "pourquoi", "quand", "quel", "quelle", "qui", "est"),
    )
)
_SIGNATURES = (
    " envoye de mon ",
    " envoye depuis ",
    " envoye a partir de ",
    " envoye de puis ",
    " envoye avec ",
    " sent from ",
    " sent with ",
    " sent via ",
    " telecharge outlook ",
    " obtenez outlook ",
    " get outlook ",
)


@frozen
class Text:
    """A text as the rules see it."""

    #: Each between spaces, commas and quotation marks taken for spaces.
    sentences: tuple[str, ...]
    #: Finer: cut at commas too.
    clauses: tuple[str, ...]
    asked: bool
    #: What was left out, as it only quotes it.
    quoted: str
    #: As it was written, but for what is quoted.
    own: str
    #: STOP in capitals, amid small letters.
    shouted: bool

    @property
    def whole(self) -> str:
        return f" {' '.join(one.strip() for one in self.sentences)} "


def read(text: str) -> Text:
    """What the rules weigh; costs no more than the text is long, and that is bounded."""
    own, quoted = _apart(text[:LONGEST])
    folded = plain_signs(_letters_together(_folded(own)))
    sentences = [plain_words(_words(one)) for one in _cut(folded, _SENTENCE)]
    clauses = _cut(folded, _SENTENCE | _CLAUSE)
    return Text(
        sentences=_unsigned(sentences),
        clauses=_unsigned([plain_words(_words(one)) for one in clauses]),
        asked=any(sign in own for sign in _ASKED) or any(map(_asks, sentences)),
        quoted=_words(_folded(quoted)),
        own=own,
        shouted=own != own.upper() and _SHOUTED.search(own) is not None,
    )


def _asks(sentence: str) -> bool:
    """It begins as a question does, whatever its last sign."""
    return sentence.startswith(_QUESTIONS) and not sentence.startswith(" what a ")


def several(words: str) -> frozenset[str]:
    """The words of a table, as sentences have them."""
    return frozenset(words.split())


def normalise(text: str) -> str:
    """Upper-case words with one space between them, without marks or punctuation.

    >>> normalise("  Arrêtez-moi ça. ")
    'ARRETEZ MOI CA'
    """
    return _words(_folded(text)).strip().upper()


def _apart(text: str) -> tuple[str, str]:
    """What somebody says, and what they quote: the lines of a mail program, a sentence of ours."""
    lines = text.splitlines()
    last = len(lines) - 1
    quoted = [line for place, line in enumerate(lines) if _is_quoted(line, last=place == last)]
    own = "\n".join(
        line for place, line in enumerate(lines) if not _is_quoted(line, last=place == last)
    )
    own = own.split("\n--\n")[0].split("\n-- \n")[0]

    def cut(found: re.Match[str]) -> str:
        words = found.group()
        if len(_words(_folded(words)).split()) < QUOTED_WORDS:
            return words
        quoted.append(words)
        return "\n"

    return _QUOTED.sub(cut, own), "\n".join(quoted)


def _is_quoted(line: str, *, last: bool) -> bool:
    """A mail program's mark, or a message of ours above an answer: it ends with its STOP."""
    if line.lstrip().startswith(">"):
        return True
    if last:
        return False
    ours = _ENDING.search(line) is not None and len(line.split()) > QUOTED_WORDS
    return ours or _ANSWERED.match(line) is not None


def _folded(text: str) -> str:
    """Small letters without accents; every other sign as it stands."""
    apart = unicodedata.normalize("NFKD", text)
    kept = (one for one in apart if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
    return "".join(kept).lower().replace("œ", "oe").replace("æ", "ae")


def _letters_together(folded: str) -> str:
    """``s.t.o.p`` is a word."""
    return _LETTERS_APART.sub(lambda found: "".join(filter(str.isalpha, found.group())), folded)


def _cut(folded: str, ends: frozenset[str]) -> list[str]:
    apart = folded.replace(" - ", "\n")
    return "".join("\n" if one in ends else one for one in apart).split("\n")


def _words(folded: str) -> str:
    """The words of a piece, between spaces; a letter said three times and more is said once."""
    plain = "".join(one if one.isalnum() else " " for one in folded)
    words = f" {' '.join(plain.split())} "
    return _SPOKEN.sub(" ", _REPEATED.sub(r"\1", words))


def _unsigned(pieces: list[str]) -> tuple[str, ...]:
    """Without what a telephone adds at the end, and without what is empty."""
    kept = []
    for piece in pieces:
        cuts = [piece.find(one) for one in _SIGNATURES if one in piece]
        said = piece[: min(cuts) + 1] if cuts else piece
        if said.strip():
            kept.append(said)
    return tuple(kept)
