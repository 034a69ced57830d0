"""Rules on days: one that a text names by its weekday, and a date of a year that is gone."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_ENGLISH_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_ENGLISH_MONTH = rf"(?:{'|'.join(_ENGLISH_MONTHS)})"
#: In plain letters (``rules_voice.plain``).
_THAT_DAY = re.compile(
    rf"\b(?:(?:ce|cet|cette) (?:{_WEEKDAY}|matin|soir|apres-midi|week-end|nuit)"
    rf"|{_WEEKDAY} (?:prochain|dernier|(?:[0-3]?[0-9]|1er)\b(?! {_MONTH} [0-9]{{4}}"
    rf"|/[0-9]{{1,2}}/[0-9]{{4}})|a [0-9])"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!chaque ){_WEEKDAY} (?:matin|soir|midi)\b"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!au )(?<!chaque ){_WEEKDAY}, (?:de|a|entre|vers) [0-9]"
    rf"|(?:des|avant|jusqu'a|d'ici(?: a)?|rendez-vous(?: ce| le)?|en ce|c'est) {_WEEKDAY}"
    rf"|(?:est|sera|a lieu|aura lieu|commence|se tient|prevue?) {_WEEKDAY}"
    rf"|(?:bon|bonne|beau|belle|joyeux|excellent|excellente)"
    rf"(?: fin de| debut de| milieu de| journee de| soiree de)? "
    rf"(?:{_WEEKDAY}|week-end|pont(?! de)|jour ferie)"
    r"|(?:bon|bonne|beau|belle|excellente?) (?:fin|debut|milieu) de semaine"
    rf"|(?:nous sommes|on est|voici|deja|enfin|vive(?:ment)?) (?:deja |enfin |le )?{_WEEKDAY}\b"
    r"(?! (?:matin|soir)\b)"
    rf"|(?:belle|bonne|excellente) (?:journee|soiree|nuit|matinee) (?:de|du) {_WEEKDAY}"
    rf"|(?:[12]?[0-9]|3[01]|1er) {_MONTH}\b(?! [0-9]{{4}})"
    r"|(?<!/)(?:0[1-9]|[12][0-9]|3[01])/(?:0[1-9]|1[0-2])(?:/[0-9]{2})?(?![/0-9])"
    rf"|(?:this|next|last|on|by|until|before) {_ENGLISH_DAY}\b"
    rf"|(?:happy|have an? (?:[a-z]+)|enjoy your|see you on|it's|until) (?:{_ENGLISH_DAY}|weekend)\b"
    rf"|{_ENGLISH_DAY},? (?:[0-9]|{_ENGLISH_MONTH})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? {_ENGLISH_MONTH}\b(?! [0-9]{{4}})"
    rf"|{_ENGLISH_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?\b(?!, [0-9]{{4}}))"
    # « À lundi ! », a farewell.
    rf"|(?:^|(?<=[.!?,;:\n*] ))(?:a|vivement|rendez-vous) {_WEEKDAY}(?= ?(?:[.!,]|et |ou |pour |$))"
    rf"|(?:^|(?<=[.!?] )){_WEEKDAY}, (?:nous|vous|on|le|la|les|l')",
    re.MULTILINE,
)
_SOME_DAY = re.compile(
    r"\b(?:(?<!d')aujourd'hui|(?<!de )(?<!d'ici a )apres-demain|(?<!de )(?<!a )(?<!apres-)demain"
    r"(?! (?:ira|sera un autre|comme|et|est un mot))(?<!attendre demain)|avant-hier"
    r"|(?<!d')hier(?! (?:encore|comme|et))"
    r"|(?<!of )tomorrow|yesterday|tonight)\b|(?:\A|(?<=[.!?] ))a demain(?= ?[.!,])"
)
#: « Aujourd'hui » is nowadays, but where something takes place.
_TODAY = re.compile(
    r"\b(?:c'est aujourd'hui|aujourd'hui(?: (?:a|de|des|jusqu'a|avant|entre|vers|meme)\b"
    r"|[,.!]? ?\Z|, (?:a|de|des) )|(?:commence|debute|demarre|reprend|ouvre|ferme|a lieu|se tient"
    r"|lance"
    r"|lancons|arrive|atelier|reunion|stand|quiz|webinaire|exercice|episode|conference"
    r"|rendez-vous|panne|coupure|maintenance|premier jour|dernier jour)\w{0,2}\b)"
)
#: Said of every year, or a day's own name: true whenever it is read.
_EVERY_YEAR = re.compile(
    r"\b(?:chaque annee|tous les ans|chaque (?:printemps|ete|automne|hiver|[0-9]{1,2} [a-z]+)"
    r"|(?:est|c'est) la (?:journee|fete|semaine)"
    r"|every year)\b"
)
_DATED = re.compile(
    rf"\b(?P<day>[0-3]?[0-9]|1er) (?P<month>{_MONTH}|{_ENGLISH_MONTH}),? (?P<year>(?:19"
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
    rf"|{_MONTH}|{_ENGLISH_MONTH})(?: (?:de |d'|du )?(?:l'annee )?)(?P<year>(?:19|20)[0-9]{{2}})\b"
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
    r"\b(?:loi|decret|arrete|ordonnance|reglement|rgpd|directive|deliberation|convention|article"
    r"|consultee? le|datee? du|jugement|condamn\w+|histoire|premiere? fois|ne en|nee en|cree"
    r"|fonde|signature de"
    r"|historique)\b"
)


#: A year beside a work, or of what happened.
_ITS_YEAR = re.compile(
    r"\b(?:norme|guide|rapport|panorama|chiffres|bilan|etude|enquete|barometre|attaque\w*|virus"
    r"|depuis|touche\w*|publie\w*|source|paru\w*|consulte\w*|recense\w*|declare\w*)\b"
)
_Found = tuple[re.Match[str], date]


def days(passage: Passage) -> Iterator[Finding]:
    """A day written by hand. The passage is without its fields: a date that is typed in is true."""
    for start, sentence in rules_voice.sentences(_own(passage)):
        if _EVERY_YEAR.search(sentence):
            continue
        for pattern, code in ((_THAT_DAY, "day"), (_SOME_DAY, "day-in-text")):
            for found in pattern.finditer(sentence):
                if found[0] == "aujourd'hui" and not _TODAY.search(sentence):
                    continue
                at = start + found.start()
                words = passage.text[at : start + found.end()]
                yield passage.finding(code, at, f"« {words} » désigne un jour précis")


def slogan(passage: Passage, words: str) -> Iterator[Finding]:
    """The campaign's slogan written by hand, where it names a day: it may be false when it is
    read. Its own place is the line above the title, and the subject of the announcement and of the
    recap, which don't ask."""
    said = _letters(words)
    if not said or not re.search(rf"\b(?:{_WEEKDAY}|{_ENGLISH_DAY})", said):
        return
    at = _letters(passage.text).find(said)
    if at >= 0:
        yield passage.finding(
            "day",
            at,
            "le slogan dit un jour, et un autre jour peut être celui de l'arrivée",
            "il a déjà sa place au-dessus du titre : retirez-le d'ici",
        )


