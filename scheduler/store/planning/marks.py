"""The plan mark of a slot, and whose turn it is to plan.

The mark is made with the first portion of the slot's deliveries and says how far the others have
come: whoever plans the slot next, after a crash or beside this one, goes on from there. While a
slot of a channel is being planned no other of it is: what a person has got counts toward their
caps, and who gives way to whom is decided among everybody.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, null, select, update

from scheduler.domain.delivery import OccurrenceState, SlotState
from scheduler.domain.errors import UnderWay
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import SlotPlan
from scheduler.domain.values import frozen
from scheduler.store.schema.tables import delivery, occurrence, slot
from scheduler.store.schema.types import from_milliseconds, to_milliseconds
from scheduler.store.statements.upserts import insert_or_ignore

#: A planning of which no portion has come for so long holds no other slot up.
STALE = timedelta(minutes=5)


@frozen
class Mark:
    """A slot that is being planned."""

    slot_id: int
    #: Contacts up to this one are planned.
    after: int
    #: Deliveries up to this one were there before.
    before: int
    #: What the portions came to so far.
    waiting: int = 0
    left_out: int = 0


BEFORE_RUNNING = (
    OccurrenceState.SCHEDULED,
    OccurrenceState.HELD,
    OccurrenceState.MISSED,
    OccurrenceState.FINISHED,
)


def take_turn(connection: Connection, channel: str) -> None:
    """Wait for whoever plans on the channel: what a person has got counts toward their caps, and
    must be there to be seen. On SQLite every writing transaction waits for the others."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"plan {channel}"))))


def may_run(connection: Connection, occurrence_id: OccurrenceId) -> bool:
    """Whether nobody paused or cancelled it since the look began.

    Holds the row: planners of one occurrence, who may share people, take turns.
    """
    state = select(occurrence.c.state).where(occurrence.c.id == occurrence_id).with_for_update()
    found = connection.execute(state).scalar()
    return found == OccurrenceState.RUNNING or found in BEFORE_RUNNING


def begin(connection: Connection, plan: SlotPlan, now: datetime) -> Mark | None:
    """The mark to go on from; None where the slot is planned, or missed. By hand, a mark that is
    there is taken over; a top-up wants one. Raises UnderWay while another slot of the channel is
    being planned.
    """
    row = _found(connection, plan)
    if row is not None and row.state == SlotState.PLANNING:
        return Mark(slot_id=row.id, **{name: row.planning[name] for name in _KEPT})
    if row is None and plan.top_up:
        return None
    if row is not None and not (plan.forced or (plan.top_up and row.state == SlotState.PLANNED)):
        return None
    _refuse_another(connection, plan.key.channel, now)
    values = _slot_values(plan, now)
    mark = Mark(slot_id=row.id if row else 0, after=0, before=_last_delivery(connection))
    if row is None:
        made = insert(slot).values(values).returning(slot.c.id)
        mark = replace(mark, slot_id=connection.execute(made).scalar_one())
    elif plan.forced:
        renewed = {name: values[name] for name in ("due_at", "not_after", "planned_at")}
        connection.execute(update(slot).where(slot.c.id == row.id).values(renewed))
    keep(connection, mark, now)
    return mark


def keep(connection: Connection, mark: Mark, now: datetime) -> None:
    """How far it has come; whoever goes on begins there."""
    said = {name: getattr(mark, name) for name in _KEPT} | {"at": to_milliseconds(now)}
    kept = update(slot).where(slot.c.id == mark.slot_id)
    connection.execute(kept.values(state=SlotState.PLANNING, planning=said))


def end(connection: Connection, mark: Mark) -> None:
    """All of its people are planned."""
    over = update(slot).where(slot.c.id == mark.slot_id)
    connection.execute(over.values(state=SlotState.PLANNED, planning=null()))


def end_empty(connection: Connection, slot_id: SlotId) -> None:
    """The same of one where nobody is left."""
    over = update(slot).where(slot.c.id == slot_id, slot.c.state == SlotState.PLANNING)
    connection.execute(over.values(state=SlotState.PLANNED, planning=null()))


_KEPT = ("after", "before", "waiting", "left_out")


def _found(connection: Connection, plan: SlotPlan) -> Row[Any] | None:
    place = plan.key.place
    mine = select(slot).filter_by(
        occurrence_id=plan.occurrence.occurrence_id,
        channel=plan.key.channel,
        audience=plan.key.audience,
        zone=place.zone,
        territory=place.territory,
    )
    return connection.execute(mine.with_for_update()).first()


def _refuse_another(connection: Connection, channel: str, now: datetime) -> None:
    others = (
        select(slot.c.planning)
        .join(occurrence, occurrence.c.id == slot.c.occurrence_id)
        .where(slot.c.state == SlotState.PLANNING, slot.c.channel == channel)
        .where(occurrence.c.state == OccurrenceState.RUNNING)
    )
    for planning in connection.execute(others).scalars():
        if abs(now - from_milliseconds(planning["at"])) < STALE:
            raise UnderWay("another slot of the channel is being planned: it goes first")


def is_being_planned(connection: Connection, occurrence_id: OccurrenceId) -> bool:
    """Some of an occurrence's people have no row yet, and will have one."""
    mine = select(slot.c.id).where(
        slot.c.occurrence_id == occurrence_id, slot.c.state == SlotState.PLANNING
    )
    return connection.execute(mine.limit(1)).first() is not None


def _last_delivery(connection: Connection) -> int:
    return (connection.execute(select(func.max(delivery.c.id)))).scalar() or 0


def miss_slot(connection: Connection, plan: SlotPlan, now: datetime) -> bool:
    """Record that a slot's limit passed; False when it has a row already."""
    values = _slot_values(plan, now) | {"state": SlotState.MISSED}
    statement = insert_or_ignore(connection, slot).values(values).on_conflict_do_nothing()
    return (connection.execute(statement.returning(slot.c.id))).first() is not None


def _slot_values(plan: SlotPlan, now: datetime) -> dict[str, Any]:
    return {
        "occurrence_id": plan.occurrence.occurrence_id,
        "channel": plan.key.channel,
        "audience": plan.key.audience,
        "zone": plan.key.place.zone,
        "territory": plan.key.place.territory,
        "topic": plan.topic,
        "due_at": plan.due_at,
        "not_after": plan.not_after,
        "planned_at": now,
        "state": SlotState.PLANNED,
        "reason": plan.reason,
    }
