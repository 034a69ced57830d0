"""From slots to what a page says in a line: a channel, its moment, whom it reaches."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from scheduler.domain.arrivals import Arrival, told
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.desk import OccurrenceView, SlotView

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
    audiences: Sequence[tuple[str, int]]
    #: (state, deliveries) of what is planned.
    states: Sequence[tuple[DeliveryState | Arrival, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of the year ahead."""

    first: date
    occurrences: Sequence[OccurrenceView]


def channel_lines(view: OccurrenceView) -> list[ChannelLine]:
    """A line for each channel of an occurrence."""
    by_channel = groupby(view.slots, key=lambda slot: slot.channel)
    return [_line(channel, list(slots)) for channel, slots in by_channel]


def months(views: Iterable[OccurrenceView], start: date) -> list[Month]:
    """The thirteen calendar months that hold the coming twelve, empty ones too."""
    firsts = [_month(start, ahead) for ahead in range(13)]
    found = {
        first: [view for view in views if view.date.replace(day=1) == first] for first in firsts
    }
    return [Month(first=first, occurrences=held) for first, held in found.items()]


def state_counts(slots: Iterable[SlotView]) -> list[tuple[DeliveryState | Arrival, int]]:
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
    shown: list[tuple[DeliveryState | Arrival, int]] = []
    for state in _SHOWN:
        if found[state]:
            shown.append((state, found[state]))
        if state is DeliveryState.SENT:
            shown += told(arrived)
    return shown


def reasons(slots: Iterable[SlotView]) -> list[tuple[SlotView, DeliveryState, str, int]]:
    """(a slot of the audience and channel, state, reason, people) of those who got nothing."""
    ended = (DeliveryState.LEFT_OUT, DeliveryState.FAILED)
    found: dict[tuple[str, str, DeliveryState, str], tuple[SlotView, int]] = {}
    for slot in slots:
        for tally in slot.tallies:
            if tally.state in ended:
                key = (slot.channel, slot.audience.name, tally.state, tally.reason)
                found[key] = (slot, found.get(key, (slot, 0))[1] + tally.rows)
    return [(slot, key[2], key[3], rows) for key, (slot, rows) in sorted(found.items(), key=_first)]


def _first(item: tuple[tuple[str, str, DeliveryState, str], object]) -> tuple[str, str, str, str]:
    return item[0]


def _line(channel: str, slots: Sequence[SlotView]) -> ChannelLine:
    people: Counter[str] = Counter()
    for slot in slots:
        people[slot.audience.label] += slot.count() if slot.planned else slot.reachable
    return ChannelLine(
        channel=channel,
        moments=_moments(slots),
        audiences=sorted(people.items()),
        states=state_counts(slots),
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
