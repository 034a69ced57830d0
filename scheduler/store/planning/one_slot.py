"""Planning a slot: the plan mark, the texts, a row for every member, the batches; one transaction.

Everyone in the audience gets a row. Those who get no message carry the first reason that applies,
by CASE rather than by an anti-join that would drop them without a trace.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    update,
)

from scheduler.domain.calendar.campaigns import LEGAL_OBLIGATION
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState, SlotState
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import ContentText, PlanCount, SlotPlan
from scheduler.store.planning import held_texts
from scheduler.store.planning.batching import BATCH, Sizes, earlier_batches, new_batches, size_of
from scheduler.store.planning.members import Shape, members_of, parameters_of, shape_of
from scheduler.store.schema.tables import (
    batch,
    content,
    delivery,
    occurrence,
    slot,
)
from scheduler.store.schema.types import UtcTime
from scheduler.store.upserts import insert_on
from scheduler.store.upserts import insert_or_ignore as insert_or_ignore

#: How long the first SMS to somebody waits for the e-mail of the same occurrence.
EMAIL_FIRST = timedelta(minutes=30)


def refresh_statistics(connection: Connection, *tables: Table) -> None:
    """Count again what grew by thousands of rows.

    PostgreSQL chooses its indexes by what it last counted, perhaps before any row was there, and
    would compare everybody with everybody.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        connection.exec_driver_sql(f"ANALYZE {names}")


def plan_slot(
    connection: Connection,
    plan: SlotPlan,
    now: datetime,
    batch_sizes: Mapping[str, int] | None = None,
) -> PlanCount | None:
    """Plan one slot; None when somebody else has planned it, or its occurrence was stopped.

    A batch goes to one destination; ``batch_sizes`` names those that get another size than
    ``BATCH``.

    Call it in a transaction of its own. A slot brought forward by hand a second time, or one of
    ``top_up`` (its held texts were mended, people came to its place), is topped up: those who have
    a row keep it.
    """
    take_turn(connection, plan.key.channel)
    if not may_run(connection, plan.occurrence.occurrence_id):
        return None
    slot_id = _mark(connection, plan, now)
    if slot_id is None:
        return None
    contents = _keep_contents(connection, plan, plan.key.channel, plan.key.audience, plan.contents)
    for one in plan.shelf:
        _keep_contents(connection, plan, one.channel, one.audience, [one.text])
    held_texts.note(connection, plan.occurrence.occurrence_id, plan.held, now)
    again = plan.forced or plan.top_up
    first = _next_batch_number(connection, slot_id) if again else 1
    before = _last_delivery(connection)
    values = parameters_of(plan, contents) | {
        "slot": slot_id,
        "basis": (
            LEGAL_OBLIGATION if plan.owed else plan.audience.channels[plan.key.channel].basis
        ),
        "first": first,
        "now": now,
        "later": now + EMAIL_FIRST,
    }
    sizes = tuple(sorted((batch_sizes or {}).items()))
    is_sqlite = connection.dialect.name == "sqlite"
    connection.execute(_deliveries(shape_of(plan), sizes, is_sqlite), values)
    connection.execute(new_batches(slot_id, first, now))
    connection.execute(
        update(occurrence)
        .where(occurrence.c.id == plan.occurrence.occurrence_id)
        .where(occurrence.c.state.in_(_BEFORE_RUNNING))
        .values(state=OccurrenceState.RUNNING, reason="")
    )
    count = _count(connection, slot_id, before)
    if count.waiting + count.left_out >= BATCH:
        refresh_statistics(connection, delivery)
    return count


