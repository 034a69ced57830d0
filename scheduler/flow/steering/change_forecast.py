"""What a change of the calendar would come to, told before anybody says yes.

The same rules that plan are asked, on the calendar with the change and on the one without: the
hours, holidays, Sundays and who gives way by the agenda, at once; who gets it and who is left out
by the statement that planning inserts from, which looks at each person (``count``). Nothing is
written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience, Occurrence
from scheduler.domain.calendar.changes import OF_OCCURRENCE, Change
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import Season, exceptions, season_of
from scheduler.domain.channels import channel_label
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.planning import OccurrenceRow, PlaceRow
from scheduler.domain.ports import KnownOccurrences
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_date
from scheduler.flow import renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.rehearse import closed
from scheduler.flow.showing.titles import message_of
from scheduler.flow.slot_plans import Places
from scheduler.flow.steering import event_outlook, switching_on
from scheduler.flow.steering.forecast import Forecaster, SlotForecast

#: How far ahead what a change does is looked for.
AHEAD = timedelta(days=400)
#: How long after an event its thanks may leave.
AFTER = timedelta(days=14)
#: Occurrences whose people are counted; of a campaign that is switched on there may be many.
COUNTED = 4
#: How far from what changes somebody else may give way to it.
NEAR = timedelta(days=16)


class ChangeLedger(renames.NameSource, KnownOccurrences, Protocol):
    async def known_places(self, audience: Audience) -> list[PlaceRow]:
        """Where members of the audience live, as of the last import."""

    async def people_version(self) -> int:
        """Changes whenever an import may have changed who is where."""


@frozen
class Coming:
    """One occurrence as it would leave."""

    occurrence: Occurrence
    #: Its day as the calendar has it now; None: it isn't there now.
    was: date | None
    #: Its slots; none that is due already of what wasn't on the calendar before.
    planned: Sequence[Planned]
    #: None: not counted.
    slots: Sequence[SlotForecast] | None = None


@frozen
class ChangeForecast:
    coming: Sequence[Coming]
    #: What would leave no more.
    gone: Sequence[Occurrence]
    #: What has left of it, and stays as it left.
    left: Sequence[OccurrenceRow]
    #: What may have left under another name, and why: it would wait.
    doubts: Sequence[str]
    #: What somebody should look at first, in French: no hour, a day taken, who gives way.
    conflicts: Sequence[str]

    #: Every slot with its instant and reason, as the calendar has it.
    told: Sequence[str]
    #: Who is where: another number once a file has come in.
    people: int
    places: Places

    @property
    def print(self) -> str:
        """Digest of the calendar and the people that it is about. Not of the counts: while
        something is being sent they change at every moment, and each sending asks again."""
        told = [
            [(one.occurrence.id, str(one.was)) for one in self.coming],
            [one.id for one in self.gone],
            [row.id for row in self.left],
            [*self.conflicts],
            [*self.told],
            self.people,
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


async def forecast(
    before: Agenda,
    after: Agenda,
    ledger: ChangeLedger,
    change: Change,
    now: datetime,
) -> ChangeForecast:
    """``before``: the calendar as it stands; ``after``: with the change. Nobody is counted yet."""
    rows = await ledger.occurrences()
    slots_there = await ledger.slots_of([row.occurrence_id for row in rows])
    planned = {one.occurrence_id for one in slots_there}
    for agenda in (before, after):
        agenda.exceptions = exceptions(rows)
    left = {season_of(row): row for row in rows if has_left(row, row.occurrence_id in planned)}
    today = now.date()
    until = _until((before, after), change, today)
    there = dict(_of(before, change, today, until))
    coming = {season: one for season, one in _of(after, change, today, until) if season not in left}
    places = {name: await ledger.known_places(one) for name, one in after.audiences.items()}
    slots = _slots(after, coming.values(), places)
    # Of what wasn't on before, nothing that is due already leaves.
    fresh = change.campaign not in {one.name for one in before.campaigns}
    found = []
    for season, one in coming.items():
        mine = [each for each in slots.get(season, []) if not (fresh and _is_due(each, now))]
        was = there[season].date if season in there else None
        found.append(Coming(occurrence=one, was=was, planned=mine))
    doubts = [*(await renames.look(after, ledger, [*coming.values()], today)).values()]
    several = [one for mine in slots.values() for one in mine]
    name = partial(_name, after)

    def slots_of(one: Occurrence) -> Sequence[Planned]:
        there = slots if season_of(one) in slots else _slots(after, [one], places)
        return there.get(season_of(one), ())

    return ChangeForecast(
        coming=found,
        gone=[one for season, one in there.items() if season not in coming and season not in left],
        left=[row for season, row in left.items() if _is_about(change, season)],
        doubts=doubts,
        told=[_told(one) for one in several],
        people=await ledger.people_version(),
        places=places,
        conflicts=[
            *event_outlook.look(after, change, slots_of, left, now, fresh=fresh),
            *switching_on.look(after, change),
            *doubts,
            *_closed(several, name),
            *_moved(several, name),
            *_others(before, after, [*coming.values(), *there.values()], places, change),
        ],
    )


async def count(found: ChangeForecast, forecaster: Forecaster, now: datetime) -> ChangeForecast:
    """The same with how many people the first of its occurrences go to: seconds, where they are
    very many. ``forecaster``: on the calendar with the change."""
    coming = [*found.coming]
    for number, one in enumerate(coming[:COUNTED]):
        slots = await forecaster.on_calendar(one.occurrence, one.planned, found.places, now)
        coming[number] = replace(one, slots=slots)
    return replace(found, coming=coming)


def has_left(row: OccurrenceRow, planned: bool) -> bool:
    """Something of it was planned, or it was decided about: its date and hour are settled."""
    waits = row.state in (OccurrenceState.SCHEDULED, OccurrenceState.HELD)
    return planned or bool(row.forced) or not waits


def _is_about(change: Change, season: Season) -> bool:
    campaign, episode, its = season
    if change.facet in OF_OCCURRENCE:
        return (campaign, episode, its) == (change.campaign, change.episode, change.season)
    return campaign == change.campaign


def _until(agendas: Iterable[Agenda], change: Change, today: date) -> date:
    """An event is looked at to its end, however far it is."""
    lasts = [
        (one.ends or one.starts).date() + AFTER
        for agenda in agendas
        for one in agenda.campaigns
        if one.name == change.campaign and one.starts is not None
    ]
    return max([today + AHEAD, *lasts])


def _of(
    agenda: Agenda, change: Change, today: date, until: date
) -> Iterator[tuple[Season, Occurrence]]:
    for one in agenda.occurrences(today, until):
        if _is_about(change, season_of(one)):
            yield season_of(one), one


def _is_due(one: Planned, now: datetime) -> bool:
    return one.slot.due_at is not None and one.slot.due_at <= now


def _slots(
    agenda: Agenda, ones: Iterable[Occurrence], places: Mapping[str, Sequence[PlaceRow]]
) -> dict[Season, list[Planned]]:
    where = {name: [row.place for row in rows] for name, rows in places.items()}
    found: dict[Season, list[Planned]] = {}
    for one in ones:
        for planned in agenda.slots(one.date, one.date, where):
            if season_of(planned.occurrence) == season_of(one):
                found.setdefault(season_of(one), []).append(planned)
    return found


def _name(agenda: Agenda, one: Occurrence) -> str:
    title = message_of(agenda, one.campaign, one.episode)[1]
    return f"« {title} » du {french_date(one.date)}"


def _closed(slots: Sequence[Planned], name: Callable[[Occurrence], str]) -> list[str]:
    """As a rehearsal tells it."""
    names = {one.occurrence.id: name(one.occurrence) for one in slots}
    return [f"{names[one.occurrence]}, {one.what}" for one in closed(slots)]


def _moved(slots: Sequence[Planned], name: Callable[[Occurrence], str]) -> list[str]:
    """Why some of it isn't at its day and hour: closed days, Sundays, a stronger message."""
    said = (
        f"{name(one.occurrence)}, {channel_label(one.channel)} : {one.slot.reason}"
        for one in slots
        if one.slot.reason and one.slot.due_at is not None
    )
    return [*dict.fromkeys(said)]


