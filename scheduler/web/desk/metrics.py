"""/metrics: figures in Prometheus' text format 0.0.4, never a person.

https://prometheus.io/docs/instrumenting/exposition_formats/

Labels are states, channels and kinds of alarms: a few dozen, however large the ledger. What
tells who got nothing goes by ``domain.showing.small_numbers``: 5 stands for one to nine.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, current_gauges
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.gauges import Gauges
from scheduler.domain.showing.small_numbers import Figures, figures_for, gauge

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class MetricsPage:
    def __init__(
        self, current: Callable[[], App], looked_at: Callable[[], datetime | None]
    ) -> None:
        """``looked_at``: when the daemon last looked at the calendar; None: not yet."""
        self._current = current
        self._looked_at = looked_at

    async def show(self, _request: Request) -> Response:
        app = self._current()
        found = await current_gauges(app)
        looked = self._looked_at()
        age = None if looked is None else (app.clock() - looked).total_seconds()
        channels = tuple(app.configuration.settings.channels.every)
        figures = figures_for(invented=await app.ledger.people_are_invented())
        body = "".join(exposition(found, channels, age, figures))
        return Response(body, media_type=MEDIA_TYPE)


def exposition(
    found: Gauges, channels: tuple[str, ...], age: float | None, figures: Figures
) -> Iterator[str]:
    """Each channel and state has its figure, nought included: what vanishes can't be watched."""
    yield from _gauge(
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
        yield from _gauge(f"reflexe_{name}", told, "channel", every)
    yield from _gauge("reflexe_alarms_open", "Alarms that need a person.", "kind", found.alarms)
    yield from _head("reflexe_opt_outs_24h", "What people refused in the last 24 hours.")
    yield f"reflexe_opt_outs_24h {gauge(figures.of(found.opt_outs))}\n"
    yield from _head("reflexe_replicas", "Replicas that give signs of life; 0 on SQLite.")
    yield f"reflexe_replicas {found.replicas}\n"
    yield from _ledger(found, figures)
    if age is not None:
        yield from _head("reflexe_last_look_age_seconds", "Since the last look at the calendar.")
        yield f"reflexe_last_look_age_seconds {age:.1f}\n"


def _ledger(found: Gauges, figures: Figures) -> Iterator[str]:
    """How often one person's acts were written is a small figure too."""
    times = {name: spent.times for name, spent in found.spent.items()}
    seconds = {name: round(spent.seconds, 4) for name, spent in found.spent.items()}
    name = "reflexe_ledger_transactions"
    yield from _counter(
        f"{name}_total", "Transactions of this process, by name.", _shown(times, figures)
    )
    yield from _counter(f"{name}_seconds_total", "What they took, waits included.", seconds)


def _shown(counts: Mapping[str, int], figures: Figures) -> dict[str, int]:
    return {name: gauge(figures.of(count)) for name, count in counts.items()}


def _gauge(name: str, told: str, label: str, figures: Mapping[str, int]) -> Iterator[str]:
    yield from _head(name, told)
    for value, figure in figures.items():
        yield f'{name}{{{label}="{value.translate(_ESCAPES)}"}} {figure}\n'


def _counter(name: str, told: str, figures: Mapping[str, float]) -> Iterator[str]:
    yield from _head(name, told, "counter")
    for value, figure in figures.items():
        yield f'{name}{{name="{value.translate(_ESCAPES)}"}} {figure}\n'


def _head(name: str, told: str, kind: str = "gauge") -> Iterator[str]:
    yield f"# HELP {name} {told}\n# TYPE {name} {kind}\n"
