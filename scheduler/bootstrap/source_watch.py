"""What reads the audiences' sources when their time has come."""

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler.bootstrap.app import App
from scheduler.bootstrap.listing import ListedSource, every_source, listed_source, make_sourcing
from scheduler.config.sections.sources import SourceSettings
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import UnderWay
from scheduler.domain.people.sourced import is_time
from scheduler.log import get_logger

log = get_logger(__name__)

_ALARMS = (AlarmKind.SOURCE_FAILED, AlarmKind.SOURCE_REFUSED)


class SourceWatch:
    """One task of the daemon, and of one replica. One source after another; what one does keeps
    nobody from the next."""

    #: Its name in the log.
    subject = "sources"
    every = timedelta(minutes=1)

    def __init__(self, current: Callable[[], App]) -> None:
        """``current`` is asked at each look: a configuration that was read again holds at once."""
        self._current = current
        self._made: dict[str, tuple[SourceSettings, ListedSource]] = {}

    async def look(self, now: datetime) -> None:
        app = self._current()
        wanted = list(every_source(app))
        await self._forget(app, {audience.name for audience, _ in wanted}, now)
        for audience, settings in wanted:
            latest = await app.sources.latest(audience.source, settings.kind)
            if not is_time(latest, settings.interval, app.clock()):
                continue
            try:
                await self._read(app, audience, settings)
            except UnderWay:
                log.info("source.waits", audience=audience.name)
            except Exception:
                # The others have their turn all the same; this one is tried again.
                log.exception("source.broke", audience=audience.name)

    async def _read(self, app: App, audience: Audience, settings: SourceSettings) -> None:
        before = self._made.get(audience.name)
        if before is None or before[0] != settings:
            before = settings, listed_source(app, audience, settings)
            self._made[audience.name] = before
        await make_sourcing(app, audience, settings, before[1]).read()

    async def _forget(self, app: App, wanted: set[str], now: datetime) -> None:
        """Alarms of sources that nobody asks for any more."""
        for alarm in await app.gauges.open_alarms():
            if alarm.kind in _ALARMS and alarm.subject not in wanted:
                await app.ledger.clear_alarm(alarm.kind, alarm.subject, now)
