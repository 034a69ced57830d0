"""The desk's year: what the calendar says will leave, with what the ledger knows of it.

Reads only. Until a slot is planned it shows how many people could be reached today; from then on,
the rows that count.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Protocol

from scheduler.domain.addressees import RecipientList
from scheduler.domain.calendar.campaigns import Audience, Campaign, CampaignKind, Place
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import OVER, Season, exceptions, season_of
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.occurrence_ids import plain_id
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.domain.showing.desk import OccurrenceView, Reach, SlotFacts, SlotView, Tally
from scheduler.domain.words.campaigns import campaign_words
from scheduler.domain.words.french import french_date
from scheduler.flow.agenda import Agenda
from scheduler.flow.finishing import PASSED
from scheduler.flow.showing.merged import Merged, dates_of, is_past, merge, open_slots

#: Where nobody asks since when somebody has been there.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
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
            _slots(
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
#: By audience and place, how many each channel can reach.
_Counts = Mapping[tuple[str, Place], Mapping[str, int]]


async def _counts(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    merged: Sequence[Merged],
    reach: Mapping[str, Sequence[Reach]],
) -> Mapping[Season, _Counts]:
    """How many can be reached: of the audiences, and of each list that a season goes to instead."""
    lists = await source.people_lists()
    found = {_AUDIENCES: _by_place(one for per in reach.values() for one in per)}
    for season in {one.season for one in merged} & set(lists):
        to = lists[season].row
        per = [await _reach(source, one, kinds, to) for one in agenda.audiences.values()]
        found[season] = _by_place(one for some in per for one in some)
    return found


def _by_place(reach: Iterable[Reach]) -> _Counts:
    return {(one.audience, one.place): one.reachable for one in reach}


def _by_season(planned: Iterable[Planned]) -> dict[Season, list[Planned]]:
    found: dict[Season, list[Planned]] = {}
    for one in planned:
        found.setdefault(season_of(one.occurrence), []).append(one)
    return found


def _slots(
    agenda: Agenda,
    merged: Merged,
    calendar: Sequence[Planned],
    facts: Iterable[SlotFacts],
    tallies: Iterable[Tally],
    reach: Mapping[str, Sequence[Reach]],
    people: _Counts,
) -> list[SlotView]:
    """Those that have their mark, and those that are still to come."""
    mine = [fact for fact in facts if merged.row and fact.occurrence_id == merged.row.occurrence_id]
    marks = {(fact.occurrence_id, fact.key): _row_of(fact) for fact in mine}
    places = {
        name: [PlaceRow(place=one.place, since=_LONG_AGO, people=one.members) for one in per]
        for name, per in reach.items()
    }
    found = {
        SlotKey(channel=one.channel, audience=one.audience, place=one.place): SlotView(
            channel=one.channel,
            audience=agenda.audiences[one.audience],
            place=one.place,
            due=one.due_there,
            reason=one.slot.reason,
            reachable=people.get((one.audience, one.place), {}).get(one.channel, 0),
        )
        for one in open_slots(agenda, merged, calendar, places, marks)
    }
    by_slot: dict[int, list[Tally]] = {}
    for tally in tallies:
        by_slot.setdefault(tally.slot, []).append(tally)
    for fact in mine:
        found[fact.key] = _marked(agenda, fact, by_slot.get(fact.slot_id, []))
    return sorted(found.values(), key=_order)


def _row_of(fact: SlotFacts) -> SlotRow:
    return SlotRow(
        slot_id=fact.slot_id,
        occurrence_id=fact.occurrence_id,
        key=fact.key,
        due_at=fact.due_at,
        not_after=fact.not_after,
        planned_at=fact.planned_at,
        missed=fact.missed,
    )


def _marked(agenda: Agenda, fact: SlotFacts, tallies: Sequence[Tally]) -> SlotView:
    return SlotView(
        channel=fact.key.channel,
        audience=agenda.audiences.get(fact.key.audience) or _gone(fact.key),
        place=fact.key.place,
        due=fact.due_at.astimezone(zone_named(fact.key.place.zone)),
        reason=fact.reason,
        planned=True,
        missed=fact.missed,
        tallies=tallies,
    )


def _gone(key: SlotKey) -> Audience:
    """One that config.yaml no longer names: what it got is still told."""
    return Audience(name=key.audience, label=key.audience, source="", key="", channels={})


def _order(slot: SlotView) -> tuple[str, str, str, str]:
    return slot.channel, slot.audience.label, slot.place.territory, slot.place.zone


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


def campaign_title(agenda: Agenda, campaign: Campaign) -> str:
    """What people call a campaign by: its kind, its first message's title, how many others; an
    event has its kit's title and its date."""
    if campaign.kind is CampaignKind.EVENT and campaign.starts is not None and campaign.episodes:
        return f"{_event_words(agenda, campaign)}, {french_date(campaign.starts.date())}"
    messages = dict.fromkeys(one.message for one in campaign.episodes)
    if not messages:
        return campaign.name
    first = message_of(agenda, campaign.name, campaign.episodes[0].name)[1]
    return campaign_words(campaign.kind, first, len(messages) - 1)


def _event_words(agenda: Agenda, campaign: Campaign) -> str:
    """What the titles of its messages begin with (« Webinaire : invitation »), else the whole title
    of the one that leaves first: they may be in any order."""
    titles = {one.name: message_of(agenda, campaign.name, one.name)[1] for one in campaign.episodes}
    heads = {re.split(r":\s", title, maxsplit=1)[0].rstrip() for title in titles.values()}
    if len(heads) == 1:
        return heads.pop()
    invitation = (one.name for one in campaign.episodes if one.when == "invitation")
    return titles[next(invitation, campaign.episodes[0].name)]


def message_of(agenda: Agenda, campaign: str, episode: str) -> tuple[str, str]:
    """The message's path and title; the episode's name where there is no readable message."""
    paths = (
        one.message
        for known in agenda.configuration.campaigns
        for one in known.episodes
        if (known.name, one.name) == (campaign, episode)
    )
    path = next(paths, "")
    try:
        return path, agenda.library.load(path).title
    except (ContentError, NotFound):
        return path, episode
