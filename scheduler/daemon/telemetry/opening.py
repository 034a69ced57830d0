"""Whether telemetry is asked for and can be had; only then is OpenTelemetry loaded."""

from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec
from random import SystemRandom
from time import time_ns
from typing import TYPE_CHECKING

from scheduler.bootstrap import App
from scheduler.config.settings import Settings
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.showing.traced import Traces

if TYPE_CHECKING:
    from scheduler.daemon.telemetry.exporting import Telemetry

_PARTS = ("opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


def need_telemetry_parts(settings: Settings) -> None:
    """Raises ConfigError where it is asked for and the extra isn't installed."""
    if settings.telemetry.otlp is None or all(_is_there(one) for one in _PARTS):
        return
    fault = Fault(
        where="config.yaml",
        key="telemetry.otlp",
        what="telemetry needs parts that aren't installed",
        remedy="pip install 'reflexe[otel]', or take the key away",
    )
    raise ConfigError([fault])


def telemetry_of(
    current: Callable[[], App], looked_at: Callable[[], datetime | None]
) -> "Telemetry | None":
    """Begun: spans are kept from now on. None where nobody asked for it."""
    app = current()
    settings = app.configuration.settings.telemetry
    if settings.otlp is None:
        return None
    need_telemetry_parts(app.configuration.settings)
    from scheduler.daemon.telemetry.exporting import Telemetry
    from scheduler.daemon.telemetry.receiver import Receiver

    traces = Traces(settings.share, SystemRandom().random, time_ns)
    app.ledger.database.counted.traces = traces
    receiver = Receiver(settings.otlp)
    return Telemetry(current=current, looked_at=looked_at, receiver=receiver, traces=traces)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        # A part of it may be there without the rest; a test takes one away by None.
        return False
