"""Forgets what is old, once a day, beside everything else: the first time may take minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler import bootstrap
from scheduler.bootstrap import App


class Forgetting:
    """One task of the daemon, for ``keep_polling``."""

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
