"""The calendar as people read it: each occurrence with its local times, people and state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar.campaigns import Audience, hour_of
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import Season, exceptions, season_of
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import PAST, OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.domain.showing.small_numbers import Figures
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.merged import Merged, dates_of, is_past, merge, open_slots
from scheduler.flow.watching import ahead


class YearLedger(ahead.AheadLedger, Protocol):
    #: What fell due before the ledger was made concerns nobody (UTC).
    made_at: datetime

    async def occurrences(self, states: Iterable[OccurrenceState] = ()) -> list[OccurrenceRow]: ...

    async def slots_of(self, rows: Iterable[OccurrenceId]) -> list[SlotRow]: ...

    async def places(self, audience: Audience) -> list[PlaceRow]: ...

    async def people_lists(self) -> Mapping[Season, RecipientList]: ...


@frozen
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
    #: Members of its audiences, or the people of its list.
    people: int
    state: OccurrenceState
    #: Why it, or one of its slots, isn't as planned; in French.
    reasons: Sequence[str]
    #: First and last due instants (UTC); None when nothing of it ever comes due.
    first: datetime | None
    last: datetime | None
    #: Its hours are over and nothing of it was planned.
    past: bool = False

    @property
    def standing(self) -> str:
        """Its state in the ledger, or that its time is over without one."""
        return PAST if self.past else self.state.value

    def as_json(self, figures: Figures) -> dict[str, Any]:
        return {
            "occurrence": self.id,
            "message": self.message,
            "date": self.date,
            "local_time": f"{self.at:%H:%M}",
            "audiences": list(self.audiences),
            "channels": list(self.channels),
            "people": figures.of(self.people),
            "state": self.standing,
            "reasons": list(self.reasons),
            "first_due": self.first,
            "last_due": self.last,
        }


async def year_ahead(
    agenda: Agenda, ledger: YearLedger, now: datetime, start: date | None, end: date | None
) -> list[Entry]:
    """Twelve months from today, unless dates are given: as the ledger has it, where it does."""
    start = start or now.date()
    end = end or start + timedelta(days=365)
    places = {name: await ledger.places(one) for name, one in agenda.audiences.items()}
    by_name = {name: [row.place for row in rows] for name, rows in places.items()}
    rows = await ledger.occurrences()
    agenda.exceptions = exceptions(rows)
    found = await ledger.slots_of([row.occurrence_id for row in rows])
    marks = {(one.occurrence_id, one.key): one for one in found}
    merged = merge(agenda, rows, {one.occurrence_id for one in found}, start, end)
    slots: dict[Season, list[Planned]] = {}
    for planned in agenda.slots(*dates_of(merged, start, end), by_name):
        slots.setdefault(season_of(planned.occurrence), []).append(planned)
    found_past = {
        one.season for one in merged if is_past(one, slots.get(one.season, []), ledger.made_at, now)
    }
    to_lists = await ledger.people_lists()
    would_wait = await ahead.would_hold(agenda, ledger, now)
    return [
        _entry(
            agenda,
            one,
            slots.get(one.season, []),
            places,
            marks,
            to_lists.get(one.season),
            past=one.season in found_past,
            ahead=would_wait.get(one.id, ()),
        )
        for one in merged
    ]


def _entry(
    agenda: Agenda,
    merged: Merged,
    calendar: Sequence[Planned],
    places: Mapping[str, Sequence[PlaceRow]],
    marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
    to: RecipientList | None,
    *,
    past: bool,
    ahead: Sequence[str],
) -> Entry:
    row = merged.row
    mine = [one for (number, _), one in marks.items() if row and number == row.occurrence_id]
    to_come = open_slots(agenda, merged, calendar, places, marks)
    dues = [one.slot.due_at for one in to_come if one.slot.due_at is not None]
    instants = sorted([*dues, *(one.due_at for one in mine)])
    reasons = dict.fromkeys([*ahead, *(one.slot.reason for one in to_come if one.slot.reason)])
    if row is not None and row.reason:
        reasons = {row.reason: None, **reasons}
    people = {name: sum(one.people for one in found) for name, found in places.items()}
    about = _about(agenda, merged, mine)
    return Entry(
        id=merged.id,
        campaign=merged.season[0],
        episode=merged.season[1],
        message=about.message,
        date=merged.date,
        at=about.at,
        zone=agenda.configuration.settings.time_zone,
        audiences=about.audiences,
        channels=about.channels,
        people=to.people if to else sum(people.get(name, 0) for name in about.audiences),
        state=merged.state,
        reasons=tuple(reasons),
        first=instants[0] if instants else None,
        last=instants[-1] if instants else None,
        past=past,
    )


@frozen
class _About:
    """What config.yaml says of an occurrence; what was planned, where it says nothing more."""

    message: str
    at: time
    audiences: tuple[str, ...]
    channels: tuple[str, ...]


def _about(agenda: Agenda, merged: Merged, planned: Sequence[SlotRow]) -> _About:
    name, episode_name, _ = merged.season
    for campaign in agenda.configuration.campaigns:
        for episode in campaign.episodes:
            if (campaign.name, episode.name) == (name, episode_name):
                channels = {
                    channel
                    for each in campaign.audiences
                    for channel in agenda.channels(campaign, episode, agenda.audiences[each])
                }
                return _About(
                    message=episode.message,
                    at=hour_of(campaign, episode, merged.season[2]),
                    audiences=tuple(campaign.audiences),
                    channels=tuple(one for one in campaign.channels if one in channels),
                )
    return _About(
        message="",
        at=time(10),
        audiences=tuple(sorted({one.key.audience for one in planned})),
        channels=tuple(sorted({one.key.channel for one in planned})),
    )
