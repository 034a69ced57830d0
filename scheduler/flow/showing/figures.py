"""Counts put together as a reader wants them: one line an audience, channel and territory."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import ContentId
from scheduler.domain.measure.prices import euros
from scheduler.domain.showing.report import Count, ReceivedText
from scheduler.domain.showing.small_numbers import Figures, Shown, Veil, veiled
from scheduler.domain.values import frozen


@dataclass(kw_only=True, slots=True)
class Line:
    """planned = sent + left out + failed + uncertain + cancelled + waiting;
    sent = delivered + undelivered + unknown."""

    occurrence: str
    audience: str
    channel: str
    territory: str
    states: dict[DeliveryState, int] = field(default_factory=dict)
    #: Reason -> how many were left out for it.
    left_out: dict[str, int] = field(default_factory=dict)
    #: Of what is sent: what was learnt later.
    arrivals: dict[Arrival, int] = field(default_factory=dict)
    segments: int = 0
    cost: int = 0
    #: Its figures aren't told (``Count.kept_back``).
    kept_back: bool = False

    @property
    def planned(self) -> int:
        return sum(self.states.values())

    def of(self, state: DeliveryState) -> int:
        return self.states.get(state, 0)

    @property
    def euros(self) -> Decimal:
        return euros(self.cost)


#: A part of what was planned: a state, and why where it was left out.
Part = tuple[DeliveryState, str]


@frozen
class ShownLine:
    """A line as a colleague may read it."""

    line: Line
    planned: Shown
    states: Mapping[DeliveryState, Shown]
    left_out: Shown
    reasons: Mapping[str, Shown]
    arrivals: Mapping[Arrival, Shown]
    segments: Shown
    #: In ten-thousandths of a euro.
    cost: Shown

    def of(self, state: DeliveryState) -> Shown:
        return self.states.get(state, 0)


def shown_lines(lines: Iterable[Line], figures: Figures) -> list[ShownLine]:
    return [_shown(line, figures) for line in lines]


def _shown(line: Line, figures: Figures) -> ShownLine:
    parts: dict[Part, int] = {
        (state, ""): rows
        for state, rows in line.states.items()
        if state is not DeliveryState.LEFT_OUT
    }
    parts |= {(DeliveryState.LEFT_OUT, why): rows for why, rows in line.left_out.items()}
    if line.kept_back and not figures.exact:
        return _kept_back(line)
    whole, left = figures.whole(parts), figures.whole(line.left_out)
    sent = line.of(DeliveryState.SENT)
    return ShownLine(
        line=line,
        planned=whole.total,
        states={state: rows for (state, why), rows in whole.parts.items() if not why},
        left_out=left.total,
        reasons=left.parts,
        arrivals=figures.split(line.arrivals),
        segments=veiled(line.segments, sent, figures),
        cost=veiled(line.cost, sent, figures),
    )


def _kept_back(line: Line) -> ShownLine:
    """Nothing but which states and reasons there are."""
    return ShownLine(
        line=line,
        planned=Veil.HIDDEN,
        states=dict.fromkeys(
            (state for state in line.states if state is not DeliveryState.LEFT_OUT), Veil.HIDDEN
        ),
        left_out=Veil.HIDDEN,
        reasons=dict.fromkeys(line.left_out, Veil.HIDDEN),
        arrivals=dict.fromkeys(line.arrivals, Veil.HIDDEN),
        segments=Veil.HIDDEN,
        cost=Veil.HIDDEN,
    )


def sent_of_texts(
    texts: Iterable[ReceivedText], audiences: Mapping[str, Audience], figures: Figures
) -> dict[ContentId, Shown]:
    """How many got each text, of those of one audience on one channel; an SMS to a service is
    told of nobody, but by exact figures."""
    groups: dict[tuple[str, str], dict[ContentId, int]] = {}
    for one in texts:
        groups.setdefault((one.audience, one.channel), {})[one.content_id] = one.sent
    found: dict[ContentId, Shown] = {}
    for (name, channel), sent in groups.items():
        if channel == SMS.name and _is_service(name, audiences) and not figures.exact:
            found |= dict.fromkeys(sent, Veil.HIDDEN)
        else:
            found |= figures.split(sent)
    return found


def whole_source(counts: Iterable[Count], audiences: Mapping[str, Audience]) -> Iterator[Count]:
    """Who of a service agreed to SMS is for no colleague: the staff's SMS are counted by source,
    never by an audience that a rule selects; in a territory where the source itself got none, they
    aren't told."""
    found = list(counts)
    whole = {
        (one.occurrence, one.audience, one.territory)
        for one in found
        if one.channel == SMS.name and not _is_service(one.audience, audiences)
    }
    for count in found:
        name = counted_as(count.audience, count.channel, audiences)
        if name == count.audience:
            yield count
        else:
            hidden = (count.occurrence, name, count.territory) not in whole
            yield replace(count, audience=name, kept_back=hidden)


