"""Each minute the figures and the spans go out, beside everything else.

Whatever the receiver does, nothing waits for it: it is told in a thread of its own, spans wait in
a queue that has an end, and what it doesn't take is dropped, with one line in the log.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from prometheus_client import Metric as Family

from scheduler.bootstrap import App
from scheduler.bootstrap.own_thread import in_own_thread
from scheduler.domain.showing.small_numbers import Figures, figures_for
from scheduler.domain.showing.traced import Traced, Traces
from scheduler.log import get_logger
from scheduler.web.desk.metrics import current_families, with_process

log = get_logger(__name__)

#: Seconds after which a receiver that has neither answered nor failed is waited for no longer.
LONGEST = 30.0
#: Seconds of a stop in which the last figures may still be told.
LAST = 3.0


class Told(Protocol):
    """The receiver: each call blocks, and says why it failed, or nothing."""

    def tell_figures(self, families: Sequence[Family]) -> str: ...
    def tell_spans(
        self, traced: Sequence[Traced], times: Mapping[str, int], figures: Figures
    ) -> str: ...
    def close(self) -> None: ...


@dataclass(kw_only=True)
class Telemetry:
    """Of one daemon. ``look`` never raises what the receiver did, nor waits without an end."""

    current: Callable[[], App]
    looked_at: Callable[[], datetime | None]
    receiver: Told
    traces: Traces
    subject: str = "telemetry"
    every: timedelta = timedelta(minutes=1)
    _telling: Lock = field(default_factory=Lock)
    #: What the receiver didn't take the last time.
    _away: set[str] = field(default_factory=set)

    async def look(self, now: datetime) -> None:
        """The figures of this moment, and the spans since the last look."""
        if self._telling.locked():
            # It has neither answered nor failed since the last time.
            self._note("figures", "no answer")
            return
        await self._tell()

    async def _tell(self) -> None:
        app = self.current()
        shown = await current_families(app, self.looked_at())
        families = [*with_process(shown).collect()]
        spent = app.ledger.database.spending.so_far()
        times = {name: one.times for name, one in spent.items()}
        figures = figures_for(invented=await app.ledger.people_are_invented())

        def tell() -> dict[str, str]:
            with self._telling:
                found = {"figures": self.receiver.tell_figures(families)}
                # While it takes none, spans wait, and the oldest make room.
                if not found["figures"] and (traced := self.traces.take()):
                    found["spans"] = self.receiver.tell_spans(traced, times, figures)
                return found

        try:
            found = await asyncio.wait_for(in_own_thread(tell), LONGEST)
        except TimeoutError:
            found = {"figures": "no answer"}
        for what, reason in found.items():
            self._note(what, reason)

    async def close(self) -> None:
        """A last time, if the receiver takes it soon, and took the time before; then no more."""
        try:
            if "figures" not in self._away:
                # After one that the stop cut short and that is still telling.
                await asyncio.wait_for(self._tell(), LAST)
        except Exception as failed:
            # The ledger or the receiver is away, or slow.
            log.info("telemetry.last_untold", reason=type(failed).__name__)
        self.current().ledger.database.counted.traces = None
        self.receiver.close()

    def _note(self, what: str, reason: str) -> None:
        """One line when it turns, none while it stays so."""
        if reason and what not in self._away:
            self._away.add(what)
            log.warning(
                "telemetry.away",
                what=what,
                reason=reason,
                remedy="nothing else waits for it: what it doesn't take is dropped",
            )
        elif not reason and what in self._away:
            self._away.discard(what)
            log.info("telemetry.back", what=what)
