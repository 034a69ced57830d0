"""Rules on SMS: one part, in GSM-7, with the suffix that the program adds."""

import re
from collections.abc import Iterator

from scheduler.content.rules.passage import Passage
from scheduler.content.rules.voice import QUOTED, blank, plain, reports
from scheduler.content.sms import SmsSuffix, count, transliterate
from scheduler.domain.checking.findings import Finding

#: Septets of one part.
ONE_PART = 160

#: Told to a reader as a way out: answered, sent to a number, or beside the words of leaving. « Stop
#: aux arnaques », « dites stop », a scene in quotation marks are none.
_STOP = re.compile(
    r"(?:repond\w{1,4}|envo\w{1,4}|tap(?:ez|er)|ecri(?:vez|re)|renvo\w{1,4}|texto|sms"
    r"|mot(?: cle)?)[^.!?\n]{0,20}\bstop\b"
    r"|\bstop ?sms\b|\bstop (?:au|to|at) ?(?:[0-9]|ce numero)|\bstop (?:par|a ce numero"
    r"|en retour|en reponse|pour)\b"
    r"|(?:refus\w{0,2}|desinscri\w{1,8}|desabonn\w{1,8}|(?:ne )?plus (?:rien )?(?:recevoir|lire"
    r"|nous)|fin des (?:sms|messages|envois)"
    r"|pour arreter|sortir de la liste|quitter la liste|unsubscribe|opt[- ]?out"
    r"|no more)[^.!?\n]{0,25}\bstop\b"
    r"|\bstop\b[^.!?\n]{0,25}(?:desinscri|desabonn|ne (?:plus|recev)|refuser|plus (?:recevoir"
    r"|rien)|quitter|vous ne|nous cess|unsubscribe)"
    r"|(?:reply|text|send) stop\b|(?<!\w)3[0-9]\d{3}[^.!?\n]{0,15}\bstop\b"
    # « (STOP 36111) », « STOP=36200 », « STOP pub au 36063 ».
    r"|\bstop\b[ ]?(?:[a-z]{2,10} )?(?:[:=]|au|to|->)? ?[0-9]{5}\b"
)

#: What one doesn't answer to a fraud.
_TO_OTHERS = re.compile(
    r"\bstop\b\W{0,3}(?:a|aux?) (?:un|une|ce|cet|cette|des)? ?(?:escrocs?|inconnue?s?|faux"
    r"|fausses?|fraudeurs?|arnaqueurs?|message|sms|magasins?|vendeurs?|operateurs?|enseignes?"
    r"|marques?|expediteurs?|numero (?:inconnu|masque))"
)

_WORD = re.compile(r"[^\W\d_]+")


def alphabet(passage: Passage) -> Iterator[Finding]:
    """Names each character that turns the text into UCS-2, and what to write instead.

    A letter isn't stripped of its accent: « recue » teaches a misspelling; another word is asked.
    """
    costly = count(passage.text).costly
    if not costly:
        return
    named = ", ".join(_named(character) for character in costly)
    spelled = transliterate(passage.text)
    stripped = [character for character in costly if _loses_its_accent(character)]
    signs = [character for character in costly if character not in stripped]
    words = _words_with(passage.text, stripped)
    ways = [f"choisissez un autre mot que {words}"] if words else []
    if signs:
        ways.append(f"remplacez : {'; '.join(_spelling(character) for character in signs)}")
    remedy = " ; ".join(ways)
    if not words and not count(spelled).costly:
        remedy += f". Le texte devient : {spelled}"
    message = (
        f"{named} sort de l'alphabet des SMS"
        if len(costly) == 1
        else (f"{named} sortent de l'alphabet des SMS")
    )
    at = min(passage.text.index(character) for character in costly)
    yield passage.finding("sms-alphabet", at, f"{message} : 70 caractères au lieu de 160", remedy)


def length(passage: Passage, suffix: SmsSuffix) -> Iterator[Finding]:
    """Counts the text, written in GSM-7, with its suffix."""
    spelled = transliterate(passage.text)
    counted = count(spelled + suffix.sample)
    if counted.costly or counted.units <= ONE_PART:
        return
    own, added = count(spelled).units, count(suffix.sample).units
    yield passage.finding(
        "sms-length",
        0,
        f"le SMS fait {own} caractères, et {counted.units} avec son suffixe : "
        f"{counted.segments} SMS facturés",
        f"retirez {counted.units - ONE_PART} caractères : {ONE_PART - added} au plus",
    )


def length_elsewhere(passage: Passage, suffix: SmsSuffix) -> Iterator[Finding]:
    """The same of a text that says whose hour it shows."""
    counted = count(transliterate(passage.text) + suffix.sample)
    if counted.costly or counted.units <= ONE_PART:
        return
    yield passage.finding(
        "sms-zone",
        0,
        f"pour un lecteur d'un autre fuseau, le SMS fait {counted.units} caractères avec son "
        f"suffixe : {counted.segments} SMS facturés",
        f"retirez {counted.units - ONE_PART} caractères",
    )


def stop(passage: Passage) -> Iterator[Finding]:
    """The program says how to stop; a writer who says it too is wrong for some senders."""
    read = plain(QUOTED.sub(_inner, passage.text))
    found = _STOP.search(read)
    if found and not (_TO_OTHERS.search(read, found.start()) or _is_told(read, found.start())):
        yield passage.finding(
            "sms-stop", found.start(), f"le texte dit « {_said(passage, found)} »"
        )


def _is_told(read: str, at: int) -> bool:
    """« Un SMS inconnu propose de répondre STOP »: somebody else says it."""
    start = max(read.rfind(mark, 0, at) for mark in ".!?\n") + 1
    return reports(read[start:], at - start)


def _loses_its_accent(character: str) -> bool:
    """« ç », « ê »; a capital may go without, and « œ » is spelled out."""
    return character.isalpha() and character.islower() and len(transliterate(character)) == 1


def _words_with(text: str, letters: list[str]) -> str:
    """The words that hold these letters: without their accent they would be misspelled."""
    words = dict.fromkeys(word for word in _WORD.findall(text) if not set(letters).isdisjoint(word))
    return ", ".join(f"« {word} »" for word in words)


def _said(passage: Passage, found: re.Match[str]) -> str:
    return " ".join(passage.text[found.start() : found.end()].split())


def _inner(found: re.Match[str]) -> str:
    """A quotation of one word is what to type; a longer one is a scene."""
    return blank(found) if len(found[0].split()) > 1 else found[0]


def _named(character: str) -> str:
    return f"« {character} »" if character.isprintable() and character.strip() else _code(character)


def _code(character: str) -> str:
    names = {"\u00a0": "une espace insécable", "\u202f": "une espace fine insécable"}
    return names.get(character, f"le signe invisible U+{ord(character):04X}")


def _spelling(character: str) -> str:
    spelled = transliterate(character)
    if not spelled or count(spelled).costly:
        return f"retirez {_named(character)}"
    if not spelled.strip():
        return f"{_named(character)} par une espace ordinaire"
    return f"{_named(character)} par « {spelled} »"
