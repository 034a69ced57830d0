"""Watches beside the calendar: every second a stop by hand and opt-outs that were set aside, every
few seconds what needs a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.daemon.per_app import PerApp
from scheduler.domain.provider import Provider
from scheduler.flow.send import Sender


class Watching:
    """What needs a person."""

    #: Its name in the log.
    subject = "alarms"
    #: Half of what an idle daemon did was this look, each second; whoever is called comes later.
    every = timedelta(seconds=5)

    def __init__(self, current: Callable[[], App], providers: Mapping[str, Provider]) -> None:
        """``current`` is asked at each look: a configuration that was read again holds at once."""
        self._watch = PerApp(current, lambda app: bootstrap.make_watch(app, providers))

    async def look(self, now: datetime) -> None:
        await self._watch().look(now)


@dataclass(kw_only=True)
class CallingBack:
    """While everything is stopped by hand the ledger gives no intent; what has one in this process
    and hasn't left comes back too."""

    current: Callable[[], App]
    senders: Sequence[Sender]
    subject: str = "stop"
    every: timedelta = timedelta(seconds=1)

    async def look(self, now: datetime) -> None:
        if await self.current().gauges.is_stopped():
            for sender in self.senders:
                sender.call_back()


@dataclass(kw_only=True)
class BringingIn:
    """What a full disk kept out of the ledger, by this process or a command, as soon as it takes
    writes; and room for the next time."""

    current: Callable[[], App]
    subject: str = "opt-outs set aside"
    every: timedelta = timedelta(seconds=1)
    _prepared: bool = False

    async def look(self, now: datetime) -> None:
        optouts = self.current().ledger.optouts
        if not self._prepared:
            await optouts.prepare()
            self._prepared = True
        await optouts.bring_in()
