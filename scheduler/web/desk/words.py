"""What states, reasons, channels, languages and places are called on the desk."""

import re
from collections.abc import Sequence
from datetime import date

from scheduler.domain.answers import arrivals
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.channels import channel_label
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.errors import Fault
from scheduler.domain.showing.small_numbers import Shown, is_many
from scheduler.domain.twins import Twin
from scheduler.domain.words import alarms as alarm_words
from scheduler.domain.words import reasons as reason_words
from scheduler.domain.words import reports as report_words
from scheduler.domain.words import states as state_words
from scheduler.domain.words.territories import TERRITORIES as TERRITORIES
from scheduler.domain.words.territories import territory as territory
from scheduler.web.desk import texts
from scheduler.web.desk.french import NO_BREAK, day, figure, month, number, plural

DELIVERY_STATES = {
    DeliveryState.SENT: ("envoyé", "envoyés"),
    DeliveryState.WAITING: ("en attente", "en attente"),
    DeliveryState.SENDING: ("en attente", "en attente"),
    DeliveryState.LEFT_OUT: ("laissé de côté", "laissés de côté"),
    DeliveryState.FAILED: ("échoué", "échoués"),
    DeliveryState.UNCERTAIN: ("incertain", "incertains"),
    DeliveryState.CANCELLED: ("annulé", "annulés"),
}
_LINE = re.compile(r"^([^ :]{1,300}):(\d{1,6}): ")
ERRORS = {
    400: "Cette demande n'est pas comprise.",
    403: "Cette demande ne vient pas d'ici : rouvrez la page et recommencez.",
    404: "Cette page n'existe pas, ou n'existe plus.",
    405: "Rien n'a changé : revenez à la page, et agissez par son bouton.",
    413: "C'est trop long, et rien n'est pris : 64 Ko au plus. Revenez à la page et raccourcissez.",
    421: "Ouvrez le bureau par l'adresse affichée au démarrage (127.0.0.1 ou localhost).",
    500: "Le bureau n'a pas pu répondre ; le journal du démon dit pourquoi.",
}
VARIANT_NAMES = {"fr": "français", "fr-falc": "facile à lire (FALC)", "en": "anglais"}
READER_NAMES = {
    "camille": "Camille Moreau",
    "sans-nom": "sans prénom",
    "long": "prénom de 120 lettres",
    "mei-ling": "美玲 (chinois)",
    "layla": "ليلى (arabe)",
    "yael": "יעל (hébreu)",
    "accents": "accents et apostrophes",
    "premier-message": "premier message reçu",
    "balise": "une balise dans le prénom",
}
TWIN_NAMES = {
    Twin.POSTER: "Affiche",
    Twin.SCREEN: "Écran",
    Twin.POST: "Publication",
    Twin.INTRANET: "Intranet",
    Twin.AUDIO: "Voix",
}
LOOK_NAMES = {"light": "claire", "dark": "sombre", "no-images": "sans images"}
#: Signs that can't be seen.
SIGN_NAMES = {
    "\u00a0": "espace insécable",
    "\u202f": "espace fine insécable",
    "\u200b": "espace sans chasse",
    "\u00ad": "césure invisible",
    "\t": "tabulation",
    " ": "espace ordinaire",
}


def stop(reason: str) -> str:
    """What would hold a message, with its place as people say it."""
    return _LINE.sub(r"\1, ligne \2 : ", reason)


def week_of(monday: date) -> str:
    return f"du {day(monday, year=True)}"


def behind(count: int) -> str:
    """Texts that are older than the French one they follow."""
    many = "textes plus anciens que le français"
    return plural(count, "texte plus ancien que le français", many)


def territories(count: int) -> str:
    return plural(count, "territoire", "territoires")


def channel(name: str) -> str:
    """At the head of a column or a line."""
    label = channel_label(name)
    return label[:1].upper() + label[1:]


def variant(name: str) -> str:
    return VARIANT_NAMES.get(name, name)


def reader(name: str) -> str:
    return READER_NAMES.get(name, name)


def look(name: str) -> str:
    return LOOK_NAMES[name]


def sign(character: str) -> str:
    """A sign as it is seen; an invisible one by its name."""
    if character in SIGN_NAMES:
        return SIGN_NAMES[character]
    return character if character.isprintable() else f"U+{ord(character):04X}"


