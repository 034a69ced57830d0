"""French typography for the desk: spaces before signs, dates, times, numbers."""

import re
from datetime import date, datetime, time

from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.showing.small_numbers import Shown, text
from scheduler.domain.words.french import MONTHS, WEEKDAYS, french_clock

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_SPACES = (
    (re.compile(" ([;!?])"), NARROW + r"\1"),
    (re.compile(" ([:%€])"), NO_BREAK + r"\1"),
    (re.compile("« ?"), "«" + NO_BREAK),
    (re.compile(" ?»"), NO_BREAK + "»"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
)


def typography(text: str) -> str:
    """A sentence of the program with its no-break spaces and curved apostrophes."""
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text


def day(value: date, *, year: bool = False) -> str:
    """``dimanche 4 octobre``."""
    number = "1er" if value.day == 1 else str(value.day)
    parts = [f"{WEEKDAYS[value.weekday()]} {number}", MONTHS[value.month - 1]]
    return NO_BREAK.join([*parts, str(value.year)] if year else parts)


def short_weekday(value: date) -> str:
    """``dim.``"""
    return WEEKDAYS[value.weekday()][:3] + "."


def month(value: date) -> str:
    """``octobre 2026``."""
    return f"{MONTHS[value.month - 1]}{NO_BREAK}{value.year}"


def short_month(value: date) -> str:
    """``oct.``; months of four letters or fewer stay whole."""
    name = MONTHS[value.month - 1]
    shortened = {"janvier": "janv.", "février": "févr.", "juillet": "juil.", "septembre": "sept."}
    return shortened.get(name, name if len(name) <= 4 else f"{name[:3]}.")


def clock(value: time | datetime) -> str:
    """``10 h``, ``8 h 30``."""
    return french_clock(value)


def moment(value: datetime, *, year: bool = False, seconds: bool = False) -> str:
    """``dimanche 4 octobre, 10 h``; with its seconds ``10 h 05 min 07 s``."""
    if seconds:
        parts = f"{value.hour} h {value.minute:02} min {value.second:02} s"
        return f"{day(value, year=year)}, {parts.replace(' ', NO_BREAK)}"
    return f"{day(value, year=year)}, {clock(value)}"


def weight(octets: int) -> str:
    """``340 octets``, ``12 ko``, ``3,4 Mo``."""
    if octets < 1000:
        return plural(octets, "octet", "octets")
    if octets < 1_000_000:
        return f"{number(round(octets / 1000))}{NO_BREAK}ko"
    return f"{octets / 1_000_000:.1f}{NO_BREAK}Mo".replace(".", ",")


def number(value: int) -> str:
    """``12 345``."""
    return f"{value:,}".replace(",", NARROW)


def figure(shown: Shown) -> str:
    """``12 345``, ``moins de 10``."""
    return text(shown, number).replace(" ", NO_BREAK)


def plural(count: int, one: str, many: str) -> str:
    """``1 personne``, ``12 personnes``; French counts zero and one alike."""
    return f"{number(count)}{NO_BREAK}{many if abs(count) >= 2 else one}"


def local(instant: datetime, zone: str) -> datetime:
    """An instant as a clock shows it there."""
    return instant.astimezone(zone_named(zone))


def phone(number: str) -> str:
    """``+33 6 39 98 00 01``; a number of another shape stays whole."""
    found = re.fullmatch(r"(\+33)(\d)(\d\d)(\d\d)(\d\d)(\d\d)", number)
    return NO_BREAK.join(found.groups()) if found else number
