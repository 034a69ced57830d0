"""What a sending by hand would come to, as the page shows it before anybody says yes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.measure.prices import Prices, euros
from scheduler.domain.showing.small_numbers import EXACT, Figures, Shown, Veil, gauge
from scheduler.domain.values import frozen
from scheduler.domain.words.reasons import short
from scheduler.flow.showing.figures import counted_as, is_told_apart
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk import texts
from scheduler.web.desk.french import NO_BREAK, moment
from scheduler.web.desk.words import territory


@frozen
class GroupView:
    """An audience on a channel."""

    audience: str
    channel: str
    #: None: they aren't counted yet.
    to_send: Shown | None
    #: Why somebody is left out, and how many.
    left_out: Sequence[tuple[str, Shown]]


@frozen
class MomentView:
    """Who gets it at once on a channel, or when their clocks show the same."""

    channel: str
    #: Empty: all that it goes to on this channel.
    audiences: Sequence[str]
    when: str
    #: Each territory once, with how many there; None: not told, or not counted yet.
    places: Sequence[tuple[str, Shown | None]]


@frozen
class LeavingView:
    groups: Sequence[GroupView]
    moments: Sequence[MomentView]


def leaving(
    found: Forecast, audiences: Mapping[str, Audience], figures: Figures, now: datetime
) -> LeavingView:
    """To whom it goes, when and where."""
    apart: dict[tuple[str, str], list[SlotForecast]] = {}
    for one in found.slots:
        name = counted_as(one.audience, one.channel, audiences)
        apart.setdefault((name, one.channel), []).append(one)
    parts = [
        _Part(
            channel=channel,
            audience=_label(name, audiences),
            when=_when(one.due_at, one.reason, one.place, now),
            place=territory(one.place.territory),
            people=one.to_send,
            of_service=one.audience != name,
        )
        for (name, channel), slots in apart.items()
        for one in slots
        if one.to_send
    ]
    return LeavingView(
        groups=[
            _group(name, _label(name, audiences), some, figures)
            for (name, _), some in apart.items()
        ],
        moments=_moments(parts, figures),
    )


def outline(
    planned: Sequence[Planned], audiences: Mapping[str, Audience], now: datetime
) -> LeavingView:
    """The same before anybody is counted."""
    parts = [
        _Part(
            channel=one.channel,
            audience=audiences[one.audience].label,
            when=_when(one.slot.due_at, one.slot.reason, one.place, now),
            place=territory(one.place.territory),
            people=None,
        )
        for one in planned
    ]
    known = dict.fromkeys((one.audience, one.channel) for one in parts)
    return LeavingView(
        groups=[
            GroupView(audience=audience, channel=channel, to_send=None, left_out=())
            for audience, channel in known
        ],
        moments=_moments(parts, EXACT),
    )


def cost(found: Forecast, prices: Prices, figures: Figures) -> str:
    """``environ 68,71 €``; empty: it costs nothing."""
    if not found.segments:
        return ""
    amount = euros(prices.cost("", gauge(figures.of(found.segments))))
    about = "" if figures.exact and not prices.by_prefix else "environ "
    return f"{about}{amount:.2f}{NO_BREAK}€".replace(".", ",")


def _label(name: str, audiences: Mapping[str, Audience]) -> str:
    return audiences[name].label if name in audiences else name


def _group(name: str, label: str, slots: Sequence[SlotForecast], figures: Figures) -> GroupView:
    # Who of a service agreed to SMS is for no colleague: its people are told with all the staff.
    hidden = not figures.exact and all(one.audience != name for one in slots)
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
    )


@frozen
class _Part:
    """A slot, as it is told."""

    channel: str
    audience: str
    when: str
    place: str
    #: None: they aren't counted yet.
    people: int | None
    #: They are told with all the staff alone.
    of_service: bool = False


def _moments(parts: Sequence[_Part], figures: Figures) -> list[MomentView]:
    """A territory of several zones (Polynésie française) is one, whose clocks show the same; so
    are two audiences that get it there on one channel."""
    everybody: dict[str, dict[str, None]] = {}
    found: dict[tuple[str, str], list[_Part]] = {}
    for one in parts:
        everybody.setdefault(one.channel, {})[one.audience] = None
        found.setdefault((one.channel, one.when), []).append(one)
    return [
        MomentView(
            channel=channel,
            audiences=_some_of(everybody[channel], some),
            when=when,
            places=_places(some, figures, told=figures.exact or _is_told(parts, channel)),
        )
        for (channel, when), some in found.items()
    ]


def _some_of(everybody: Mapping[str, None], some: Sequence[_Part]) -> Sequence[str]:
    whom = list(dict.fromkeys(one.audience for one in some))
    return () if len(whom) == len(everybody) else whom


def _is_told(parts: Sequence[_Part], channel: str) -> bool:
    return is_told_apart(
        (one.when, one.place, one.of_service) for one in parts if one.channel == channel
    )


def _places(
    some: Sequence[_Part], figures: Figures, *, told: bool
) -> list[tuple[str, Shown | None]]:
    people: Counter[str] = Counter()
    for one in some:
        people[one.place] += one.people or 0
    if not told or any(one.people is None for one in some):
        return [(name, None) for name in people]
    return [*figures.split(people).items()]


def _when(due_at: datetime | None, reason: str, place: Place, now: datetime) -> str:
    """The same words for all who get it at once, and for all whose clock shows the same."""
    if due_at is None:
        return f"{texts.NEVER} ({reason})"
    if due_at <= now:
        return texts.AT_ONCE
    return f"{moment(due_at.astimezone(ZoneInfo(place.zone)))}, {texts.ON_THEIR_CLOCK}"
