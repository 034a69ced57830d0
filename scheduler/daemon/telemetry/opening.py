"""Whether telemetry is asked for and can be had; only then is OpenTelemetry loaded."""

from collections.abc import Callable
from datetime import datetime
from random import SystemRandom
from time import time_ns
from typing import TYPE_CHECKING

from scheduler.bootstrap import App, need_parts
from scheduler.domain.showing.traced import Traces

if TYPE_CHECKING:
    from scheduler.daemon.telemetry.exporting import Telemetry


def telemetry_of(
    current: Callable[[], App], looked_at: Callable[[], datetime | None]
) -> "Telemetry | None":
    """Begun: spans are kept from now on. None where nobody asked for it."""
    app = current()
    settings = app.configuration.settings.telemetry
    if settings.otlp is None:
        return None
    need_parts(app.configuration.settings)
    from scheduler.daemon.telemetry.exporting import Telemetry
    from scheduler.daemon.telemetry.receiver import Receiver

    traces = Traces(settings.share, SystemRandom().random, time_ns)
    app.ledger.database.counted.traces = traces
    receiver = Receiver(settings.otlp)
    return Telemetry(current=current, looked_at=looked_at, receiver=receiver, traces=traces)
