"""What /metrics says: figures in Prometheus' text format 0.0.4, never a person.

https://prometheus.io/docs/instrumenting/exposition_formats/

Labels are states, channels, routes, reasons and kinds of alarms: a few dozen, however large the
ledger. What tells who got nothing, or who refused, goes by ``domain.showing.small_numbers``: 5
stands for one to nine.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from scheduler.bootstrap import App, current_gauges
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.counted import BOUNDS, Counted, Span, Tally
from scheduler.domain.showing.gauges import Gauges
from scheduler.domain.showing.small_numbers import Figures, figures_for, gauge


async def current_families(app: App, looked: datetime | None) -> list[Metric]:
    """The figures of this moment, as they may be shown."""
    found = await current_gauges(app)
    age = None if looked is None else (app.clock() - looked).total_seconds()
    channels = tuple(app.configuration.settings.channels.every)
    figures = figures_for(invented=await app.ledger.people_are_invented())
    counted = app.ledger.database.counted
    return [
        *gauge_families(found, channels, age, figures),
        *counted_families(counted, channels, figures),
    ]


class _Families(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def exposition(families: Iterable[Metric]) -> bytes:
    return generate_latest(with_process(families))


def with_process(families: Iterable[Metric]) -> CollectorRegistry:
    """These, and what the system says of this process (``process_…``)."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families([*families]))
    ProcessCollector(registry=registry)
    return registry


def gauge_families(
    found: Gauges, channels: tuple[str, ...], age: float | None, figures: Figures
) -> Iterator[Metric]:
    """Each channel and state has its figure, nought included: what vanishes can't be watched."""
    yield _gauge(
        "reflexe_deliveries",
        "Deliveries of the occurrences under way, by state.",
        "state",
        _shown({state.value: found.deliveries.get(state, 0) for state in DeliveryState}, figures),
    )
    for name, told, counts in (
        ("deliveries_overdue", "Messages waiting for too long, in open hours.", found.overdue),
        ("deliveries_uncertain", "Messages that may have left; nobody knows.", found.uncertain),
        ("deliveries_sent_1h", "Messages sent in the last hour.", _shown(found.sent, figures)),
        ("lanes_resting", "Lanes that rest after failures (open breakers).", found.resting),
    ):
        every = {channel: counts.get(channel, 0) for channel in channels}
        yield _gauge(f"reflexe_{name}", told, "channel", every)
    yield _gauge("reflexe_alarms_open", "Alarms that need a person.", "kind", found.alarms)
    yield GaugeMetricFamily(
        "reflexe_opt_outs_24h",
        "What people refused in the last 24 hours.",
        value=gauge(figures.of(found.opt_outs)),
    )
    yield GaugeMetricFamily(
        "reflexe_replicas", "Replicas that give signs of life; 0 on SQLite.", value=found.replicas
    )
    yield from _ledger(found, figures)
    if age is not None:
        yield GaugeMetricFamily(
            "reflexe_last_look_age_seconds",
            "Since the last look at the calendar.",
            value=round(age, 1),
        )


def counted_families(
    counted: Counted, channels: tuple[str, ...], figures: Figures
) -> Iterator[Metric]:
    """What this process has done since its start."""
    for tally, told, labels in (
        (Tally.SENDS, "Tries of this process to send, by what became of them.", _SENDS),
        (Tally.OPT_OUTS, "What people refused, written by this process, by route.", ["route"]),
        (Tally.BOUNCES, "Reports that came back and are proven ours.", ["kind", "reason"]),
    ):
        name = f"reflexe_{tally.value.replace('-', '_')}"
        counter = CounterMetricFamily(name, told, labels=labels)
        for words, count in _all_of(tally, counted, channels).items():
            counter.add_metric(words, gauge(figures.of(count)))
        yield counter
    for span, told, label in (
        (Span.HAND_OVER, "From taking a message to its provider's answer.", "channel"),
        (Span.LEDGER, "Transactions on the ledger, waits included.", "kind"),
    ):
        name = f"reflexe_{span.value.replace('-', '_')}_seconds"
        yield _histogram(name, told, label, span, counted, figures)


_SENDS = ["channel", "outcome"]
_OUTCOMES = ("sent", "failed", "uncertain", "again")


def _all_of(
    tally: Tally, counted: Counted, channels: tuple[str, ...]
) -> Mapping[tuple[str, ...], int]:
    """Those of the channels are there from the start: the first of a kind is seen to be one."""
    if tally is not Tally.SENDS:
        return counted.counts(tally)
    every: dict[tuple[str, ...], int] = {
        (channel, outcome): 0 for channel in channels for outcome in _OUTCOMES
    }
    return {**every, **counted.counts(tally)}


def _histogram(
    name: str, told: str, label: str, span: Span, counted: Counted, figures: Figures
) -> Metric:
    """How many there were is a small figure like another: each step goes by the same rule."""
    family = HistogramMetricFamily(name, told, labels=[label])
    ends = [*(f"{bound:g}" for bound in BOUNDS[span]), "+Inf"]
    for word, times in counted.times(span).items():
        steps = [float(gauge(figures.of(count))) for count in times.at_most]
        buckets = [*zip(ends, steps, strict=True)]
        seconds = times.seconds if figures.exact else times.told_seconds
        family.add_metric([word], buckets, sum_value=round(seconds, 4))
    return family


def _ledger(found: Gauges, figures: Figures) -> Iterator[Metric]:
    """How often one person's acts were written is a small figure too, and what they took would
    count them: it goes by the same steps."""
    times = {name: spent.times for name, spent in found.spent.items()}
    seconds = {
        name: round(spent.seconds if figures.exact else spent.told_seconds, 4)
        for name, spent in found.spent.items()
    }
    name = "reflexe_ledger_transactions"
    yield _counter(name, "Transactions of this process, by name.", _shown(times, figures))
    yield _counter(f"{name}_seconds", "What they took, waits included.", seconds)


def _shown(counts: Mapping[str, int], figures: Figures) -> dict[str, int]:
    return {name: gauge(figures.of(count)) for name, count in counts.items()}


def _gauge(name: str, told: str, label: str, figures: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=[label])
    for value, figure in figures.items():
        family.add_metric([value], figure)
    return family


def _counter(name: str, told: str, figures: Mapping[str, float]) -> Metric:
    family = CounterMetricFamily(name, told, labels=["name"])
    for value, figure in figures.items():
        family.add_metric([value], figure)
    return family
