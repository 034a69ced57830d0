"""Rules on words: urgency, shouting, days, the length of a subject, French typography."""

import re
from collections.abc import Iterable, Iterator

from scheduler.content.rules import Passage
from scheduler.domain.findings import Finding

#: A subject has fewer characters than this.
SUBJECT_END = 60
PREHEADER = range(40, 91)

_BLOCKED = "(?:suspendu|bloqu[eé]|d[eé]sactiv[eé]|ferm[eé]|supprim[eé])"
#: What a message never says in its own voice, even in its body.
_PRESSING_WORDS = (
    "agissez (?:imm[eé]diatement|vite|sans attendre|maintenant)",
    "derni(?:er|ers) (?:rappel|avis|avertissement)s?",
    "derni[eè]re (?:chance|relance)",
    "sans aucun d[eé]lai",
    "action requise",
    "d[eé]p[eê]chez[- ]vous",
    f"votre compte (?:est|sera|a [eé]t[eé]) {_BLOCKED}e?",
    "act now",
    "last chance",
    "final (?:notice|reminder|warning)",
    "action required",
)
#: How fraud presses its readers from the subject on.
_URGENT_WORDS = (
    *_PRESSING_WORDS,
    "urgent(?:e|es|s|ly)?",
    "urgence absolue",
    "(?:d['’]|en )urgence",
    "imm[eé]diatement",
    "sans d[eé]lai",
    "derniers? (?:d[eé]lai|jours?)",
    "d[eè]s maintenant",
    "tout de suite",
    "au plus vite",
    "faites vite",
    "agissez",
    "h[aâ]tez[- ]vous",
    "ne tardez pas",
    "avant qu['’]il ne soit trop tard",
    "suspension imminente",
    "expire(?:ra)? (?:bient[oô]t|aujourd['’]hui|demain)",
    f"comptes? (?:est |sera |a [eé]t[eé] )?{_BLOCKED}s?",
    "immediately",
    "right now",
    "account (?:suspended|locked|disabled)",
    "hurry",
    "asap",
)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_URGENT = _any_of(_URGENT_WORDS)
_PRESSING = _any_of(_PRESSING_WORDS)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_ENGLISH_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_THAT_DAY = re.compile(
    rf"\b(?:(?:ce|cet|cette) (?:{_WEEKDAY}|matin|soir|apr[eè]s-midi|week-end|nuit)"
    rf"|{_WEEKDAY} (?:prochain|dernier)|(?:this|next|last) {_ENGLISH_DAY})\b",
    re.IGNORECASE,
)
_SOME_DAY = re.compile(
    r"\b(?:aujourd['’]hui|(?<!après-)(?<!apres-)demain|avant-hier|hier|today|tomorrow|yesterday)\b",
    re.IGNORECASE,
)
#: Two words in capitals in a row, or one long enough to be no acronym.
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{3,}(?:[ \u00a0'’-]+[A-ZÀ-ÖØ-Þ]{3,})+\b|\b[A-ZÀ-ÖØ-Þ]{6,}\b")
_EXCLAMATIONS = re.compile(r"![\s\u00a0\u202f]*!")
_QUESTION = re.compile(r"[^.!?:\n]*\?")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")

_TYPOGRAPHY = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "une apostrophe droite", "écrivez ’ au lieu de '"),
    (
        re.compile(r"(?<=[^\s|:-]) (?=[;:!?»](?:[\s*)»]|$))", re.MULTILINE),
        "une espace ordinaire avant « : », « ; », « ! », « ? » ou « » »",
        "mettez une espace insécable",
    ),
    (re.compile("« "), "une espace ordinaire après un guillemet", "mettez une espace insécable"),
    (re.compile(r"\.\.\."), "trois points séparés", "écrivez … en un seul signe"),
)


def subject(passage: Passage) -> Iterator[Finding]:
    """A subject, as its reader sees it."""
    length = len(passage.text)
    if length >= SUBJECT_END:
        yield passage.finding(
            "subject-length",
            0,
            f"l'objet fait {length} caractères",
            f"retirez-en {length - SUBJECT_END + 1} : moins de {SUBJECT_END} au total",
        )
    yield from _headline(passage, "l'objet")


def preheader(passage: Passage) -> Iterator[Finding]:
    """The line that mail programs show beside the subject."""
    length = len(passage.text)
    if length not in PREHEADER:
        yield passage.finding("preheader-length", 0, f"le pré-en-tête fait {length} caractères")
    yield from _headline(passage, "le pré-en-tête")


def text(passage: Passage) -> Iterator[Finding]:
    """A body. What stands between quotation marks is somebody else's voice."""
    own = _without(_QUOTED, passage)
    # A question examines the words of those who press; it doesn't press.
    said = _without(_QUESTION, own)
    yield from _each(said, _PRESSING, "urgency-in-text", "« {} » presse le lecteur")
    yield from _days(own)
    plain = Passage(file=own.file, text=_ADDRESS.sub(_blank, own.text), first_line=own.first_line)
    yield from _shouting(plain, "shouting-in-text")


def typography(passage: Passage) -> Iterator[Finding]:
    """French texts only; at most one remark of a kind a line."""
    if passage.language != "fr":
        return
    for line, words in enumerate(_ADDRESS.sub(_blank, passage.text).split("\n")):
        for pattern, what, remedy in _TYPOGRAPHY:
            if pattern.search(words):
                here = Passage(file=passage.file, text=words, first_line=passage.first_line + line)
                yield here.finding("typography", 0, what, remedy)


def _headline(passage: Passage, name: str) -> Iterator[Finding]:
    yield from _each(passage, _URGENT, "urgency", f"« {{}} » dans {name} joue sur l'urgence")
    yield from _shouting(passage, "shouting")
    yield from _days(_without(_QUOTED, passage))
    yield from typography(passage)


def _shouting(passage: Passage, code: str) -> Iterator[Finding]:
    yield from _each(passage, _CAPITALS, code, "« {} » est tout en capitales")
    found = _EXCLAMATIONS.search(passage.text)
    alone = passage.text.count("!") if code == "shouting" else 0
    if found or alone > 1:
        at = found.start() if found else passage.text.index("!")
        yield passage.finding(code, at, "il y a plusieurs points d'exclamation")


def _days(passage: Passage) -> Iterator[Finding]:
    yield from _each(passage, _THAT_DAY, "day", "« {} » désigne un jour précis")
    yield from _each(passage, _SOME_DAY, "day-in-text", "« {} » désigne un jour précis")


def _each(passage: Passage, pattern: re.Pattern[str], code: str, message: str) -> Iterator[Finding]:
    for found in pattern.finditer(passage.text):
        yield passage.finding(code, found.start(), message.format(found[0]))


def _without(pattern: re.Pattern[str], passage: Passage) -> Passage:
    return Passage(
        file=passage.file,
        text=pattern.sub(_blank, passage.text),
        first_line=passage.first_line,
        language=passage.language,
    )


def _blank(found: re.Match[str]) -> str:
    """As many characters, so that every line and offset stays."""
    return re.sub(r"[^\n]", " ", found[0])