def _letters(text: str) -> str:
    """In plain letters, each in its place, every blank a space."""
    return re.sub(r"\s", " ", rules_voice.plain(text))


def expired(passage: Passage, today: date) -> Iterator[Finding]:
    """A date with its year that is over: the text was written for another time."""
    own = _own(passage)
    for start, sentence in rules_voice.sentences(own):
        told = bool(_HISTORY.search(sentence))
        dated = list(_dates(sentence))
        alone = [] if _ITS_YEAR.search(sentence) else _years(sentence, dated)
        for found, written in (*dated, *alone):
            at = start + found.start()
            words = passage.text[at : start + found.end()]
            if written < today and not told:
                yield passage.finding("expired-date", at, f"« {words} » est passé")


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
    if name not in (*_MONTHS, *_ENGLISH_MONTHS):
        return date(year, 12, 31)
    month = _month(name)
    return date(year, month, monthrange(year, month)[1])


def _month(name: str) -> int:
    months = _MONTHS if name in _MONTHS else _ENGLISH_MONTHS
    return months.index(name) + 1


def _own(passage: Passage) -> str:
    words = rules_voice.own_words(passage.text)
    return rules_voice.plain(rules_voice.ADDRESS.sub(rules_voice.blank, words))


def _date(found: re.Match[str]) -> date | None:
    month = _month(found["month"]) if found["month"] else int(found["m"])
    try:
        day = int((found["day"] or found["d"]).removesuffix("er"))
        return date(int(found["year"] or found["y"]), month, day)
    except ValueError:
        return None
