"""Rules on telephone numbers: those of help as they are, and nothing near them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.content.rules import help_purposes
from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.help_services import MEANT
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding


class _Number(NamedTuple):
    """A service's number, and how a slip of it looks."""

    service: str
    right: Sequence[str]
    shown: str
    #: Numbers of this form are meant to be one of ``right``.
    form: re.Pattern[str]


_TO = r"(?:au|le|numero|compos\w+|:|sms)"
_NUMBERS = (
    _Number(
        "SMS frauduleux",
        ("33700",),
        "33700",
        re.compile(rf"\b{_TO} (?P<n>3[0-9][ .]?[0-9]{{3}})\b"),
    ),
    _Number(
        "aide aux victimes",
        ("116006", "116000", "116111", "116117"),
        "116 006",
        re.compile(r"(?<!\d)(?<!\d )(?P<n>1[16]{2}[ .-]?[0-9]{3})(?! ?\d)"),
    ),
    _Number(
        "Info Escroqueries",
        ("0805805817",),
        "0 805 805 817",
        re.compile(r"(?<!\d)(?P<n>0[ .]?8(?:[ .]?0)[ .]?5(?:[ .]?\d){6})(?!\d)"),
    ),
)
_NAMED = (
    ("samu", ("15",)),
    ("police[- ]?secours|police", ("17", "3430", "112", "114")),
    ("pompiers", ("18",)),
    ("enfance en danger|enfants? en danger", ("119",)),
    ("cyberharcelement|harcelement|mineurs? en ligne", ("3018", "3020", "3919")),
    ("prevention du suicide|pensees suicidaires", ("3114",)),
    ("violences? (?:faites aux femmes|conjugales?)", ("3919", "17")),
    ("sourde?s?(?: [a-z ,]{0,20}malentendant\\w*)?|malentendant\\w*", ("114",)),
    ("(?:en|dans toute l')europe(?:en|enne)?", ("112", "116000")),
    ("info escroqueries", ("0805805817", "33805805817")),
    ("france victimes|aide aux victimes", ("116006", "33180521733")),
    ("spams? (?:par sms|vocal)|sms (?:frauduleux|suspects?|douteux|indesirables?)", ("33700",)),
)
_CALLED = re.compile(
    r"\b(?:compos\w{1,6}|appel(?:ez|er)|faites|faire|tap(?:ez|er)"
    r"|telephon\w{1,4})(?: [a-z]{1,12}){0,2}"
    r" (?:le|au) (?P<n>[0-9]{2})(?! ?[0-9])(?! (?:heures?|h|jours?|ans|%|[a-zé]+embre))"
)
_CALL = ("15", "17", "18")
#: Three digits that begin as those of emergencies do.
_CALLED_AS = re.compile(
    r"\b(?:compos\w{1,6}|appel(?:ez|er)|faites|faire|tap(?:ez|er)|au|le|numero) (?:le |au )?"
    r"(?P<n>1[0-9]{2})(?! ?[0-9])(?![,.%]?[0-9])(?= (?:est|repond|ecoute|aide|traite|pour)\b"
    r"| ?[,.;:!)]|\Z)"
)
_EMERGENCIES = ("112", "113", "114", "115", "116", "118", "119", "191", "196", "197", "155")
#: Short numbers of help and care: a digit of them changed, moved or lost is a slip.
_SHORT_ONES = (
    *("3018", "3020", "3114", "3919", "3977", "3117", "3430", "3237", "3624", "3646", "3939"),
    *("33700", "116006", "116000", "116111", "116117", "0805805817"),
)
_SHORT_CALLED = re.compile(
    r"(?:\b(?:au|le|un|numero(?: gratuit)?|:|compos\w{1,6}|appel\w{1,4}|faites|tapez|call|to|on"
    r"|dial|sms)"
    r"|,|(?:\A|\n)\W{0,4}le) (?P<n>[0-9](?:[ .\u00a0]?[0-9]){3,9})(?![\d%]|[ .]?[0-9]"
    r"|,[0-9])(?! ?(?:euros?|€|h\b|fois|ans\b"
    r"|personnes?|lits?|agents?|signalements|messages|sms\b|postes?|comptes?|mots?|patients?"
    r"|appels|francs|metres))"
)
#: 33700 without one of its digits.
_SPAM_CUT = ("3370", "3700")
#: So many digits are a house's own extension too, unless the sentence speaks of such a help.
_EXTENSION = 4
_HELPS = re.compile(
    r"\b(?:ecout\w+|jeunes?|harcel\w+|suicid\w+|victimes?|violen\w+|femmes?|enfants?|parents?"
    r"|anonyme"
    r"|numero (?:national|gratuit|unique)|spams?|transfer\w+|forward\w*|sms (?:suspects?"
    r"|frauduleux|douteux)"
    r"|detresse|ados?|adolescents?|maltrait\w+)\b"
)
_NOT_CALLED = re.compile(
    r"\b(?:poste|bureau|salle|extension|ext|porte|chambre|page|bip|etage|code|version|n°|no"
    r"|local|batiment"
    r"|ticket|depuis|en|annee|an|article|facture|dossier|interne|bip)\b"
)
_NEXT = (
    r"(?:,? (?:est|repond|vous repond|vous ecoute|se joint|se compose|s'appelle|joignable"
    r"|en composant))?"
)
_BY_NAME = tuple(
    (
        re.compile(
            rf"\b(?:{name})\b{_NEXT} {{0,3}}(?: ?:| ?au| ?le| ?en composant le"
            rf"|,)(?: le)? {{1,3}}(?P<n>\+?[0-9](?:[ .-]?[0-9]){{1,12}})(?!\d)"
            # A list: the number belongs to what comes after it.
            r"(?! ?(?::|c'est|est ))"
        ),
        numbers,
    )
    for name, numbers in _NAMED
)
#: A free number that no list of help services has: one's own stands in {{ assistance }}.
_FREEPHONE = re.compile(r"(?<![\d+])(?<!\d )(?P<n>0[ .]?8[ .]?0(?:[ .]?\d){5,8})(?! ?\d)")
_FREE_OF_HELP = ("0805805817", "0980980930", "0809109109", "0800235236", "0800840800", "0800231313")
#: A number, then what it is for.
_LISTED = re.compile(r"(?<!\d)[0-9]{2,4} (?:pour|for|par|by|dans|partout|from|en|works|est|is)\b")
#: Marks of Markdown between a name and its number.
_MARKS = re.compile(r"[*_|]")
_SEVENTEEN = re.compile(
    r"\b(?:appelez|composez|telephonez|appeler|composer"
    r"|numero)\b[^.!?\n]{0,30}?(?P<n>[0-9][0-9 ]{2,14}[0-9])"
)


