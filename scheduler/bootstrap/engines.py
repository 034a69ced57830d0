"""Who works the batches: this process alone, or replicas by a queue."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from scheduler.bootstrap.app import App
from scheduler.bootstrap.senders import lanes_of
from scheduler.config.settings import Settings
from scheduler.domain.provider import Provider
from scheduler.engine.local import LocalEngine, Report
from scheduler.flow.send import Sender
from scheduler.flow.watching.replicas import Sweep
from scheduler.store.sending.queue import conninfo

if TYPE_CHECKING:
    from scheduler.engine.queued import QueuedEngine

#: The second wants the extra `postgres`: it is loaded where there is such a ledger alone.
Engine: TypeAlias = "LocalEngine | QueuedEngine"


def make_engine(
    app: App,
    providers: Mapping[str, Provider],
    senders: Sequence[Sender],
    report: Report,
    *,
    every: float,
) -> Engine:
    """The embedded one on SQLite; on PostgreSQL the queue, which any number of replicas share.

    ``every``: seconds between two looks of the embedded one.
    """
    settings = app.configuration.settings
    if app.ledger.database.is_sqlite:
        return LocalEngine(senders, report, every=every)
    from scheduler.engine.queued import QueuedEngine

    app.ledger.limits = _limits(settings, providers)
    most = max(one.concurrency for one in providers.values())
    return QueuedEngine(conninfo(settings.database.url), senders, report, limited=max(1, most - 1))


def make_sweep(
    current: Callable[[], App], engine: Engine, providers: Mapping[str, Provider]
) -> Sweep | None:
    """What looks after the other replicas; None where there can be none."""
    if isinstance(engine, LocalEngine):
        return None
    app = current()
    wait = timedelta(minutes=app.configuration.settings.daemon.journal_wait_minutes)
    return Sweep(
        ledger=app.ledger,
        channels=list(providers),
        hours=lambda: current().agenda.hours,
        journal_wait=wait,
        forget_stalled=engine.forget_stalled,
    )


def _limits(settings: Settings, providers: Mapping[str, Provider]) -> dict[str, dict[str, int]]:
    return {
        channel: {
            lane.destination: lane.connections
            for lane in lanes_of(settings, channel)
            if lane.connections is not None
        }
        for channel in providers
    }
