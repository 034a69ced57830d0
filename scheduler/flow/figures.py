"""Counts put together as a reader wants them: one line an audience, channel and territory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scheduler.domain.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.prices import euros
from scheduler.domain.report import Count


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

    @property
    def planned(self) -> int:
        return sum(self.states.values())

    def of(self, state: DeliveryState) -> int:
        return self.states.get(state, 0)

    @property
    def euros(self) -> Decimal:
        return euros(self.cost)


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


def as_figures(counts: Iterable[Count]) -> list[dict[str, Any]]:
    """JSON-ready; euros as decimal strings."""
    return [
        {
            "occurrence": line.occurrence,
            "audience": line.audience,
            "channel": line.channel,
            "territory": line.territory,
            "planned": line.planned,
            "sent": line.of(DeliveryState.SENT),
            **{one.value: line.arrivals.get(one, 0) for one in Arrival},
            "left_out": sum(line.left_out.values()),
            "left_out_by_reason": dict(sorted(line.left_out.items())),
            "failed": line.of(DeliveryState.FAILED),
            "uncertain": line.of(DeliveryState.UNCERTAIN),
            "cancelled": line.of(DeliveryState.CANCELLED),
            "waiting": line.of(DeliveryState.WAITING),
            "segments": line.segments,
            "cost_euros": f"{line.euros:.4f}",
        }
        for line in lines_of(counts)
    ]
