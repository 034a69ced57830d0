"""Notices that the machine's clock was put back, and lets go on what it had dated ahead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from scheduler.bootstrap import Ledger
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.processes import clock
from scheduler.log import get_logger

log = get_logger(__name__)


class ClockWatch:
    """Compares the clock of the wall with one that nobody can set."""

    def __init__(self, ticking: Callable[[], float] = monotonic) -> None:
        """``ticking``: seconds that only ever go forward."""
        self._ticking = ticking
        self._seen: tuple[datetime, float] | None = None
        #: Noticed, and not told the ledger yet.
        self._back = timedelta(0)

    async def start(self, ledger: Ledger, now: datetime) -> None:
        """What an earlier process may have dated ahead, before anything is sent."""
        last = await ledger.last_look(now)
        self._seen = (now, self._ticking())
        self._back = clock.found_back(last.at if last else None, now)
        await self._let_go_on(ledger, now)

    async def look(self, ledger: Ledger, now: datetime) -> None:
        """At each look, before anything else; a look that fails is made up for by the next one."""
        ticks = self._ticking()
        if self._seen is not None:
            before, then = self._seen
            self._back += clock.set_back(before, timedelta(seconds=ticks - then), now)
        self._seen = (now, ticks)
        if self._back:
            await self._let_go_on(ledger, now)

    async def _let_go_on(self, ledger: Ledger, now: datetime) -> None:
        moved = await ledger.make_ready(self._back, now)
        if self._back or moved:
            said = clock.words(self._back, now)
            await ledger.raise_alarm(AlarmKind.CLOCK_SET_BACK, "daemon", said, now)
            log.warning("clock.set_back", detail=said, deliveries=moved)
        self._back = timedelta(0)
