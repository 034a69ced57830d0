"""What is looked at again and again, for alarms and for monitoring: no statement here reads more
than the occurrences under way, and what waits or is uncertain has an index of its own."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from scheduler.domain.alarms.raising import Overdue, Returned
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.domain.ids import SlotId
from scheduler.domain.showing.gauges import Spent
from scheduler.store import alarms
from scheduler.store.answers import replies, returned
from scheduler.store.database import Database
from scheduler.store.notes import EXAMINED_AT, note, note_of
from scheduler.store.reading import reports
from scheduler.store.schema.states import is_awaited, stands_at
from scheduler.store.schema.tables import batch, delivery, meta, occurrence, slot, suppression
from scheduler.store.sending import breakers, replicas
from scheduler.store.sending.halts import not_halted
from scheduler.store.stopping import is_stopped, may_send, under_way
from scheduler.store.transactions import reading, reading_kept, writing

_MAILED = "alarm-mailed:"


def _uncertain(connection: Connection) -> dict[str, int]:
    statement = (
        select(delivery.c.channel, func.count().label("rows"))
        .where(stands_at(DeliveryState.UNCERTAIN))
        .group_by(delivery.c.channel)
    )
    return {row.channel: row.rows for row in connection.execute(statement)}


def _overdue(connection: Connection, since: datetime, now: datetime) -> list[Overdue]:
    """Of the batches alone: they are few, where their messages may be a million."""
    statement = (
        select(
            slot.c.id,
            slot.c.channel,
            slot.c.audience,
            slot.c.zone,
            slot.c.territory,
            func.min(batch.c.ready_at).label("since"),
        )
        .join(occurrence, occurrence.c.id == slot.c.occurrence_id)
        .join(batch, batch.c.slot_id == slot.c.id)
        .where(occurrence.c.state == OccurrenceState.RUNNING, slot.c.not_after >= now, may_send())
        .where(not_halted(occurrence.c.campaign, slot.c.channel))
        .where(batch.c.state == BatchState.OPEN, batch.c.ready_at <= since)
        .group_by(slot.c.id, slot.c.channel, slot.c.audience, slot.c.zone, slot.c.territory)
    )
    return [
        Overdue(
            slot_id=row.id,
            channel=row.channel,
            audience=row.audience,
            place=Place(zone=row.zone, territory=row.territory),
            since=row.since,
        )
        for row in connection.execute(statement)
    ]


def _waiting(connection: Connection, slots: Collection[SlotId]) -> dict[SlotId, int]:
    statement = (
        select(delivery.c.slot_id, func.count().label("rows"))
        .where(delivery.c.slot_id.in_(slots), is_awaited())
        .group_by(delivery.c.slot_id)
    )
    return {row.slot_id: row.rows for row in connection.execute(statement)}


def _opt_outs_since(connection: Connection, since: datetime) -> int:
    # One act of somebody whom several sources name is several rows.
    names = ("address_id", "channel", "scope", "route", "at")
    acts = select(*(suppression.c[name] for name in names)).where(
        suppression.c.reason == "opted-out", suppression.c.at >= since
    )
    counted = select(func.count()).select_from(acts.distinct().subquery())
    return int(connection.execute(counted).scalar_one())


def _mailed(connection: Connection) -> dict[str, datetime]:
    statement = select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_MAILED))
    return {
        row.name.removeprefix(_MAILED): datetime.fromisoformat(row.value)
        for row in connection.execute(statement)
    }


def _note_mailed(connection: Connection, kind: str, at: datetime | None) -> None:
    name = f"{_MAILED}{kind}"
    connection.execute(delete(meta).where(meta.c.name == name))
    if at is not None:
        connection.execute(insert(meta).values(name=name, value=at.isoformat()))


class GaugeLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def spent(self) -> Mapping[str, Spent]:
        """What this process's transactions have taken, by name; no transaction itself."""
        return self.database.spending.so_far()

    #: Channel -> uncertain deliveries; only where there are some.
    uncertain = reading_kept(_uncertain)

    #: Slots of running occurrences with messages that could leave before ``since`` and still
    #: may; none of what a person, or a halt, holds back.
    overdue = reading(_overdue)

    #: Slot -> messages that wait in it.
    waiting = reading(_waiting)

    #: Deliveries of the occurrences that are running or paused, by state.
    under_way = reading(under_way)

    #: Channel -> messages sent since then.
    sent_since = reading(returned.sent_since)

    async def returned(self, now: datetime) -> Mapping[str, Returned]:
        """Channel -> what came back of its messages of the last days, where something did; counted
        some minutes ago at most."""
        kept = await self.database.read(returned.kept, now)
        if kept is not None:
            return kept
        found = await self.database.read(returned.count, now)
        await self.database.write(returned.keep, found, now)
        return found

    async def examined_at(self) -> datetime | None:
        """When the doctor last began to look by itself; None: never."""
        found = await self.database.read(note_of, EXAMINED_AT)
        return datetime.fromisoformat(found) if found else None

    async def note_examined(self, now: datetime) -> None:
        await self.database.write(note, EXAMINED_AT, now.isoformat())

    #: What people refused since then; bounces and erasures aside.
    opt_outs_since = reading(_opt_outs_since)

    async def resting(self) -> Mapping[str, int]:
        """Channel -> its lanes that rest, after failures."""
        return Counter(one.channel for one in await self.database.read(breakers.every))

    async def replicas(self, now: datetime) -> int:
        """How many give signs of life; none on SQLite."""
        return sum(not one.silent for one in await self.database.read(replicas.every, now))

    async def silent(self, now: datetime) -> Mapping[str, datetime]:
        """Host of each replica that fell silent -> since when."""
        found = await self.database.read(replicas.every, now)
        return {one.host: one.seen_at for one in found if one.silent}

    #: When the first reply by SMS that waits for a person came in; None: none waits.
    oldest_reply = reading_kept(replies.oldest_waiting)

    #: A person has stopped every channel.
    is_stopped = reading_kept(is_stopped)

    #: What needs a person, oldest first.
    open_alarms = reading_kept(reports.open_alarms)

    raise_alarm = writing(alarms.raise_alarm)

    clear_alarm = writing(alarms.clear_alarm)

    #: Kind -> when its alarms were last mailed to the operator.
    mailed = reading(_mailed)

    #: Durable when it returns; None: they were not, after all.
    note_mailed = writing(_note_mailed)
