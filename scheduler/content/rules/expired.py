"""A date with its year that is over: a text written for another time, unless it tells the past."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.days import (
    ENGLISH_MONTH,
    ENGLISH_MONTHS,
    MONTH,
    MONTHS,
    own_words,
)
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_DATED = re.compile(
    rf"\b(?P<day>[0-3]?[0-9]|1er) (?P<month>{MONTH}|{ENGLISH_MONTH}),? (?P<year>(?:19"
    rf"|20)[0-9]{{2}})\b"
    r"|(?<![\d./-])(?P<d>[0-3]?[0-9])(?P<sign>[/.-])(?P<m>[01]?[0-9])(?P=sign)(?P<y>(?:19"
    r"|20)[0-9]{2})"
    r"(?![\d/-])"
)
_ISO = re.compile(r"(?<![\w/.-])((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])(?![\w-])")
#: A year beside what it is the year of: « à la rentrée 2024 », « de janvier à mars 2025 ».
_YEAR = re.compile(
    rf"\b(?:rentree|ete|automne|hiver|printemps|noel|fetes|cybermois|edition|saison|campagne|annee"
    rf"|exercice|semestre|trimestre|programme|calendrier|planning|agenda|semaine|mois|vacances"
    rf"|{MONTH}|{ENGLISH_MONTH})(?: (?:de |d'|du )?(?:l'annee )?)(?P<year>(?:19|20)[0-9]{{2}})\b"
)
#: Said of the year itself, by itself: « En 2024, nous ferons… ».
_COMING = re.compile(
    r"\b(?:en|courant|debut|fin|mi|d'ici(?: a)?|jusqu'en|jusqu'a fin|avant(?: fin)?|pour)[ -]"
    r"(?P<year>(?:19|20)[0-9]{2})\b[^.!?\n]{0,40}?\b(?:[a-z]{2,12}(?:era|eront|erons|erez|ira"
    r"|iront)"
    r"|sera|seront|aura|auront|fera|feront|ferons|serez|aurez|serons|aurons)\b"
)
#: What tells of the past on purpose: the law, a story.
_HISTORY = re.compile(
    r"\b(?:loi|decret|arretes? (?:du|ministeriels?|prefectora\w+|royal)|ordonnance|reglement"
    r"|rgpd|directive|deliberation|convention|article"
    r"|consultee? le|datee? du|jugement|condamn\w+|histoire|premiere? fois|ne en|nee en|cree"
    r"|fonde|signature de"
    r"|historique|historiquement|nouvelle loi|law|act of|treaty"
    # What has the date that it was made on.
    r"|version (?:du|de ce|de la) (?:document|fiche|guide)|relue?s? (?:le|par)|factures?"
    r"|(?:notre|nos) releves?|commandes?|devis|proces-verbal"
    r"|compte rendu)\b"
    # « Le 8 septembre 2027, un câble a privé trois étages » tells what happened.
    r"|(?:\A|\n)\W{0,3}(?:le|en|au|debut|fin|des|depuis) [^,.!?\n]{4,30}(?:, a [^,.!?\n]{2,12})?, "
    r"[^.!?\n]{0,60}"
    r"\b(?:a|ont) [a-z]{2,15}(?:e|i|it|is|u|ert)\b"
)


#: Told as past: « la photo a été prise en juin 2024 », « depuis le… ». A deadline isn't.
_PAST = re.compile(
    r"\b(?:a|ont|avez|avons|est|sont|etes|sommes|etait|etaient|avait|avaient|fut|furent)"
    r"(?: (?:deja|tous|toutes|bien|beaucoup|aussi))?(?: ete)? (?!lieu\b)[a-z]{2,15}"
    r"(?:e|ee|es|ees|i|ie|is|ies|it|ite|ites|u|ue|us|ues|ert|erte|erts|ertes|ort|orte)\b"
    r"|\b(?:signee?s?|datee?s?|parue?s?|nee?s?|prise?s?|creee?s?|ouverte?s?|adoptee?s?"
    r"|votee?s?|publiee?s?|redigee?s?|etait|etaient|fut|law of|since|born|was|were|has been"
    r"|have been|had|signed|dated|published)\b"
)
#: So many days make it history; younger, it is old news.
_LONG_AGO = 1_000
_DEADLINE = re.compile(
    r"(?:avant|jusqu'au|jusqu'en|d'ici|des|a partir du?|au plus tard|before|until|by|from|le|ferme"
    r"|on) (?:le |the |fin )?\Z"
)


#: A year beside a work, or of what happened.
_ITS_YEAR = re.compile(
    r"\b(?:norme|guide|rapport|panorama|chiffres|bilan|etude|enquete|barometre|attaque\w*|virus"
    r"|depuis|touche\w*|publie\w*|source|paru\w*|consulte\w*|recense\w*|declare\w*)\b"
)
_Found = tuple[re.Match[str], date]


def expired(passage: Passage, today: date) -> Iterator[Finding]:
    """A date with its year that is over: the text was written for another time."""
    own = own_words(passage)
    for start, sentence in rules_voice.sentences(own):
        told = bool(_HISTORY.search(sentence))
        dated = list(_dates(sentence))
        alone = [] if _ITS_YEAR.search(sentence) else _years(sentence, dated)
        for found, written in (*dated, *alone):
            at = start + found.start()
            words = passage.text[at : start + found.end()]
            past = (
                (today - written).days > _LONG_AGO
                and _PAST.search(sentence)
                and not _is_deadline(sentence, found.start())
            )
            if written < today and not told and not past:
                yield passage.finding("expired-date", at, f"« {words} » est passé")


def _is_deadline(sentence: str, at: int) -> bool:
    """« Avant le 1er mars 2025 », whatever else the sentence tells."""
    found = _DEADLINE.search(sentence[max(at - 24, 0) : at])
    return found is not None and not found[0].startswith(("le ", "on ", "from "))


def _dates(sentence: str) -> Iterator[_Found]:
    for found in _DATED.finditer(sentence):
        if written := _date(found):
            yield found, written
    for found in _ISO.finditer(sentence):
        with suppress(ValueError):
            yield found, date.fromisoformat(found[0])


def _years(sentence: str, dated: Sequence[_Found]) -> Iterator[_Found]:
    """A year beside what it is the year of is over with its last day."""
    for pattern in (_YEAR, _COMING):
        for found in pattern.finditer(sentence):
            inside = any(one.start() <= found.start() <= one.end() for one, _ in dated)
            if not inside:
                yield found, _last(int(found["year"]), found[0].split(" ")[0])


def _last(year: int, name: str) -> date:
    """The last day of a year, or of its month of that name."""
    if name not in (*MONTHS, *ENGLISH_MONTHS):
        return date(year, 12, 31)
    month = _month(name)
    return date(year, month, monthrange(year, month)[1])


def _month(name: str) -> int:
    months = MONTHS if name in MONTHS else ENGLISH_MONTHS
    return months.index(name) + 1


def _date(found: re.Match[str]) -> date | None:
    month = _month(found["month"]) if found["month"] else int(found["m"])
    try:
        day = int((found["day"] or found["d"]).removesuffix("er"))
        return date(int(found["year"] or found["y"]), month, day)
    except ValueError:
        return None
