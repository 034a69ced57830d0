"""The calendar as people read it: each occurrence with its local times, people and state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from scheduler.domain.campaigns import Audience
from scheduler.domain.conflicts import Planned
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.planning import OccurrenceRow, PlaceRow
from scheduler.flow.agenda import Agenda


class YearLedger(Protocol):
    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]: ...

    async def places(self, audience: Audience) -> list[PlaceRow]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One occurrence of the calendar."""

    id: str
    campaign: str
    episode: str
    #: Folder path of its message.
    message: str
    date: date
    at: time
    zone: str
    audiences: Sequence[str]
    channels: Sequence[str]
    #: Members of its audiences.
    people: int
    state: OccurrenceState
    #: Why it, or one of its slots, isn't as planned; in French.
    reasons: Sequence[str]
    #: First and last due instants (UTC); None when nothing of it ever comes due.
    first: datetime | None
    last: datetime | None

    def as_row(self) -> tuple[object, ...]:
        return (
            self.id,
            f"{self.at:%H:%M}",
            ", ".join(self.audiences),
            ", ".join(self.channels),
            self.people,
            self.state.value,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "occurrence": self.id,
            "message": self.message,
            "date": self.date,
            "local_time": f"{self.at:%H:%M}",
            "audiences": list(self.audiences),
            "channels": list(self.channels),
            "people": self.people,
            "state": self.state.value,
            "reasons": list(self.reasons),
            "first_due": self.first,
            "last_due": self.last,
        }


async def year_ahead(
    agenda: Agenda, ledger: YearLedger, today: date, start: date | None, end: date | None
) -> list[Entry]:
    """Twelve months from today, unless dates are given."""
    start = start or today
    end = end or start + timedelta(days=365)
    places = {name: await ledger.places(one) for name, one in agenda.audiences.items()}
    by_name = {name: [row.place for row in rows] for name, rows in places.items()}
    people = {name: sum(row.people for row in rows) for name, rows in places.items()}
    rows = {row.id: row for row in await ledger.occurrences()}
    slots: dict[str, list[Planned]] = {}
    for one in agenda.slots(start, end, by_name):
        slots.setdefault(one.occurrence.id, []).append(one)
    return [
        _entry(
            agenda,
            one.campaign,
            one.episode,
            one.date,
            slots.get(one.id, []),
            people,
            rows.get(one.id),
        )
        for one in sorted(agenda.occurrences(start, end), key=lambda one: (one.date, one.id))
    ]


def _entry(
    agenda: Agenda,
    campaign_name: str,
    episode_name: str,
    day: date,
    slots: Sequence[Planned],
    people: Mapping[str, int],
    row: OccurrenceRow | None,
) -> Entry:
    campaign = agenda.configuration.campaign(campaign_name)
    episode = next(one for one in campaign.episodes if one.name == episode_name)
    channels = {
        channel
        for name in campaign.audiences
        for channel in agenda.channels(campaign, episode, agenda.audiences[name])
    }
    instants = sorted(one.slot.due_at for one in slots if one.slot.due_at is not None)
    reasons = dict.fromkeys(one.slot.reason for one in slots if one.slot.reason)
    if row is not None and row.reason:
        reasons = {row.reason: None, **reasons}
    return Entry(
        id=f"{campaign_name}/{episode_name}/{day.isoformat()}",
        campaign=campaign_name,
        episode=episode_name,
        message=episode.message,
        date=day,
        at=episode.at or campaign.at,
        zone=agenda.configuration.settings.time_zone,
        audiences=tuple(campaign.audiences),
        channels=tuple(channel for channel in campaign.channels if channel in channels),
        people=sum(people[name] for name in campaign.audiences),
        state=row.state if row else OccurrenceState.SCHEDULED,
        reasons=tuple(reasons),
        first=instants[0] if instants else None,
        last=instants[-1] if instants else None,
    )
