"""The alarm clock: APScheduler, holding one job that says "look again".

It holds no campaign: clock changes fall on Sundays, where triggers skip or fire twice, and what is
due is the ledger's to say (docs/adr/0001). Its sleep is capped, so that a stepped clock or a
machine that slept heals at the next waking.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds between two looks.
LOOK_EVERY = 2
#: Seconds it may sleep at most.
LONGEST_SLEEP = 30


def _still_looking(record: logging.LogRecord) -> bool:
    """A look that is still running when the next is due is a slow machine's, and no warning to who
    runs it: where it lasts, the daemon isn't ready any more (``/readyz``)."""
    if "maximum number of running instances" in str(record.msg):
        record.levelno, record.levelname = logging.DEBUG, "DEBUG"
    return True


logging.getLogger("apscheduler.scheduler").addFilter(_still_looking)


class Timer(AsyncIOScheduler):  # type: ignore[misc]  # it ships no types
    """Calls ``look`` every few seconds, never twice at once, however late it wakes."""

    def __init__(self, look: Callable[[], Coroutine[Any, Any, None]]) -> None:
        super().__init__(timezone=UTC)
        self._look = look
        self._looking: asyncio.Task[None] | None = None
        self._stopping = False
        self._job = self.add_job(
            self._call,
            IntervalTrigger(seconds=LOOK_EVERY, timezone=UTC),
            # The default grace of one second drops late jobs without a word.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=datetime.now(UTC),
        )

    async def stop(self, grace: float) -> None:
        """No look begins any more; one that has begun comes to its end, or is cut short after
        ``grace`` seconds: the next start looks again. May be called once; before
        ``start`` too, which then may not follow."""
        self._stopping = True
        if self._looking is not None:
            await asyncio.wait([self._looking], timeout=grace)
        if self.running:
            # What still runs is cancelled by it.
            self.shutdown(wait=False)

    async def _call(self) -> None:
        if self._stopping:
            return
        self._looking = asyncio.create_task(self._look())
        try:
            await self._looking
        except asyncio.CancelledError:
            # The scheduler would log an error without a cause for what a stop cuts short.
            self._looking.cancel()
            if not self._stopping:
                raise
            log.warning("look.cut_short", remedy="nothing is lost: the next start looks again")

    def _start_timer(self, wait_seconds: float | None) -> None:
        super()._start_timer(None if wait_seconds is None else min(wait_seconds, LONGEST_SLEEP))

    def _process_jobs(self) -> Any:
        """After the clock was stepped back, the next run must not wait for it to catch up."""
        now = datetime.now(UTC)
        due = self._job.next_run_time
        if due is not None and due > now + timedelta(seconds=2 * LOOK_EVERY):
            self._job.modify(next_run_time=now)
        return super()._process_jobs()
