"""The calendar as it is true: what the ledger says, and the configuration where it says nothing.

One line an occurrence, by campaign, episode and season: an edited date makes no second one, and
what ran keeps the day on which it did.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from scheduler.domain.calendar.campaigns import Occurrence, SlotTime
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import OVER, Season, season_of
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.steering.by_hand import forced_slots

#: An edit moves an occurrence by less than that.
FAR = timedelta(days=400)
#: Waits for its day: an edit of config.yaml still moves it.
WAITS = (OccurrenceState.SCHEDULED, OccurrenceState.HELD)


@frozen
class Merged:
    """One occurrence, as the calendar and the ledger have it together."""

    season: Season
    date: date
    #: As config.yaml has it; None: no longer.
    one: Occurrence | None
    #: As the ledger has it; None: not yet, or never.
    row: OccurrenceRow | None

    @property
    def id(self) -> str:
        return printed_id(*self.season, self.date)

    @property
    def state(self) -> OccurrenceState:
        return self.row.state if self.row else OccurrenceState.SCHEDULED

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def merge(
    agenda: Agenda,
    rows: Iterable[OccurrenceRow],
    planned: Collection[int],
    start: date,
    end: date,
) -> list[Merged]:
    """Every occurrence whose true date is in the range (both included), by date.

    ``planned``: the rows that have a slot.
    """
    calendar = {season_of(one): one for one in agenda.occurrences(start - FAR, end + FAR)}
    found = {key: _from_calendar(one) for key, one in calendar.items()}
    for row in rows:
        key = season_of(row)
        waits = row.state in WAITS and row.occurrence_id not in planned and not row.forced
        if waits and key not in calendar:
            # Taken out of config.yaml: the next look forgets it.
            found.pop(key, None)
            continue
        day = calendar[key].date if waits else row.date
        found[key] = Merged(season=key, date=day, one=calendar.get(key), row=row)
    inside = (one for one in found.values() if start <= one.date <= end)
    return sorted(inside, key=lambda one: (one.date, one.id))


def _from_calendar(one: Occurrence) -> Merged:
    return Merged(season=season_of(one), date=one.date, one=one, row=None)


def open_slots(
    agenda: Agenda,
    merged: Merged,
    calendar: Sequence[Planned],
    places: Mapping[str, Sequence[PlaceRow]],
    marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
) -> list[Planned]:
    """What of it is still to be planned, each at its true hour: by hand, that of the request."""
    row = merged.row
    if row is None:
        return list(calendar)
    if merged.is_over:
        return []
    waiting = [
        one
        for one in calendar
        if one.audience not in row.forced
        and (
            row.occurrence_id,
            SlotKey(channel=one.channel, audience=one.audience, place=one.place),
        )
        not in marks
    ]
    return [*waiting, *forced_slots(agenda, row, places, marks)]


def is_past(merged: Merged, to_come: Sequence[Planned], since: datetime, now: datetime) -> bool:
    """It still waits in the ledger, or isn't there, and can't leave by itself any more: its hours
    are over, or were before ``since``, when there was a ledger. Nobody may read « scheduled »."""
    if merged.state not in WAITS or (merged.row and merged.row.forced):
        return False
    due = [one for one in to_come if one.slot.due_at is not None]
    if not due:
        return merged.date < now.date() - timedelta(days=1)
    return all(_is_over(one.slot, since, now) for one in due)


def _is_over(slot: SlotTime, since: datetime, now: datetime) -> bool:
    due = slot.due_at or now
    return due < now and (due < since or (slot.start_by or due) < now)


def dates_of(merged: Iterable[Merged], start: date, end: date) -> tuple[date, date]:
    """The nominal dates among which the slots of these lie, an edited one's new date too."""
    dates = [start, end, *(one.one.date for one in merged if one.one)]
    return min(dates), max(dates)
