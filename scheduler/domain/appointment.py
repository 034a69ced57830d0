"""An event as an agenda program keeps it, and when that entry has changed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.campaigns import Campaign


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaEntry:
    """How often an event's entry has changed, and when it last did (UTC)."""

    sequence: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
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


def digest(campaign: Campaign, *, cancelled: bool) -> str:
    """Equal as long as an agenda entry of this event needs no update."""
    says = [
        campaign.starts.isoformat() if campaign.starts else "",
        campaign.ends.isoformat() if campaign.ends else "",
        campaign.zone,
        campaign.place,
        cancelled,
    ]
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()
