"""Rules on days: one that a text names by its weekday, or by when it is read."""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_ENGLISH_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
MONTH = rf"(?:{'|'.join(MONTHS)})"
ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
ENGLISH_MONTH = rf"(?:{'|'.join(ENGLISH_MONTHS)})"
#: In plain letters (``rules_voice.plain``).
_THAT_DAY = re.compile(
    rf"\b(?:(?:ce|cet|cette) (?:{_WEEKDAY}|matin|soir|apres-midi|week-end|nuit)"
    rf"|{_WEEKDAY} (?:prochain|dernier|(?:[0-3]?[0-9]|1er)\b(?! {MONTH} [0-9]{{4}}"
    rf"|/[0-9]{{1,2}}/[0-9]{{4}}))"
    rf"|(?<!le )(?<!les )(?<!chaque )(?<!un )(?<!au )(?<!du ){_WEEKDAY} a [0-9]"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!chaque )(?<!un ){_WEEKDAY} (?:matin|soir|midi)\b"
    rf"|(?<!le )(?<!les )(?<!et )(?<!ou )(?<!au )(?<!chaque ){_WEEKDAY}, (?:de|a|entre|vers) [0-9]"
    rf"|(?:des|avant|jusqu'a|d'ici(?: a)?|rendez-vous(?: ce| le)?|en ce|c'est) {_WEEKDAY}"
    # « L'équipe vous attend mardi »: a day that isn't one of many.
    rf"|(?:attend|attendent|attendons|retrouve|retrouvons|revient|revenons|reunit|passe|passera"
    rf"|vient"
    rf"|viendra|seront|serons|ouvre|ouvrira|ferme|fermera|reprend|reprendra|reprendront|intervient"
    rf"|interviendra|arrive|arrivera|demarre|debute|tient) {_WEEKDAY}\b(?! (?:et|ou|au|comme) )"
    rf"|(?:est|sera|a lieu|aura lieu|commence|se tient|prevue?) {_WEEKDAY}"
    r"|(?:jusqu'au|avant le|a partir du|d'ici le|d'ici au|des le) (?:[12]?[0-9]|3[01]"
    r"|1er)(?= ?[.!,;]"
    r"| inclus| au (?:soir|matin)|$)"
    rf"|(?:bon|bonne|beau|belle|joyeux|excellent|excellente)"
    rf"(?: fin de| debut de| milieu de| journee de| soiree de)? "
    rf"(?:{_WEEKDAY}|week-end|pont(?! de)|jour ferie)"
    r"|(?:bon|bonne|beau|belle|excellente?) (?:fin|debut|milieu) de semaine"
    rf"|(?:nous sommes|on est|voici|deja|enfin|vive(?:ment)?) (?:deja |enfin |le )?{_WEEKDAY}\b"
    r"(?! (?:matin|soir)\b)"
    rf"|(?:belle|bonne|excellente) (?:journee|soiree|nuit|matinee) (?:de|du) {_WEEKDAY}"
    rf"|(?:[12]?[0-9]|3[01]|1er) {MONTH}\b(?! [0-9]{{4}}"
    rf"| (?:et|au|ou) (?:le )?[0-9]{{1,2}}(?:er)? {MONTH} [0-9]{{4}})"
    r"|(?<!/)(?:0[1-9]|[12][0-9]|3[01])/(?:0[1-9]|1[0-2])(?:/[0-9]{2})?(?![/0-9])"
    rf"|(?:this|next|last|on|by|until|before) {_ENGLISH_DAY}\b"
    rf"|(?:happy|have an? (?:[a-z]+)|enjoy your|see you on|it's|until) (?:{_ENGLISH_DAY}|weekend)\b"
    rf"|(?<!to ){_ENGLISH_DAY},? (?:[0-9]|{ENGLISH_MONTH})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? {ENGLISH_MONTH}\b(?! [0-9]{{4}})"
    rf"|{ENGLISH_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?\b(?!, [0-9]{{4}}))"
    # « À lundi ! », a farewell.
    rf"|(?:^|(?<=[.!?,;:\n*] ))(?:a|vivement|rendez-vous) {_WEEKDAY}(?= ?(?:[.!,]|et |ou |pour |$))"
    rf"|(?:^|(?<=[.!?] )){_WEEKDAY}, (?:nous|vous|on|le|la|les|l')"
    # A habit of ours, told on its day: « Comme chaque vendredi, voici… ».
    rf"|\bcomme (?:chaque|tous les) {_WEEKDAY}s?(?=,? (?:voici|voila|nous|notre|votre|c'est|je|on)"
    r"\b)",
    re.MULTILINE,
)
_SOME_DAY = re.compile(
    r"\b(?:(?<!d')aujourd'hui|(?<!de )(?<!d'ici a )apres-demain|(?:(?<!de )|(?<=a partir de )"
    r"|(?<=compter de ))(?<!\ba )(?<!apres-)demain"
    r"(?! (?:ira|sera un autre|comme|et"
    r"|est un mot))(?<!attendre demain)(?<!attendez demain)(?<!attends demain)(?<!attend demain)"
    r"|avant-hier"
    r"|(?<!d')hier(?! (?:encore|comme|et))"
    r"|(?<!of )tomorrow|yesterday|tonight)\b|(?:^|(?<=[.!?*,] )|(?<=\bet ))a demain(?= ?[.!,]"
    r"| pour| dans| et|$)"
    # A weekday without its article is one day: « fermé lundi », « et à mercredi ».
    rf"|(?<=[a-z] )(?<!\b[ldc]es )(?<!\ble )(?<!\bla )(?<!\bdu )(?<!\bau )(?<!\bun )(?<!\bde )"
    r"(?<!\bun )(?<!\bet )(?<!\bou )(?<!\bni )(?<!\bce )(?<!\baux )(?<!\btous )(?<!\bchaque )"
    r"(?<!\bjour )(?<!\bjours )(?<!\bmot )(?<!\bnom )(?<!\bseul )(?<!\bvotre )(?<!\bnommee )"
    rf"(?<!\bnomme )(?<!\bau )(?<!\bdeux )(?<!\bautre )(?<!\bpremier )(?<!\bdernier )"
    r"(?<!\bmadame )(?<!\bmonsieur )"
    rf"{_WEEKDAY}\b(?! ?[:/-]| (?:au|a vendredi|a samedi|a dimanche|et (?:le )?{_WEEKDAY}"
    rf"|ou (?:le )?{_WEEKDAY}|soir|noir)\b)(?!, {_WEEKDAY})"
    rf"|\b(?:votre|vos|ton) (?:{_WEEKDAY}|week-end)\b(?= (?:pour|a|afin|sera|commence))"
    r"|\b(?:la )?(?:semaine|quinzaine) (?:prochaine|derniere|passee|qui vient|a venir)\b"
    r"|\b(?:le )?week-end (?:prochain|dernier|passe|qui vient|a venir)\b"
    r"|(?<!this week, )\bnext (?:week|weekend)\b"
    r"|\blast (?:night|week|weekend)\b|\bhave an? (?:[a-z]+ )?weekend\b",
    re.MULTILINE,
)
#: So many days from the one on which it is read, said of what we do.
_IN_DAYS = re.compile(
    r"\b(?:dans|d'ici|in) (?:[0-9]{1,2}|un|une|deux|trois|quatre|cinq|six|sept|huit|dix|quinze"
    r"|quelques|two|three|four|five|six|seven|ten|a few) (?:jours?|semaines?|days|weeks)\b"
)
_OURS_THEN = re.compile(
    r"\b(?:recevrez|prochaine?|rendez-vous|la suite|episode|atelier|aura lieu|revenons|reviendrons"
    r"|retrouv\w+|commence\w*|nous (?:vous )?[a-z]+rons"
    r"|sera (?:interrompue?|fermee?|ouverte?|coupee?)|se tiendra|next|see you|we will|we'll)\b"
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


#: Of words that don't always name a day, the sentence is asked as well.
_WEAK = "day-in-text"


def days(passage: Passage) -> Iterator[Finding]:
    """A day written by hand. The passage is without its fields: a date that is typed in is true."""
    for start, sentence in rules_voice.sentences(own_words(passage)):
        if _EVERY_YEAR.search(sentence):
            continue
        patterns = [(_THAT_DAY, "day"), (_SOME_DAY, _WEAK)]
        if _OURS_THEN.search(sentence):
            patterns.append((_IN_DAYS, _WEAK))
        for pattern, code in patterns:
            for found in pattern.finditer(sentence):
                if found[0] == "aujourd'hui" and not _TODAY.search(sentence):
                    continue
                at, end = start + found.start(), start + found.end()
                words = passage.text[at:end]
                if code == _WEAK and not rules_weighing.backed(passage, code, at, end):
                    continue
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


def own_words(passage: Passage) -> str:
    words = rules_voice.own_words(passage.text)
    return rules_voice.plain(rules_voice.ADDRESS.sub(rules_voice.blank, words))
