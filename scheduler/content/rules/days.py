"""Rules on days: one that a text names by its weekday, and a date of a year that is gone."""

import re
from collections.abc import Iterator
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
_ENGLISH_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
#: In plain letters (``rules_voice.plain``).
_THAT_DAY = re.compile(
    rf"\b(?:(?:ce|cet|cette) (?:{_WEEKDAY}|matin|soir|apres-midi|week-end|nuit)"
    rf"|{_WEEKDAY} (?:prochain|dernier|(?:[0-3]?[0-9]|1er)\b|a [0-9])"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!chaque ){_WEEKDAY} (?:matin|soir|midi)\b"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!au )(?<!chaque ){_WEEKDAY}, (?:de|a|entre|vers) [0-9]"
    rf"|(?:des|avant|jusqu'a|d'ici(?: a)?|rendez-vous(?: ce| le)?|en ce|c'est) {_WEEKDAY}"
    rf"|(?:est|sera|a lieu|aura lieu|commence|se tient|prevue?) {_WEEKDAY}"
    rf"|(?:bon|bonne|beau|belle|joyeux|excellent)(?: fin de| journee de| soiree de)? "
    rf"(?:{_WEEKDAY}|week-end|pont|jour ferie)"
    rf"|(?:belle|bonne|excellente) (?:journee|soiree|nuit|matinee) (?:de|du) {_WEEKDAY}"
    rf"|(?:[12]?[0-9]|3[01]|1er) {_MONTH}\b(?! [0-9]{{4}})"
    r"|(?<!/)(?:0[1-9]|[12][0-9]|3[01])/(?:0[1-9]|1[0-2])(?:/[0-9]{2,4})?(?![/0-9])"
    rf"|(?:this|next|last|on|by|until|before) {_ENGLISH_DAY}\b"
    rf"|(?:happy|have a (?:good|nice|great)|see you on) (?:{_ENGLISH_DAY}|weekend)\b"
    rf"|{_ENGLISH_DAY},? (?:[0-9]|{_ENGLISH_MONTH})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? {_ENGLISH_MONTH}\b(?! [0-9]{{4}})"
    rf"|{_ENGLISH_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?\b(?!, [0-9]{{4}}))"
    # « À lundi ! », a farewell.
    rf"|(?:^|(?<=[.!?,;:\n*] ))(?:a|vivement|rendez-vous) {_WEEKDAY}(?= ?(?:[.!,]|et |ou |pour |$))"
    rf"|(?:^|(?<=[.!?] )){_WEEKDAY}, (?:nous|vous|on|le|la|les|l')",
    re.MULTILINE,
)
_SOME_DAY = re.compile(
    r"\b(?:(?<!d')aujourd'hui|(?:apres-)?demain|avant-hier|hier|today|tomorrow|yesterday|tonight)\b"
)
#: Said of every year, or a day's own name: true whenever it is read.
_EVERY_YEAR = re.compile(
    r"\b(?:chaque annee|tous les ans|chaque (?:printemps|ete|automne|hiver)|est la journee"
    r"|every year)\b"
)
_DATED = re.compile(
    rf"\b(?P<day>[0-3]?[0-9]|1er) (?P<month>{_MONTH}) (?P<year>(?:19|20)[0-9]{{2}})\b"
    r"|(?<![\d./-])(?P<d>[0-3]?[0-9])(?P<sign>[/.-])(?P<m>[01]?[0-9])(?P=sign)(?P<y>(?:19"
    r"|20)[0-9]{2})"
    r"(?![\d/-])"
)
#: What tells of the past on purpose: the law, a story.
_HISTORY = re.compile(
    r"\b(?:loi|decret|arrete|ordonnance|reglement|rgpd|directive|deliberation|convention|article"
    r"|jugement|condamn\w+|histoire|premiere? fois|ne en|nee en|cree|fonde|signature de"
    r"|historique)\b"
)


def days(passage: Passage) -> Iterator[Finding]:
    """A day written by hand. The passage is without its fields: a date that is typed in is true."""
    for start, sentence in rules_voice.sentences(_own(passage)):
        if _EVERY_YEAR.search(sentence):
            continue
        for pattern, code in ((_THAT_DAY, "day"), (_SOME_DAY, "day-in-text")):
            for found in pattern.finditer(sentence):
                at = start + found.start()
                words = passage.text[at : start + found.end()]
                yield passage.finding(code, at, f"« {words} » désigne un jour précis")


def expired(passage: Passage, today: date) -> Iterator[Finding]:
    """A date with its year that is over: the text was written for another time."""
    own = _own(passage)
    for start, sentence in rules_voice.sentences(own):
        for found in _DATED.finditer(sentence):
            written = _date(found)
            if written and written < today and not _HISTORY.search(sentence):
                at = start + found.start()
                words = passage.text[at : start + found.end()]
                yield passage.finding("expired-date", at, f"« {words} » est passé")


def _own(passage: Passage) -> str:
    words = rules_voice.own_words(passage.text)
    return rules_voice.plain(rules_voice.ADDRESS.sub(rules_voice.blank, words))


def _date(found: re.Match[str]) -> date | None:
    month = _MONTHS.index(found["month"]) + 1 if found["month"] else int(found["m"])
    try:
        day = int((found["day"] or found["d"]).removesuffix("er"))
        return date(int(found["year"] or found["y"]), month, day)
    except ValueError:
        return None
