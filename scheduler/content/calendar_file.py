"""The calendar as an .ics file for an agenda program (RFC 5545), METHOD:PUBLISH, nobody invited."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

#: How long an entry looks in an agenda.
LENGTH = timedelta(minutes=30)


class Dated(Protocol):
    """What an entry needs of an occurrence."""

    @property
    def id(self) -> str: ...

    @property
    def message(self) -> str: ...

    @property
    def date(self) -> date: ...

    @property
    def at(self) -> time: ...


def publish(entries: Iterable[Dated], zone: str, now: datetime) -> bytes:
    """Occurrences at their nominal local time, with a VTIMEZONE; CRLF, folded at 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", "-//Réflexe//calendar//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id.replace('/', '.')}@reflexe.invalid")
        event.add("dtstamp", now)
        start = datetime.combine(entry.date, entry.at, ZoneInfo(zone))
        event.add("dtstart", start)
        event.add("dtend", start + LENGTH)
        event.add("summary", entry.message)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