def verdict(faults: int, remarks: int) -> str:
    """What ``check`` found, in a word."""
    if faults:
        return f"à corriger{NO_BREAK}: {plural(faults, 'faute', 'fautes')}"
    return f"prêt, {plural(remarks, 'conseil', 'conseils')}" if remarks else "prêt"


def findings(found: Sequence[Finding]) -> str:
    """``2 fautes, 1 conseil``."""
    faults = sum(one.severity is Severity.FAULT for one in found)
    told = [plural(faults, "faute", "fautes")] if faults else []
    if remarks := len(found) - faults:
        told.append(plural(remarks, "conseil", "conseils"))
    return ", ".join(told)


def place_of(one: Finding) -> str:
    """Where something was found: a file and its line."""
    return f"{one.file}, ligne {one.line}" if one.line else one.file


def anchor(file: str, line: int | None = None) -> str:
    """The part of the page that shows a file, or a line of it."""
    return "-".join(["file", file.replace("/", "-"), *([str(line)] if line else [])])


def of_month(written: str) -> str:
    """``de mars 2023``, from 2023-03; ``d’avril 2023``."""
    told = month(date.fromisoformat(f"{written}-01"))
    return f"d’{told}" if told[0] in "ao" else f"de {told}"


def stopped_by(faults: int) -> str:
    """Why a text isn't published."""
    if faults == 1:
        return texts.STOPPED_BY_FAULT
    return texts.STOPPED_BY_FAULTS.format(faults)


def weight(octets: int) -> str:
    """``24 Ko``; mail programs count in thousands."""
    return f"{number(max(1, round(octets / 1000)))}{NO_BREAK}Ko"


def state(name: OccurrenceState) -> str:
    return state_words.sentence(name)


def delivery_state(name: DeliveryState | Arrival, rows: Shown = 1) -> str:
    """A state, or what was learnt of what is sent."""
    if isinstance(name, Arrival):
        return arrivals.WORDS[name][is_many(rows)]
    return DELIVERY_STATES[name][is_many(rows)]


def reason(code: str) -> str:
    """Why a row ended without a message; a provider's own words stay as they are."""
    return reason_words.sentence(code)


def report_kind(kind: str) -> str:
    return report_words.kind(kind)


def error(status: int) -> str:
    """What an HTTP refusal means here."""
    return ERRORS.get(status, ERRORS[400])


def place(fault: Fault) -> str:
    """Where a fault is: a file and its line."""
    return f"{fault.where}, ligne {fault.line}" if fault.line else fault.where


def year(start: date, end: date, count: int) -> str:
    return f"Du {day(start, year=True)} au {day(end, year=True)}{NO_BREAK}: {meetings(count)}"


def ahead(days: int) -> str:
    """How far away a day is."""
    match days:
        case 0:
            return "aujourd’hui"
        case 1:
            return "demain"
        case _ if days < 60:
            return f"dans {plural(days, 'jour', 'jours')}"
        case _:
            return f"dans {plural(round(days / 30.4), 'mois', 'mois')}"


def alarm(kind: str) -> str:
    return alarm_words.sentence(kind)


def alarm_subject(name: str) -> str:
    return alarm_words.subject(name)


def alarm_detail(kind: str, told: str) -> str:
    return alarm_words.detail(kind, told)


def people(count: int) -> str:
    return plural(count, "personne", "personnes")


def reach(channel_name: str, count: Shown) -> str:
    """How many people a channel can reach."""
    persons = "personnes" if is_many(count) else "personne"
    return f"{figure(count)}{NO_BREAK}{persons} par {channel_label(channel_name)}"


def meetings(count: int) -> str:
    return plural(count, "rendez-vous", "rendez-vous")


def sms_parts(count: int) -> str:
    return plural(count, "SMS facturé", "SMS facturés")


def characters(units: int, encoding: str) -> str:
    """How long an SMS is, of how much one holds."""
    return f"{units} caractères sur {160 if encoding == 'GSM-7' else 70}"


def sms_units(units: int, encoding: str) -> str:
    """How long an SMS is, as it is billed, of how much one holds."""
    name = "septets" if encoding == "GSM-7" else "unités de 16 bits"
    return f"{number(units)} {name} sur {160 if encoding == 'GSM-7' else 70} ({encoding})"


def page_of(page: int, pages: int) -> str:
    return f"Page {page} sur {pages}"
