"""Days, times and channels as French sentences say them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from scheduler.domain.consent.grounds import Basis

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def french_date(day: date) -> str:
    """``lundi 1er novembre 2027``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def french_day(day: date) -> str:
    """``mercredi 14/10``: at most 14 characters, in GSM-7 as no month's name always is."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m}"


def french_duration(length: timedelta) -> str:
    """``30 minutes``, ``1 heure 30``, ``2 jours``."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        days = -(-hours // 24)
        return f"{days} jour{'s' if days > 1 else ''}"
    return f"{hours} heure{'s' if hours > 1 else ''}" + (f" {rest:02d}" if rest else "")


def french_time(at: time) -> str:
    """``08h30``."""
    return at.strftime("%Hh%M")


def french_clock(at: time | datetime) -> str:
    """``10 h``, ``8 h 30``, with no-break spaces."""
    minutes = f"\u00a0{at.minute:02}" if at.minute else ""
    return f"{at.hour}\u00a0h{minutes}"


#: As people read it in a list.
BASES: Mapping[Basis, str] = {
    Basis.CONSENT: "accord de la personne",
    Basis.LEGITIMATE_INTEREST: "intérêt légitime",
    Basis.PUBLIC_TASK: "mission d’intérêt public",
    Basis.LEGAL_OBLIGATION: "obligation légale",
    Basis.CONTRACT: "contrat",
}


def basis_label(basis: str) -> str:
    """A legal basis (GDPR article 6); one that an older file named stays as it is."""
    return BASES[Basis(basis)] if basis in BASES else basis


def topic_label(topic: str) -> str:
    """What a person can opt out of; without one, a service message."""
    return {
        "october": "la série d’octobre",
        "reminders": "les rappels",
        "events": "les événements",
        "": "messages de service",
    }.get(topic, topic)
