"""Rules on the moment at which a text is read: nobody knows it, so no text wishes or names it.

A message leaves on a Sunday or on another day, waits for an hour that is allowed, and is read later
still: « Bonsoir », « Bonne nuit » and « Vendredi, enfin ! » are false for many of its readers.
"""

import re
from collections.abc import Iterator

from scheduler.content.rules import days as rules_days
from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_GOOD = (
    r"(?:bon|bonne|bons|bonnes|beau|bel|belle|belles|joyeux|joyeuse|joyeuses|excellent|excellente"
    r"|excellents|excellentes|doux|douce|douces|heureux|heureuse|heureuses|tres bonne?s?)"
)
#: Not a season: it lasts, and a monthly text knows its own.
_TIME = (
    r"(?:fetes(?! de)|fin d'annee|nuit|soiree|soir|matinee|apres-midi|noel|paques|toussaint"
    r"|pentecote|reveillon|week-end"
    r"|ponts?|saint-valentin|halloween|chandeleur|epiphanie|ascension|14 juillet|1er mai|reprise"
    rf"|retour de vacances|{_DAY})"
)
#: « Belles fêtes de Noël », « bonne soirée », « joyeux Noël ».
_WISHED = re.compile(
    rf"(?<!d'une )(?<!une )(?<!la )(?<!l')\b{_GOOD} (?:et {_GOOD} )?"
    rf"(?:fin de |debut de |fetes de |jour de |nuit de |soiree de )?{_TIME}\b(?! (?:idees?|a ete"
    rf"|ete))(?![^.!?\n]{{0,30}}\b(?:selon|suivant|quelle que soit) l'heure)"
    r"|\b(?:happy|merry) (?:christmas|easter|halloween|weekend)\b"
    r"|\b(?:good|have a (?:good|nice|lovely|great)) (?:evening|night|weekend)\b"
    r"|\benjoy (?:your|the) (?:evening|weekend)\b"
)
#: A text that opens on the hour at which it believes to be read.
_OPENS = re.compile(
    r"\A[\W_]*(?:bonsoir|bonne nuit|good evening)\b"
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[*_# ]{{0,4}}(?:deja |enfin )?{_DAY}(?: matin| soir| midi)?"
    r"(?:,? (?:enfin|deja|oblige|c'est|tout|jour)\b| ?[!…:](?! ?\d))"
)
#: « Le mois dernier », « la nuit dernière », « ces jours-ci »: true for a few days only.
_LATELY = re.compile(
    r"\b(?:(?:le mois|la nuit|le trimestre) (?:derniere?|passee?|prochaine?)"
    r"|(?:l'an|l'annee) (?:derniere?|passee?))\b"
    r"|\b(?:tout a l'heure|il y a (?:deux|trois|quatre|quelques|huit|dix|quinze) jours"
    r"|ces jours-ci|dans (?:une|deux|trois) heures?"
    r"|d'ici (?:a )?(?:ce soir|la fin de (?:la|cette) (?:semaine|journee)))\b"
    r"|\b(?:c'est|voici|voila|avec) (?:bientot |enfin |deja )?(?:le week-end"
    r"|l'heure de (?:dormir|se coucher|la pause))\b"
    r"|\blast (?:month|year)\b"
)
_HABIT = re.compile(
    r"\b(?:chaque|tous les|toutes les|souvent|pendant|periode|au moment"
    r"|avant (?:les|le|la)|apres (?:les|le|la)|quand|lorsque|si)\b"
)


def moments(passage: Passage) -> Iterator[Finding]:
    """At most one, the first."""
    own = rules_days.own_words(passage)
    if found := _OPENS.search(own):
        yield from _said(passage, found.start(), found.end())
        return
    for start, sentence in rules_voice.sentences(own):
        found = _WISHED.search(sentence)
        lately = None if _HABIT.search(sentence) else _LATELY.search(sentence)
        if either := found or lately:
            # « Le mois dernier, trente agents… » dates the whole sentence.
            dates = bool(lately) and not sentence[: either.start()].strip(" *_-\n")
            yield from _said(passage, start + either.start(), start + either.end(), sure=dates)
            return


def _said(passage: Passage, start: int, end: int, *, sure: bool = False) -> Iterator[Finding]:
    """``sure``: whatever its sentence weighs."""
    words = " ".join(passage.text[start:end].split()).strip("*_# ")
    at = start + len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
    if sure or rules_weighing.backed(passage, "day-in-text", start, end):
        message = f"« {words} » suppose le moment où le texte est lu"
        yield passage.finding("day-in-text", at, message)
