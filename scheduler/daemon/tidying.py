"""What is put in order beside everything else: the first time may take minutes."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.log import get_logger
from scheduler.web.desk.dropped_child import begin_next, drops_of

log = get_logger(__name__)


class Forgetting:
    """Forgets what is old, once a day, and sums up what was counted apart."""

    subject = "retention"
    every = timedelta(minutes=1)

    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current
        self._app = current()
        self._retention = bootstrap.retention_of(self._app)

    async def look(self, now: datetime) -> None:
        """By the rules of the configuration as it is now."""
        app = self._current()
        if app is not self._app:
            renewed = bootstrap.retention_of(app)
            renewed.scrubbed = self._retention.scrubbed
            self._app, self._retention = app, renewed
        await self._retention.look(now)
        await app.ledger.sum_counts()


class Regrouping:
    """Brings the addresses to the destination groups of the configuration: mostly there is nothing
    left to do."""

    subject = "destinations"
    every = timedelta(hours=1)

    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current

    async def look(self, now: datetime) -> None:
        changed = await self._current().regrouping.finish()
        if changed:
            log.info("destinations.regrouped", addresses=changed)


class ForgettingFiles:
    """Files of people that were dropped on the desk: what nobody took in is forgotten, and what
    waited for its turn while no desk was there has it. This volume's own."""

    subject = "dropped files"
    every = timedelta(minutes=1)

    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current

    async def look(self, now: datetime) -> None:
        drops = drops_of(self._current().configuration)
        if gone := await asyncio.to_thread(drops.tidy, now):
            log.info("dropped.forgotten", files=gone)
        await asyncio.to_thread(begin_next, self._current().configuration)
