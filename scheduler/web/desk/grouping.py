"""From slots to what a page says in a line: a channel, its moment, whom it reaches."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.amounts import added
from scheduler.domain.showing.desk import OccurrenceView, SlotView
from scheduler.domain.showing.small_numbers import Figures, Shown, Veil
from scheduler.domain.values import frozen
from scheduler.web.desk.told_counts import count_of, is_kept_back, people_in, state_counts


@frozen
class Moment:
    """The places where a channel's slots share a local time and a reason."""

    #: Local wall time, naive: the same hour in several zones. None: never.
    at: datetime | None
    reason: str
    audiences: Sequence[str]
    #: Codes.
    territories: Sequence[str]
    slots: int
    reachable: int


@frozen
class ChannelLine:
    """One channel of an occurrence."""

    channel: str
    #: The one most people share, then the others.
    moments: Sequence[Moment]
    #: (audience's label, people) until everything is planned.
    audiences: Sequence[tuple[str, Shown]]
    #: All of them together.
    people: Shown
    #: (state, deliveries) of what is planned.
    states: Sequence[tuple[DeliveryState | Arrival, Shown]]


@frozen
class Row:
    """An audience's slots that do the same at the same local time, as one line of a table."""

    audience: str
    places: Sequence[Place]
    #: One of them, for what they share.
    first: SlotView
    slots: Sequence[SlotView]
    #: Of a service by SMS, or what would give it away beside all of the staff.
    kept_back: bool = False


@frozen
class Month:
    """A month of the year ahead."""

    first: date
    occurrences: Sequence[OccurrenceView]


def channel_lines(view: OccurrenceView, figures: Figures) -> list[ChannelLine]:
    """A line for each channel of an occurrence."""
    by_channel = groupby(view.slots, key=lambda slot: slot.channel)
    return [_line(channel, list(slots), figures) for channel, slots in by_channel]


def months(views: Iterable[OccurrenceView], start: date) -> list[Month]:
    """The thirteen calendar months that hold the coming twelve, empty ones too."""
    firsts = [_month(start, ahead) for ahead in range(13)]
    found = {
        first: [view for view in views if view.date.replace(day=1) == first] for first in firsts
    }
    return [Month(first=first, occurrences=held) for first, held in found.items()]


def rows(slots: Iterable[SlotView]) -> list[Row]:
    """A line for the places that do the same, the one of most people first."""
    every = list(slots)
    services = _services(every)
    found: dict[object, list[SlotView]] = {}
    for slot in every:
        at = slot.due.replace(tzinfo=None) if slot.due else None
        key = slot.audience.label, at, slot.reason, slot.planned, slot.missed
        found.setdefault(key, []).append(slot)
    made = [
        Row(
            audience=held[0].audience.label,
            places=[one.place for one in held],
            first=held[0],
            slots=held,
            kept_back=held[0].channel == SMS.name and held[0].audience.source in services,
        )
        for held in found.values()
    ]
    return sorted(made, key=lambda row: (row.audience, -count_of(row.slots), -len(row.slots)))


def _services(slots: Iterable[SlotView]) -> set[str]:
    """The sources of which a service gets SMS here: less than all of it is for no colleague."""
    return {slot.audience.source for slot in slots if is_kept_back(slot)}


def people_of(row: Row, figures: Figures) -> Shown:
    """How many it reaches or reached; of a service's SMS nobody is told but by exact figures."""
    if row.kept_back and not figures.exact:
        return Veil.HIDDEN
    return people_in(row.slots, figures)


def _line(channel: str, slots: Sequence[SlotView], figures: Figures) -> ChannelLine:
    # The staff's SMS are told of all of it, never of a service.
    labels = {slot.audience.source: slot.audience.label for slot in slots if not is_kept_back(slot)}
    people: dict[str, list[SlotView]] = {}
    for slot in slots:
        if not is_kept_back(slot):
            people.setdefault(slot.audience.label, []).append(slot)
        elif slot.audience.source in labels:
            people.setdefault(labels[slot.audience.source], []).append(slot)
        elif figures.exact:
            people.setdefault(slot.audience.label, []).append(slot)
    audiences = {label: people_in(held, figures) for label, held in sorted(people.items())}
    return ChannelLine(
        channel=channel,
        moments=_moments(slots),
        audiences=list(audiences.items()),
        people=added(audiences.values(), exact=figures.exact).shown,
        states=state_counts(slots, figures),
    )


def _moments(slots: Iterable[SlotView]) -> list[Moment]:
    found: dict[tuple[datetime | None, str], list[SlotView]] = {}
    for slot in slots:
        at = slot.due.replace(tzinfo=None) if slot.due else None
        found.setdefault((at, slot.reason), []).append(slot)
    moments = [
        Moment(
            at=at,
            reason=reason,
            audiences=sorted({slot.audience.label for slot in held}),
            territories=sorted({slot.place.territory for slot in held}),
            slots=len(held),
            reachable=sum(slot.reachable + slot.count() for slot in held),
        )
        for (at, reason), held in found.items()
    ]
    return sorted(moments, key=lambda one: (-one.reachable, -one.slots))


def _month(start: date, ahead: int) -> date:
    months = start.year * 12 + start.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def totals(
    found: Iterable[tuple[str, DeliveryState | Arrival, int]], figures: Figures
) -> list[tuple[str, DeliveryState | Arrival, Shown]]:
    """(channel, state or what was learnt, deliveries), over everything."""
    # States are one partition of a channel's messages, what was learnt another of those sent.
    parts: dict[tuple[str, bool], dict[DeliveryState | Arrival, int]] = {}
    order = list(found)
    for channel, state, rows in order:
        parts.setdefault((channel, isinstance(state, Arrival)), {})[state] = rows
    shown = {key: figures.split(counts) for key, counts in parts.items()}
    return [
        (channel, state, shown[channel, isinstance(state, Arrival)][state])
        for channel, state, _ in order
    ]
