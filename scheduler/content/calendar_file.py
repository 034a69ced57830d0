"""Calendar files for agenda programs (RFC 5545): the year for the operator, an event for readers.

Both are METHOD:PUBLISH (RFC 5546), which invites nobody; an event that is cancelled is
METHOD:CANCEL. Lines end in CRLF and are folded at 75 octets.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.appointment import Appointment

if TYPE_CHECKING:  # loaded where a file is made: few messages have one
    from icalendar import Calendar

#: How long an entry of the year looks in an agenda.
LENGTH = timedelta(minutes=30)
#: How often a program may ask for the team's agenda again.
AGAIN = timedelta(hours=1)
PRODUCT = "-//Réflexe//calendar//FR"


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
    """Occurrences at their nominal local time, with a VTIMEZONE."""
    from icalendar import Event

    calendar = _calendar("PUBLISH")
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


class AllDayOrTimed(Protocol):
    """What an entry of the team's agenda is."""

    @property
    def uid(self) -> str: ...

    @property
    def day(self) -> date: ...

    @property
    def at(self) -> time | None: ...

    @property
    def title(self) -> str: ...

    @property
    def note(self) -> str: ...


def team_file(entries: Iterable[AllDayOrTimed], name: str, zone: str, now: datetime) -> bytes:
    """The year for the team's agenda programs, which ask for it again by themselves."""
    from icalendar import Event

    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for each in ("refresh-interval", "x-published-ttl"):
        calendar.add(each, AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid.replace('/', '.')}@reflexe.invalid")
        event.add("dtstamp", now)
        if entry.at is None:
            event.add("dtstart", entry.day)
            event.add("transp", "TRANSPARENT")
        else:
            start = datetime.combine(entry.day, entry.at, ZoneInfo(zone))
            event.add("dtstart", start)
            event.add("dtend", start + LENGTH)
        event.add("summary", entry.title)
        if entry.note:
            event.add("description", entry.note)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def appointment_file(one: Appointment) -> str:
    """One event, as attached to a message: the same appointment always gives the same text."""
    from icalendar import Event, vCalAddress, vText

    calendar = _calendar("CANCEL" if one.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.entry.sequence)
    event.add("dtstamp", one.entry.changed_at)
    event.add("dtstart", one.starts)
    if one.ends is not None:
        event.add("dtend", one.ends)
    event.add("summary", one.summary)
    for name, value in (
        ("location", one.location),
        ("url", one.url),
        ("description", one.description),
    ):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{one.organiser_email}")
    organiser.params["CN"] = vText(one.organiser_name)
    event.add("organizer", organiser)
    calendar.add_component(event)
    # The rules of one summer and winter are enough for one event.
    first = one.starts.date().replace(month=1, day=1)
    calendar.add_missing_timezones(first_date=first, last_date=first + timedelta(days=366))
    return bytes(calendar.to_ical()).decode()


def _calendar(method: str) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar
