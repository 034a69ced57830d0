"""An event as an agenda program keeps it, and when that entry has changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


@frozen
class AgendaEntry(Dated):
    """How often an event's entry has changed, and when it last did (UTC)."""

    sequence: int
    changed_at: datetime


@frozen
class Appointment(Dated):
    """What an .ics file says (RFC 5545); nobody is invited by name."""

    #: The same for every message of the event, so that a later one updates the first.
    uid: str
    entry: AgendaEntry
    #: Aware, in the event's own zone.
    starts: datetime
    ends: datetime | None
    summary: str
    location: str
    #: Where to connect (https); empty: none.
    url: str
    description: str
    organiser_name: str
    organiser_email: str
    #: It takes the entry out of the agenda again.
    cancelled: bool = False


def digest(one: Appointment) -> str:
    """Equal as long as an agenda shows the same: everything counts but how often it changed."""
    says = [
        one.uid,
        one.starts.isoformat(),
        str(one.starts.tzinfo),
        one.ends.isoformat() if one.ends else "",
        one.summary,
        one.location,
        one.url,
        one.description,
        one.organiser_name,
        one.organiser_email,
        one.cancelled,
    ]
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()


def is_changed(known: Mapping[str, str], says: Mapping[str, str]) -> bool:
    """Whether readers of some language would see another entry than the last they were given.

    Both are digests by language. A language that is new has nothing to update.
    """
    return any(says[language] != known[language] for language in known.keys() & says.keys())
