"""What a sending by hand would come to, as the page shows it before anybody says yes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.measure.prices import Prices, euros
from scheduler.domain.showing.small_numbers import Figures, Shown, Veil, gauge
from scheduler.domain.words.reasons import short
from scheduler.flow.showing.figures import counted_as
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk import texts
from scheduler.web.desk.french import NO_BREAK, moment
from scheduler.web.desk.words import territory


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """An audience on a channel."""

    audience: str
    channel: str
    #: None: they aren't counted yet.
    to_send: Shown | None
    #: Why somebody is left out, and how many.
    left_out: Sequence[tuple[str, Shown]]
    #: When, and how many where.
    moments: Sequence[tuple[str, Sequence[tuple[str, Shown | None]]]]


def groups(
    found: Forecast, audiences: Mapping[str, Audience], figures: Figures, now: datetime
) -> list[GroupView]:
    apart: dict[tuple[str, str], list[SlotForecast]] = {}
    for one in found.slots:
        name = counted_as(one.audience, one.channel, audiences)
        apart.setdefault((name, one.channel), []).append(one)
    return [
        _group(name, audiences[name].label if name in audiences else name, some, figures, now)
        for (name, _), some in apart.items()
    ]


def outlines(
    planned: Sequence[Planned], audiences: Mapping[str, Audience], now: datetime
) -> list[GroupView]:
    """To whom and when, before anybody is counted."""
    apart: dict[tuple[str, str], list[Planned]] = {}
    for one in planned:
        apart.setdefault((one.audience, one.channel), []).append(one)
    return [
        GroupView(
            audience=audiences[name].label,
            channel=channel,
            to_send=None,
            left_out=(),
            moments=_outline(some, now),
        )
        for (name, channel), some in apart.items()
    ]


def _outline(some: Sequence[Planned], now: datetime) -> list[tuple[str, list[tuple[str, None]]]]:
    found: dict[str, dict[str, None]] = {}
    for one in some:
        when = _when(one.slot.due_at, one.slot.reason, one.place, now)
        found.setdefault(when, {})[territory(one.place.territory)] = None
    return [(when, [*where.items()]) for when, where in found.items()]


def cost(found: Forecast, prices: Prices, figures: Figures) -> str:
    """``environ 68,71 €``; empty: it costs nothing."""
    if not found.segments:
        return ""
    amount = euros(prices.cost("", gauge(figures.of(found.segments))))
    about = "" if figures.exact and not prices.by_prefix else "environ "
    return f"{about}{amount:.2f}{NO_BREAK}€".replace(".", ",")


def _group(
    name: str, label: str, slots: Sequence[SlotForecast], figures: Figures, now: datetime
) -> GroupView:
    # Who of a service agreed to SMS is for no colleague: its people are told with all the staff.
    hidden = all(one.audience != name for one in slots)
    left: Counter[str] = Counter()
    for one in slots:
        left.update(one.left_out)
    # In the order of what is shown: that of their counts would say which of two is the smaller.
    parts = figures.whole(dict(sorted(left.items()))).parts
    shown = sorted(parts.items(), key=lambda one: -gauge(one[1]))
    return GroupView(
        audience=label,
        channel=slots[0].channel,
        to_send=Veil.HIDDEN if hidden else figures.of(sum(one.to_send for one in slots)),
        left_out=() if hidden else [(short(reason), count) for reason, count in shown],
        moments=[*_moments(slots, figures, now, hidden=hidden)],
    )


def _moments(
    slots: Sequence[SlotForecast], figures: Figures, now: datetime, *, hidden: bool
) -> Iterator[tuple[str, list[tuple[str, Shown | None]]]]:
    # A territory of several zones (Polynésie française) is one, whose clocks show the same.
    found: dict[str, Counter[str]] = {}
    for one in slots:
        if one.to_send:
            where = territory(one.place.territory)
            when = _when(one.due_at, one.reason, one.place, now)
            found.setdefault(when, Counter())[where] += one.to_send
    for when, some in found.items():
        split = {} if hidden else figures.split(some)
        yield when, [*split.items()]


def _when(due_at: datetime | None, reason: str, place: Place, now: datetime) -> str:
    """The same words for all who get it at once, and for all whose clock shows the same."""
    if due_at is None:
        return f"{texts.NEVER} ({reason})"
    if due_at <= now:
        return texts.AT_ONCE
    return f"{moment(due_at.astimezone(ZoneInfo(place.zone)))}, {texts.ON_THEIR_CLOCK}"
