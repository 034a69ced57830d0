"""In which language a passage is written, by its small words: is it the one of its file's name?"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

#: Small and common words of each language, in plain letters.
_SMALL: dict[str, str] = tomllib.loads(
    resources.files(__package__).joinpath("small_words.toml").read_text(encoding="utf-8")
)
_FRENCH = frozenset(_SMALL["fr"].split())
#: A word that French has too tells nothing of another.
_SETS = {
    language: frozenset(words.split()) - (frozenset() if language == "fr" else _FRENCH)
    for language, words in _SMALL.items()
}
#: With what it shares with French.
_WHOLE = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_NAMES = {
    "fr": "français",
    "en": "anglais",
    "de": "allemand",
    "es": "espagnol",
    "it": "italien",
    "pt": "portugais",
    "nl": "néerlandais",
    "ro": "roumain",
    "tr": "turc",
    "pl": "polonais",
}
_SPEAKS = frozenset(
    """vous votre vos nous notre nos est sont pas ne il elle que qui ce cette pour avec merci
    bonjour peut fait toujours jamais""".split()  # noqa: SIM905 (read better in a row)
)
_LINE = re.compile(r"[^\n]+")
_CLAUSE = re.compile(r"[^,;:()!?.…–—]+")
_EDGES = " \t\r*_#>!.,;:()-"
#: What opens or ends a letter, alone on its line or in its clause.
_FORMULAS = {
    "en": re.compile(
        r"(?:dear (?:[a-z]{2,15} ?){1,3}|(?:best|kind|warm) regards|yours (?:truly|sincerely"
        r"|faithfully)|thank you(?: (?:all|very much|for reading))?|many thanks|thanks|hello"
        r"|good (?:morning|evening|luck)|take care|stay safe|see you soon|have a (?:nice|good) day)"
    ),
    "fr": re.compile(
        r"(?:bonjour|bonsoir|cordialement|merci(?: (?:a tous|beaucoup|d'avance))?"
        r"|bonne (?:journee|soiree|lecture|continuation)|belle journee|bien a vous|a bientot"
        r"|chere?s? (?:[a-z]{2,15} ?){1,3})"
    ),
}
_WORD = re.compile(r"[a-z]+(?:'t)?|[a-z]'")
#: Two words in the letters of Greek, Cyrillic, Hebrew, Arabic, Indic, Chinese, Korean.
_ELSEWHERE = re.compile("[\u0370-\u1cff\u3040-\ud7af]{2,40}[ ,.][\u0370-\u1cff\u3040-\ud7af]{2}")
#: « Appelez », « vérifiez »: no other of these languages ends a verb so.
_IMPERATIVE = re.compile(r"[a-z]{3,20}ez")
_CAPITAL = re.compile(r"(?<=[ '’-])[A-ZÀ-ÖØ-Þ]")
#: Fewer words tell nothing: a title, a name.
_ENOUGH = 3
#: A whole text in another language is told on so many of its lines.
_LINES = 4
#: So many small words of another language, and at most half as many of its own.
_SURE = 3


def language(passage: Passage) -> Iterator[Finding]:
    """A sentence in another language than the file's: the first one of a line, on a few lines."""
    if passage.language not in _SETS:
        return
    words = rules_voice.own_words(passage.text)
    own = rules_voice.plain(rules_voice.ADDRESS.sub(rules_voice.blank, words))
    if found := _ELSEWHERE.search(words):
        yield passage.finding("other-language", found.start(), "ces mots ont un autre alphabet")
        return
    told: set[int] = set()
    for start, piece in _pieces(own):
        line = own.count("\n", 0, start + len(piece) - len(piece.lstrip()))
        if line in told:
            continue
        spoken = spoken_in(piece, passage.text[start : start + len(piece)])
        bare = piece.strip(_EDGES)
        if not spoken and passage.language in _FORMULAS:
            spoken = next((name for name in _FORMULAS if _FORMULAS[name].fullmatch(bare)), "")
        if spoken and spoken != passage.language:
            at = start + len(piece) - len(piece.lstrip())
            yield passage.finding("other-language", at, f"ces mots sont en {_NAMES[spoken]}")
            told.add(line)
        if len(told) == _LINES:
            return


def _pieces(own: str) -> Iterator[tuple[int, str]]:
    """Each line and each clause of it, with its offset: a letter may greet in one language and go
    on in another, and a sentence may change in its middle."""
    for line in _LINE.finditer(own):
        yield line.start(), line[0]
        clauses = list(_CLAUSE.finditer(line[0]))
        if len(clauses) > 1:
            yield from ((line.start() + one.start(), one[0]) for one in clauses)


def spoken_in(sentence: str, written: str = "") -> str:
    """The language of a plain sentence; empty while it isn't sure.

    ``written`` is the same with its capitals: « Centre hospitalier de la Ville » in an English text
    is a name, not a sentence.
    """
    words = _WORD.findall(sentence)
    if len(words) < _ENOUGH:
        return ""
    known = {name: [word for word in words if word in small] for name, small in _SETS.items()}
    known["fr"] += [word for word in words if word not in _FRENCH and _IMPERATIVE.fullmatch(word)]
    # « Tu as vu, puis tu as eu chaud » says one word of another language, twice.
    known |= {name: [*dict.fromkeys(known[name])] for name in _SETS if name != "fr"}
    best = max(known, key=lambda name: len(known[name]) if name != "fr" else _of_french(known))
    counted, own = len(known[best]), _WHOLE[best] | frozenset(known[best])
    # What two languages share tells for none of them.
    second = max(
        sum(word not in own for word in found) for name, found in known.items() if name != best
    )
    sure = counted >= _SURE and second * 2 <= counted
    alone = counted >= 2 and second == 0 and counted * 3 >= len(words)
    orders = any(_IMPERATIVE.fullmatch(word) for word in words)
    speaks = orders or bool(_SPEAKS.intersection(words))
    named = best == "fr" and not speaks and _is_named(written or sentence)
    return best if (sure or alone) and not named else ""


def _of_french(known: Mapping[str, Sequence[str]]) -> int:
    """How many of its words tell for French: none, where another language has them all, and at
    least three that French hasn't."""
    shared = any(
        len(words) >= _SURE and _WHOLE[name].issuperset(known["fr"])
        for name, words in known.items()
        if name != "fr"
    )
    return 0 if shared else len(known["fr"])


def _is_named(written: str) -> bool:
    """A capital beyond the first word, or nothing to see one in."""
    return written == written.lower() or bool(_CAPITAL.search(written.strip(" *_#>-")))