_BEFORE_RUNNING = (
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
    return found == OccurrenceState.RUNNING or found in _BEFORE_RUNNING


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


def _mark(connection: Connection, plan: SlotPlan, now: datetime) -> int | None:
    """The plan mark. By hand, an existing mark is taken over; a top-up wants one that is there."""
    if plan.top_up:
        return _marked(connection, plan)
    values = _slot_values(plan, now)
    statement = insert_or_ignore(connection, slot).values(values)
    if plan.forced:
        statement = statement.on_conflict_do_update(
            index_elements=["occurrence_id", "channel", "audience", "zone", "territory"],
            set_={name: values[name] for name in ("due_at", "not_after", "planned_at", "state")},
        )
    else:
        statement = statement.on_conflict_do_nothing()
    row = (connection.execute(statement.returning(slot.c.id))).first()
    return row[0] if row else None


def _marked(connection: Connection, plan: SlotPlan) -> int | None:
    place = plan.key.place
    found = select(slot.c.id).filter_by(
        occurrence_id=plan.occurrence.occurrence_id,
        channel=plan.key.channel,
        audience=plan.key.audience,
        zone=place.zone,
        territory=place.territory,
        state=SlotState.PLANNED,
    )
    return connection.execute(found).scalar()


def _keep_contents(
    connection: Connection,
    plan: SlotPlan,
    channel: str,
    audience: str,
    texts: Sequence[ContentText],
) -> list[int]:
    """Keep each text unless the occurrence has it already; the kept one is what is sent."""
    mine = {
        "occurrence_id": plan.occurrence.occurrence_id,
        "channel": channel,
        "audience": audience,
    }
    # A later revision comes later, and is the one kept.
    found = select(content.c.variant, content.c.id).filter_by(**mine).order_by(content.c.revision)
    kept = {row.variant: row.id for row in connection.execute(found)}
    for text in texts:
        if text.variant not in kept:
            values = mine | {"variant": text.variant, "fingerprint": text.fingerprint}
            statement = insert(content).values(**values, source=text.source)
            kept[text.variant] = connection.execute(statement.returning(content.c.id)).scalar_one()
    return [kept[text.variant] for text in texts]


@lru_cache(maxsize=256)
def _deliveries(shape: Shape, sizes: Sizes, sqlite: bool) -> Any:
    """The one INSERT … SELECT: every member not yet in the occurrence on this channel.

    Materialized, so that each member's reason is worked out once. Batches are numbered by
    destination, and in it by contact: the ledger's own order.
    """
    members = members_of(shape).cte("members").prefix_with("MATERIALIZED")
    waiting = members.c.reason.is_(None)
    turn = func.row_number().over(
        partition_by=[waiting, members.c.destination], order_by=members.c.contact_id
    )
    size = size_of(members.c.destination, sizes)
    earlier = earlier_batches(members, sizes)
    number = bindparam("first", type_=Integer) + earlier.c.batches + (turn - 1) // size
    rows = select(
        bindparam("occurrence", type_=BigInteger),
        members.c.contact_id,
        literal(shape.channel),
        bindparam("slot", type_=BigInteger),
        case((waiting, number), else_=None),
        members.c.address_id,
        members.c.content_id,
        bindparam("basis", type_=Text),
        members.c.consent_id,
        case((waiting, DeliveryState.WAITING.value), else_=DeliveryState.LEFT_OUT.value),
        func.coalesce(members.c.reason, ""),
        case(
            (members.c.gives_way, bindparam("later", type_=UtcTime)),
            else_=bindparam("now", type_=UtcTime),
        ),
    ).select_from(members.outerjoin(earlier, earlier.c.destination == members.c.destination))
    names = (
        "occurrence_id contact_id channel slot_id batch address_id content_id basis consent_id "
        "state reason at"
    )
    # Told from a join by a condition, and whoever was taken out of another slot is taken up here.
    rows = rows.where(literal(1) == 1)
    statement = insert_on(delivery, sqlite=sqlite).from_select(
        names.split(), rows, include_defaults=False
    )
    new = {name: statement.excluded[name] for name in names.split()[3:]}
    moved = and_(
        delivery.c.state == DeliveryState.LEFT_OUT, delivery.c.reason == LeftOut.MOVED.value
    )
    return statement.on_conflict_do_update(
        index_elements=["occurrence_id", "contact_id", "channel"], set_=new, where=moved
    )


def _next_batch_number(connection: Connection, slot_id: int) -> int:
    last = select(func.max(batch.c.number)).where(batch.c.slot_id == slot_id)
    return ((connection.execute(last)).scalar() or 0) + 1


def _last_delivery(connection: Connection) -> int:
    return (connection.execute(select(func.max(delivery.c.id)))).scalar() or 0


def _count(connection: Connection, slot_id: int, before: int) -> PlanCount:
    counts = (
        select(delivery.c.state, func.count().label("rows"))
        .where(delivery.c.slot_id == slot_id, delivery.c.id > before)
        .group_by(delivery.c.state)
    )
    by_state = {row.state: row.rows for row in connection.execute(counts)}
    return PlanCount(
        slot_id=SlotId(slot_id),
        waiting=by_state.get(DeliveryState.WAITING, 0),
        left_out=by_state.get(DeliveryState.LEFT_OUT, 0),
    )