def help_numbers(passage: Passage) -> Iterator[Finding]:
    """A number that is meant for a public help's and isn't."""
    words = rules_voice.own_words(passage.text)
    shown = _MARKS.sub(" ", rules_voice.ADDRESS.sub(rules_voice.blank, words))
    own = rules_voice.plain(shown)
    seen = set()
    for at, number, shown in _wrong(own):
        if at not in seen:
            seen.add(at)
            message = f"« {passage.text[at : at + len(number)]} » n'est pas le numéro de ce service"
            remedy = f"écrivez {shown}" if shown else "vérifiez-le sur le site du service"
            yield passage.finding("help-number", at, message, remedy)
    for at, number, better in help_purposes.misplaced(own):
        if at not in seen:
            seen.add(at)
            message = f"« {passage.text[at : at + len(number)]} » n'est pas là pour cela"
            remedy = f"écrivez {better}" if better else "dites plutôt qui s'en occupe chez vous"
            yield passage.finding("help-number", at, message, remedy)


def _wrong(own: str) -> Iterator[tuple[int, str, str]]:
    for one in _NUMBERS:
        for found in one.form.finditer(own):
            if _digits(found["n"]) not in one.right and _near(_digits(found["n"]), one.right):
                yield found.start("n"), found["n"], one.shown
    for pattern, right in _BY_NAME:
        for found in pattern.finditer(own):
            if _is_listed(own, found.start("n")):
                continue
            if _digits(found["n"]) not in right and len(_digits(found["n"])) <= 12:
                yield found.start("n"), found["n"], right[0]
    yield from _meant(own)
    for found in _FREEPHONE.finditer(own):
        if _digits(found["n"]) not in _FREE_OF_HELP:
            yield found.start("n"), found["n"], ""
    for found in _CALLED.finditer(own):
        if found["n"] not in _CALL:
            yield found.start("n"), found["n"], ""
    for found in _CALLED_AS.finditer(own):
        if found["n"] not in _EMERGENCIES:
            yield found.start("n"), found["n"], ""
    yield from _slipped(own)
    for start, sentence in rules_voice.sentences(own):
        if "17cyber" in sentence or "17 cyber" in sentence:
            for found in _SEVENTEEN.finditer(sentence):
                if not rules_voice.forbids(sentence, found.start()):
                    yield start + found.start("n"), found["n"], "17cyber.gouv.fr : c'est un site"


def _is_listed(own: str, at: int) -> bool:
    """« Le 15 pour le Samu, le 18 pour les pompiers »: each number stands before its service."""
    return bool(_LISTED.search(own[max(at - 60, 0) : at])) and bool(
        _LISTED.search(own[at - 8 : at + 40])
    )


def _meant(own: str) -> Iterator[tuple[int, str, str]]:
    """A number of a service's kind in a sentence that names it, and none that is right."""
    for start, sentence in rules_voice.sentences(own):
        for named, form, right in MEANT:
            numbers = list(form.finditer(sentence)) if named.search(sentence) else []
            wrong = [found for found in numbers if _digits(found["n"]) not in right]
            if wrong and len(wrong) == len(numbers):
                yield start + wrong[0].start("n"), wrong[0]["n"], right[0] if right else ""


def _slipped(own: str) -> Iterator[tuple[int, str, str]]:
    """« Le 3108 », « au 3700 », « 0 850 805 817 »: one slip away from a number of help."""
    for start, sentence in rules_voice.sentences(own):
        helps = bool(_HELPS.search(sentence))
        for found in _SHORT_CALLED.finditer(sentence):
            number = _digits(found["n"])
            if number in _SHORT_ONES or (
                len(number) == _EXTENSION and not helps and number not in _SPAM_CUT
            ):
                continue
            before = sentence[max(found.start() - 12, 0) : found.start("n")]
            if not _NOT_CALLED.search(before) and (meant := _slip(number)):
                yield start + found.start("n"), found["n"], meant


def _slip(number: str) -> str:
    return next((one for one in _SHORT_ONES if _one_slip(number, one)), "")


def _one_slip(one: str, other: str) -> bool:
    """The same digits in another order; in a long one, a digit changed, lost or added."""
    if sorted(one) == sorted(other):
        return True
    if len(one) == len(other):
        return len(one) > 4 and sum(map(_other, one, other)) == 1
    long, short = (one, other) if len(one) > len(other) else (other, one)
    fewer = len(long) - len(short) == 1 and len(long) > 4
    return fewer and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _near(number: str, right: Sequence[str]) -> bool:
    """The same digits in another order, or two of them changed at most."""
    return any(
        len(number) == len(one)
        and (sorted(number) == sorted(one) or sum(map(_other, number, one)) <= 2)
        for one in right
    )


def _other(one: str, other: str) -> bool:
    return one != other