def counted_as(name: str, channel: str, audiences: Mapping[str, Audience]) -> str:
    """The audience that an audience's people are counted with on a channel."""
    if channel == SMS.name and _is_service(name, audiences):
        return _source_of(audiences[name], audiences)
    return name


def is_told_apart(parts: Iterable[tuple[str, Hashable, bool]]) -> bool:
    """Whether it may be told how many get it when and where on one channel: (hour, place, whether
    it is a service that is counted with all the staff) of each part. Not where a service would be
    what is left of them at another hour, or is alone in a place."""
    found = list(parts)
    services = {place for _, place, is_service in found if is_service}
    others = {place for _, place, is_service in found if not is_service}
    return not services or (len({hour for hour, *_ in found}) == 1 and services <= others)


def _is_service(name: str, audiences: Mapping[str, Audience]) -> bool:
    audience = audiences.get(name)
    return audience is not None and audience.is_service


def _source_of(audience: Audience, audiences: Mapping[str, Audience]) -> str:
    mine = (one for one in audiences.values() if one.is_source and one.source == audience.source)
    return next((one.name for one in mine), audience.source)


def lines_of(counts: Iterable[Count]) -> list[Line]:
    """In the order of the counts."""
    lines: dict[tuple[str, str, str, str], Line] = {}
    for count in counts:
        key = (count.occurrence, count.audience, count.channel, count.territory)
        line = lines.setdefault(
            key,
            Line(
                occurrence=count.occurrence,
                audience=count.audience,
                channel=count.channel,
                territory=count.territory,
                kept_back=count.kept_back,
            ),
        )
        line.states[count.state] = line.of(count.state) + count.rows
        if count.state is DeliveryState.LEFT_OUT:
            line.left_out[count.reason] = line.left_out.get(count.reason, 0) + count.rows
        if count.arrival is not None:
            line.arrivals[count.arrival] = line.arrivals.get(count.arrival, 0) + count.rows
        line.segments += count.segments
        line.cost += count.cost
    return list(lines.values())


def as_figures(counts: Iterable[Count], figures: Figures) -> list[dict[str, Any]]:
    """JSON-ready; euros as decimal strings. A figure that isn't shown is ``"<10"`` or
    ``"hidden"``."""
    return [_as_json(one) for one in shown_lines(lines_of(counts), figures)]


def _as_json(one: ShownLine) -> dict[str, Any]:
    line = one.line
    return {
        "occurrence": line.occurrence,
        "audience": line.audience,
        "channel": line.channel,
        "territory": line.territory,
        "planned": one.planned,
        "sent": one.of(DeliveryState.SENT),
        **{arrival.value: one.arrivals.get(arrival, 0) for arrival in Arrival},
        "left_out": one.left_out,
        "left_out_by_reason": dict(sorted(one.reasons.items())),
        "failed": one.of(DeliveryState.FAILED),
        "uncertain": one.of(DeliveryState.UNCERTAIN),
        "cancelled": one.of(DeliveryState.CANCELLED),
        "waiting": one.of(DeliveryState.WAITING),
        "segments": one.segments,
        "cost_euros": one.cost if isinstance(one.cost, Veil) else f"{euros(one.cost):.4f}",
    }
