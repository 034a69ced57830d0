"""Watches beside the calendar, every second: a stop by hand, and what needs a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.ports import Provider
from scheduler.flow.send import Sender


@dataclass(kw_only=True)
class Watching:
    """One task of the daemon."""

    #: Asked at each look: a configuration that was read again holds at once.
    current: Callable[[], App]
    providers: Mapping[str, Provider]
    senders: Sequence[Sender]
    #: Its name in the log.
    subject: str = "alarms"
    every: timedelta = timedelta(seconds=1)

    async def look(self, now: datetime) -> None:
        """The ledger gives no intent while everything is stopped; what has one and hasn't left
        comes back too."""
        app = self.current()
        if await bootstrap.gauges_of(app).is_stopped():
            for sender in self.senders:
                sender.call_back()
        await bootstrap.make_watch(app, self.providers).look(now)
