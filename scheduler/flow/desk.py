"""The desk's year: what the calendar says will leave, with what the ledger knows of it.

Reads only. Until a slot is planned it shows how many people could be reached today; from then on,
the rows that count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scheduler.domain.campaigns import Audience, Occurrence, Place
from scheduler.domain.conflicts import Planned
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.desk import OccurrenceView, Reach, SlotFacts, SlotView, Tally
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import OccurrenceRow, SlotKey
from scheduler.domain.windows import zone_named
from scheduler.flow.agenda import Agenda

#: Which of a contact's addresses each channel needs.
Kinds = Mapping[str, AddressKind]


class CalendarSource(Protocol):
    """What the year asks of the ledger."""

    async def occurrences(self) -> list[OccurrenceRow]:
        """Every occurrence, by date."""

    async def reach(self, audience: Audience, channels: Kinds) -> list[Reach]:
        """Its living members by place, and how many of them each channel can reach."""

    async def slots(self, rows: Collection[int]) -> list[SlotFacts]:
        """The slots of these occurrences that have their mark."""

    async def tallies(self, rows: Collection[int]) -> list[Tally]:
        """Deliveries of these occurrences, by slot, state and reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Key:
    """What makes an occurrence unique: an edited date doesn't make another."""

    campaign: str
    episode: str
    season: str

    @classmethod
    def of(cls, one: Occurrence | OccurrenceRow) -> "_Key":
        return cls(campaign=one.campaign, episode=one.episode, season=one.season)


async def year(
    agenda: Agenda,
    source: CalendarSource,
    kinds: Kinds,
    start: date,
    end: date,
    *,
    today: date,
) -> list[OccurrenceView]:
    """Every occurrence whose nominal date is in the range (both included), by date.

    Before ``today``, those the ledger knows: what fell due before it was made never was.
    """
    calendar = {_Key.of(one): one for one in agenda.occurrences(max(start, today), end)}
    rows = {
        _Key.of(row): row
        for row in await source.occurrences()
        if start <= row.date <= end or _Key.of(row) in calendar
    }
    reach = {name: await _reach(source, one, kinds) for name, one in agenda.audiences.items()}
    places = {name: [one.place for one in reach[name]] for name in reach}
    planned = _by_key(agenda.slots(start, end, places))
    numbers = [row.row for row in rows.values()]
    facts, tallies = await source.slots(numbers), await source.tallies(numbers)
    views = [
        _view(agenda, key, calendar.get(key), rows.get(key), slots)
        for key in calendar.keys() | rows.keys()
        for slots in [_slots(agenda, planned.get(key, ()), rows.get(key), facts, tallies, reach)]
    ]
    return sorted(views, key=lambda view: (view.date, view.campaign, view.episode))


async def occurrence(
    agenda: Agenda, source: CalendarSource, kinds: Kinds, printed: str
) -> OccurrenceView:
    """One occurrence by its printed id. Raises NotFound."""
    try:
        day = date.fromisoformat(printed.rpartition("/")[2])
    except ValueError:
        raise NotFound(printed) from None
    for view in await year(agenda, source, kinds, day, day, today=day):
        if view.id == printed:
            return view
    raise NotFound(printed)


async def _reach(source: CalendarSource, audience: Audience, kinds: Kinds) -> Sequence[Reach]:
    """Where its members live; where they would by default, when there is nobody yet."""
    channels = {name: kind for name, kind in kinds.items() if name in audience.channels}
    found = await source.reach(audience, channels)
    default = Place(zone=audience.zone, territory=audience.territory)
    return found or [Reach(audience=audience.name, place=default, members=0, reachable={})]


def _by_key(planned: Iterable[Planned]) -> dict[_Key, list[Planned]]:
    found: dict[_Key, list[Planned]] = {}
    for one in planned:
        found.setdefault(_Key.of(one.occurrence), []).append(one)
    return found


def _slots(
    agenda: Agenda,
    planned: Iterable[Planned],
    row: OccurrenceRow | None,
    facts: Iterable[SlotFacts],
    tallies: Iterable[Tally],
    reach: Mapping[str, Sequence[Reach]],
) -> list[SlotView]:
    """The calendar's slots, and in their place those that have their mark."""
    people = {(one.audience, one.place): one.reachable for per in reach.values() for one in per}
    found = {
        SlotKey(channel=one.channel, audience=one.audience, place=one.place): SlotView(
            channel=one.channel,
            audience=agenda.audiences[one.audience],
            place=one.place,
            due=one.due_there,
            reason=one.slot.reason,
            reachable=people.get((one.audience, one.place), {}).get(one.channel, 0),
        )
        for one in planned
    }
    by_slot: dict[int, list[Tally]] = {}
    for tally in tallies:
        by_slot.setdefault(tally.slot, []).append(tally)
    for fact in facts:
        if row and fact.occurrence == row.row and fact.key.audience in agenda.audiences:
            found[fact.key] = _marked(agenda, fact, by_slot.get(fact.row, []))
    return sorted(found.values(), key=_order)


def _marked(agenda: Agenda, fact: SlotFacts, tallies: Sequence[Tally]) -> SlotView:
    return SlotView(
        channel=fact.key.channel,
        audience=agenda.audiences[fact.key.audience],
        place=fact.key.place,
        due=fact.due_at.astimezone(zone_named(fact.key.place.zone)),
        reason=fact.reason,
        planned=True,
        missed=fact.missed,
        tallies=tallies,
    )


def _order(slot: SlotView) -> tuple[str, str, str, str]:
    return slot.channel, slot.audience.label, slot.place.territory, slot.place.zone


def _view(
    agenda: Agenda,
    key: _Key,
    one: Occurrence | None,
    row: OccurrenceRow | None,
    slots: Sequence[SlotView],
) -> OccurrenceView:
    dated = row or one
    assert dated is not None  # noqa: S101 - every key comes from one of the two
    message, title = message_of(agenda, key.campaign, key.episode)
    return OccurrenceView(
        id=dated.id,
        campaign=key.campaign,
        episode=key.episode,
        date=dated.date,
        message=message,
        title=title,
        state=row.state if row else OccurrenceState.SCHEDULED,
        reason=row.reason if row else "",
        slots=slots,
    )


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
