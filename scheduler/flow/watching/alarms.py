"""The alarm step: what a look finds that needs a person, raised, kept up to date and cleared."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.raising import (
    Facts,
    Overdue,
    Returned,
    Thresholds,
    following,
    kept_waiting,
    of_another_day,
    to_clear,
    to_raise,
)
from scheduler.domain.answers.replies import has_waited
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import SlotId
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.gauges import Gauges, Spent
from scheduler.domain.showing.report import AlarmRow
from scheduler.domain.values import frozen
from scheduler.log import get_logger

log = get_logger(__name__)


class FactSource(Alarms, Protocol):
    """What a look asks of the ledger."""

    async def uncertain(self) -> Mapping[str, int]:
        """Channel -> uncertain deliveries."""

    async def overdue(self, since: datetime, now: datetime) -> list[Overdue]:
        """Slots with messages that could leave before ``since`` and still may."""

    async def returned(self, now: datetime) -> Mapping[str, Returned]:
        """Channel -> what came back of its messages of the last days, where something did; counted
        some minutes ago at most, so that it may be asked at each look."""

    async def silent(self, now: datetime) -> Mapping[str, datetime]:
        """Host of each replica that fell silent -> since when."""

    async def oldest_reply(self) -> datetime | None:
        """When the first reply by SMS that waits for a person came in; None: none waits."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""


class GaugeSource(FactSource, Protocol):
    """What monitoring asks besides; it may take about a second of a large sending."""

    async def waiting(self, slots: Sequence[SlotId]) -> Mapping[SlotId, int]:
        """Slot -> messages that wait in it."""

    async def under_way(self) -> Mapping[DeliveryState, int]:
        """Deliveries of the occurrences that are running or paused, by state."""

    async def sent_since(self, since: datetime) -> Mapping[str, int]:
        """Channel -> messages sent since then."""

    async def opt_outs_since(self, since: datetime) -> int:
        """What people refused since then."""

    def spent(self) -> Mapping[str, Spent]:
        """What this process's transactions have taken, by name."""

    async def resting(self) -> Mapping[str, int]:
        """Channel -> its lanes that rest."""

    async def replicas(self, now: datetime) -> int:
        """How many give signs of life."""


@frozen
class AlarmWatch:
    """Looks at things as they are; each look may be repeated with the same end."""

    ledger: FactSource
    hours: Hours
    thresholds: Thresholds
    #: The organisation's.
    zone: str
    #: What is on the volume -> megabytes free.
    free: Callable[[], Mapping[str, int]]
    #: Channel -> when its relay's certificate ends, as far as it was seen (UTC).
    certificates: Callable[[], Mapping[str, datetime]]

    async def look(self, now: datetime) -> None:
        facts = Facts(
            uncertain=await self.ledger.uncertain(),
            overdue=await self.ledger.overdue(now - self.thresholds.backlog, now),
            free=self.free(),
            certificates=self.certificates(),
            returned=await self.ledger.returned(now),
            silent=await self.ledger.silent(now),
            replies_late=await self._replies_late(now),
        )
        found = following(facts, self.thresholds, self.hours, now)
        standing = await self.ledger.open_alarms()
        for new in to_raise(standing, found):
            if await self.ledger.raise_alarm(new.kind, new.subject, new.detail, now):
                log.warning("alarm.raised", kind=new.kind, subject=new.subject, detail=new.detail)
        over = [*to_clear(standing, found), *of_another_day(standing, now, self.zone)]
        for old in over:
            await self.ledger.clear_alarm(old.kind, old.subject, now)
            log.info("alarm.cleared", kind=old.kind, subject=old.subject)

    async def _replies_late(self, now: datetime) -> datetime | None:
        since = await self.ledger.oldest_reply()
        if since is None or not has_waited(since, now, self.zone, self.hours.holidays):
            return None
        return since


async def gauges(
    source: GaugeSource, hours: Hours, thresholds: Thresholds, now: datetime
) -> Gauges:
    """The figures of this moment, for monitoring."""
    overdue = await source.overdue(now - thresholds.backlog, now)
    late = kept_waiting(overdue, hours, thresholds.backlog, now)
    waiting = await source.waiting([one.slot_id for one in late])
    kept: dict[str, int] = {}
    for one in late:
        kept[one.channel] = kept.get(one.channel, 0) + waiting.get(one.slot_id, 0)
    alarms: dict[str, int] = {}
    for alarm in await source.open_alarms():
        alarms[alarm.kind] = alarms.get(alarm.kind, 0) + 1
    return Gauges(
        deliveries=await source.under_way(),
        overdue=kept,
        uncertain=await source.uncertain(),
        alarms=alarms,
        opt_outs=await source.opt_outs_since(now - timedelta(hours=24)),
        sent=await source.sent_since(now - timedelta(hours=1)),
        resting=await source.resting(),
        replicas=await source.replicas(now),
        spent=source.spent(),
    )
