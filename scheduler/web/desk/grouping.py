"""From slots to what a page says in a line: a channel, its moment, whom it reaches."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from scheduler.domain.answers.arrivals import Arrival, told
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.desk import OccurrenceView, SlotView
from scheduler.domain.showing.small_numbers import Figures, Shown, Veil

#: What a card counts once its slots are planned.
_SHOWN = (
    DeliveryState.SENT,
    DeliveryState.WAITING,
    DeliveryState.UNCERTAIN,
    DeliveryState.FAILED,
    DeliveryState.CANCELLED,
    DeliveryState.LEFT_OUT,
)


@dataclass(frozen=True, kw_only=True, slots=True)
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


@dataclass(frozen=True, kw_only=True, slots=True)
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An audience's slots that do the same at the same local time, as one line of a table."""

    audience: str
    places: Sequence[Place]
    #: One of them, for what they share.
    first: SlotView
    slots: Sequence[SlotView]


@dataclass(frozen=True, kw_only=True, slots=True)
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


def state_counts(
    slots: Iterable[SlotView], figures: Figures
) -> list[tuple[DeliveryState | Arrival, Shown]]:
    """Deliveries by state, in the order pages show them, and what was learnt of those that are
    sent; ``sending`` counts as waiting."""
    found: Counter[DeliveryState] = Counter()
    arrived: Counter[Arrival] = Counter()
    for slot in slots:
        for tally in slot.tallies:
            waits = tally.state is DeliveryState.SENDING
            found[DeliveryState.WAITING if waits else tally.state] += tally.rows
            if tally.arrival is not None:
                arrived[tally.arrival] += tally.rows
    states, arrivals = figures.split(found), figures.split(arrived)
    shown: list[tuple[DeliveryState | Arrival, Shown]] = []
    for state in _SHOWN:
        if found[state]:
            shown.append((state, states[state]))
        if state is DeliveryState.SENT:
            shown += told(arrivals)
    return shown


def rows(slots: Iterable[SlotView]) -> list[Row]:
    """A line for the places that do the same, the one of most people first."""
    found: dict[object, list[SlotView]] = {}
    for slot in slots:
        at = slot.due.replace(tzinfo=None) if slot.due else None
        key = slot.audience.label, at, slot.reason, slot.planned, slot.missed
        found.setdefault(key, []).append(slot)
    made = [
        Row(
            audience=held[0].audience.label,
            places=[one.place for one in held],
            first=held[0],
            slots=held,
        )
        for held in found.values()
    ]
    return sorted(made, key=lambda row: (row.audience, -_people(row.slots), -len(row.slots)))


def _people(slots: Iterable[SlotView]) -> int:
    return sum(slot.count() if slot.planned else slot.reachable for slot in slots)


def people_of(row: Row, figures: Figures) -> Shown:
    """How many it reaches or reached; of a service's SMS nobody is told."""
    if is_kept_back(row.first):
        return Veil.HIDDEN
    return figures.of(_people(row.slots))


def is_kept_back(slot: SlotView) -> bool:
    """Who of a service agreed to SMS is for no colleague."""
    return slot.channel == SMS.name and slot.audience.is_service


def reasons(
    slots: Iterable[SlotView], figures: Figures
) -> list[tuple[str, str, DeliveryState, str, Shown]]:
    """(channel, audience, state, reason, people) of those who got nothing."""
    ended = (DeliveryState.LEFT_OUT, DeliveryState.FAILED)
    labels = {slot.audience.source: slot.audience.label for slot in slots if not is_kept_back(slot)}
    found: dict[tuple[str, str], Counter[tuple[DeliveryState, str]]] = {}
    for slot in slots:
        label = slot.audience.label
        if is_kept_back(slot):
            label = labels.get(slot.audience.source, slot.audience.source)
        for tally in slot.tallies:
            if tally.state in ended:
                parts = found.setdefault((slot.channel, label), Counter())
                parts[tally.state, tally.reason] += tally.rows
    return [
        (channel, label, state, reason, rows)
        for (channel, label), parts in sorted(found.items())
        for (state, reason), rows in sorted(figures.split(parts).items())
    ]


def _line(channel: str, slots: Sequence[SlotView], figures: Figures) -> ChannelLine:
    people: Counter[str] = Counter()
    for slot in slots:
        if not is_kept_back(slot):
            people[slot.audience.label] += slot.count() if slot.planned else slot.reachable
    return ChannelLine(
        channel=channel,
        moments=_moments(slots),
        audiences=sorted(figures.split(people).items()),
        people=figures.of(people.total()),
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
