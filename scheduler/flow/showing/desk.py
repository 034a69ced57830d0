"""The desk's year: what the calendar says will leave, with what the ledger knows of it.

Reads only. Until a slot is planned it shows how many people could be reached today; from then on,
the rows that count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import OVER, Season, exceptions, season_of
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.occurrence_ids import plain_id
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.showing.desk import OccurrenceView, Reach, SlotFacts, SlotView, Tally
from scheduler.flow.agenda import Agenda
from scheduler.flow.finishing import PASSED
from scheduler.flow.showing.merged import Merged, dates_of, is_past, merge
from scheduler.flow.showing.slots import Counts, slots_of
from scheduler.flow.showing.titles import message_of

#: Which of a contact's addresses each channel needs.
Kinds = Mapping[str, AddressKind]


class CalendarSource(Protocol):
    """What the year asks of the ledger."""

    async def occurrences(self) -> list[OccurrenceRow]:
        """Every occurrence, by date."""

    async def reach(
        self, audience: Audience, channels: Kinds, to: int | None = None
    ) -> list[Reach]:
        """Its living members by place, and how many of them each channel can reach; ``to``: of
        those in a list alone."""

    async def people_lists(self) -> Mapping[Season, RecipientList]:
        """The lists of people that occurrences go to, and to nobody else."""

    async def slots(self, rows: Collection[OccurrenceId]) -> list[SlotFacts]:
        """The slots of these occurrences that have their mark."""

    async def tallies(self, rows: Collection[OccurrenceId]) -> list[Tally]:
        """Deliveries of these occurrences, by slot, state and reason."""


async def year(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    start: date,
    end: date,
    *,
    today: date,
    now: datetime | None = None,
    since: datetime | None = None,
) -> list[OccurrenceView]:
    """Every occurrence whose date is in the range (both included), by date; before it, what still
    runs. As the ledger has it, and as config.yaml has what is to come.

    Before ``today``, those the ledger knows: what fell due before it was made never was. ``now``,
    and ``since`` when there was a ledger, tell what can't leave any more.
    """
    known = await source.occurrences()
    agenda.exceptions = exceptions(known)
    planned = {
        one.occurrence_id for one in await source.slots([row.occurrence_id for row in known])
    }
    merged = merge(agenda, known, planned, start, end)
    merged = [one for one in merged if one.row or one.date >= today]
    merged += [
        Merged(season=season_of(row), date=row.date, one=None, row=row)
        for row in known
        if row.date < start and row.occurrence_id in planned and row.state not in OVER
    ]
    views = await _views(agenda, source, kinds, merged, start, end, since=since, now=now)
    return sorted(views, key=lambda view: (view.date, view.campaign, view.episode))


async def uses_of(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    message: str,
    today: date,
    end: date,
    *,
    now: datetime,
    since: datetime,
) -> list[OccurrenceView]:
    """The occurrences that send a message in this range and aren't over, by date."""
    views = await year(agenda, source, kinds, today, end, today=today, now=now, since=since)
    return [
        view
        for view in views
        if view.message == message and view.slots and view.state not in OVER and not view.past
    ]


async def archive(
    agenda: Agenda, source: CalendarSource, kinds: Kinds, year: int
) -> list[OccurrenceView]:
    """What is over of one year's occurrences, by date."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = [
        Merged(season=season_of(row), date=row.date, one=None, row=row)
        for row in await source.occurrences()
        if first <= row.date <= last and row.state in OVER
    ]
    return await _views(agenda, source, kinds, rows, first, last)


async def know_people(agenda: Agenda, source: CalendarSource, kinds: Kinds) -> None:
    """Ask whom each audience reaches before a page does: of many people that takes a while, once
    (``CalendarSource.reach``)."""
    for one in agenda.audiences.values():
        await _reach(source, one, kinds)


async def archived_years(source: CalendarSource) -> list[int]:
    """The years of which something is over, the latest first."""
    rows = await source.occurrences()
    return sorted({row.date.year for row in rows if row.state in OVER}, reverse=True)


async def _views(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    merged: Sequence[Merged],
    start: date,
    end: date,
    *,
    since: datetime | None = None,
    now: datetime | None = None,
) -> list[OccurrenceView]:
    reach = {name: await _reach(source, one, kinds) for name, one in agenda.audiences.items()}
    places = {name: [one.place for one in reach[name]] for name in reach}
    calendar = _by_season(agenda.slots(*dates_of(merged, start, end), places))
    numbers = [one.row.occurrence_id for one in merged if one.row]
    facts, tallies = await source.slots(numbers), await source.tallies(numbers)
    counts = await _counts(agenda, source, kinds, merged, reach)
    return [
        _view(
            agenda,
            one,
            slots_of(
                agenda,
                one,
                calendar.get(one.season, ()),
                facts,
                tallies,
                reach,
                counts.get(one.season, counts[_AUDIENCES]),
            ),
            past=bool(now and is_past(one, calendar.get(one.season, ()), since or now, now)),
        )
        for one in merged
    ]


async def occurrence(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    printed: str,
    *,
    now: datetime | None = None,
    since: datetime | None = None,
) -> OccurrenceView:
    """One occurrence by its printed id. Raises NotFound."""
    try:
        day = date.fromisoformat(plain_id(printed).rpartition("/")[2])
    except ValueError:
        raise NotFound(printed) from None
    views = await year(agenda, source, kinds, day, day, today=day, now=now, since=since)
    # An address of before keys were printed, too.
    found = [one for one in views if one.id == printed]
    found = found or [one for one in views if plain_id(one.id) == printed]
    if len(found) != 1:
        raise NotFound(printed)
    return found[0]


async def _reach(
    source: CalendarSource, audience: Audience, kinds: Kinds, to: int | None = None
) -> Sequence[Reach]:
    """Where its members live; where they would by default, when there is nobody yet. ``to``: those
    of a list alone."""
    channels = {name: kind for name, kind in kinds.items() if name in audience.channels}
    found = await source.reach(audience, channels, to)
    default = Place(zone=audience.zone, territory=audience.territory)
    return found or [Reach(audience=audience.name, place=default, members=0, reachable={})]


#: Of a season that goes to its audiences.
_AUDIENCES: Season = ("", "", "")


async def _counts(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    merged: Sequence[Merged],
    reach: Mapping[str, Sequence[Reach]],
) -> Mapping[Season, Counts]:
    """How many can be reached: of the audiences, and of each list that a season goes to instead."""
    lists = await source.people_lists()
    found = {_AUDIENCES: _by_place(one for per in reach.values() for one in per)}
    for season in {one.season for one in merged} & set(lists):
        to = lists[season].row
        per = [await _reach(source, one, kinds, to) for one in agenda.audiences.values()]
        found[season] = _by_place(one for some in per for one in some)
    return found


def _by_place(reach: Iterable[Reach]) -> Counts:
    return {(one.audience, one.place): one.reachable for one in reach}


def _by_season(planned: Iterable[Planned]) -> dict[Season, list[Planned]]:
    found: dict[Season, list[Planned]] = {}
    for one in planned:
        found.setdefault(season_of(one.occurrence), []).append(one)
    return found


def _view(
    agenda: Agenda, merged: Merged, slots: Sequence[SlotView], *, past: bool
) -> OccurrenceView:
    campaign, episode, _ = merged.season
    message, title = message_of(agenda, campaign, episode)
    return OccurrenceView(
        id=merged.id,
        campaign=campaign,
        episode=episode,
        date=merged.date,
        message=message,
        title=title,
        state=merged.state,
        reason=(merged.row.reason if merged.row else "") or (PASSED if past else ""),
        slots=slots,
        past=past,
    )