def _others(
    before: Agenda,
    after: Agenda,
    near: Sequence[Occurrence],
    places: Mapping[str, Sequence[PlaceRow]],
    change: Change,
) -> list[str]:
    """What else leaves at another moment because of it."""
    where = {name: [row.place for row in rows] for name, rows in places.items()}
    told: dict[str, None] = {}
    for day in sorted({one.date for one in near}):
        start, end = day - NEAR, day + NEAR
        old = {_slot_key(one): one for one in before.slots(start, end, where)}
        for one in after.slots(start, end, where):
            was = old.get(_slot_key(one))
            if was is None or _is_about(change, season_of(one.occurrence)):
                continue
            if was.slot.due_at != one.slot.due_at:
                told[_said(after, one)] = None
    return [*told]


def _said(agenda: Agenda, one: Planned) -> str:
    what = f"{_name(agenda, one.occurrence)}, {channel_label(one.channel)}"
    if one.due_there is None:
        return f"{what} : ne partirait plus ({one.slot.reason})"
    why = f" ({one.slot.reason})" if one.slot.reason else ""
    return f"{what} : partirait le {french_date(one.due_there.date())}{why}"


def _slot_key(one: Planned) -> tuple[object, ...]:
    return season_of(one.occurrence), one.channel, one.audience, one.place


def _told(one: Planned) -> str:
    due = one.slot.due_at.isoformat() if one.slot.due_at else ""
    where = (one.channel, one.audience, one.place.zone, one.place.territory)
    return " ".join((one.occurrence.id, *where, due, one.slot.reason))
