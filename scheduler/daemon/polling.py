"""Looks for answers, beside the calendar: one task a source, until the daemon stops."""

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.bootstrap import Clock
from scheduler.log import get_logger

log = get_logger(__name__)


class Looking(Protocol):
    """Something that is done again and again, each time from the ledger as it is."""

    #: What the log calls it.
    subject: str
    every: timedelta

    async def look(self, now: datetime) -> None: ...


async def keep_polling(poll: Looking, clock: Clock, stop: asyncio.Event) -> None:
    """Look at once, and then every so often.

    A look that is under way when ``stop`` is set is given up: the next process repeats it.
    """
    ending = asyncio.create_task(stop.wait())
    while not ending.done():
        looking = asyncio.create_task(_look(poll, clock))
        await asyncio.wait((looking, ending), return_when=asyncio.FIRST_COMPLETED)
        looking.cancel()
        await asyncio.wait((looking,))
        await asyncio.wait((ending,), timeout=poll.every.total_seconds())


async def _look(poll: Looking, clock: Clock) -> None:
    try:
        await poll.look(clock())
    except Exception:
        # The ledger may be away: the next look starts over.
        log.exception("daemon.poll_failed", source=poll.subject)
