"""Around sending: what is too late to leave, what a crash left in flight, when to look next."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, exists, func, or_, select, update

from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState, Outcome
from scheduler.domain.processes.replicas import Replica
from scheduler.store.schema.running_tables import replica
from scheduler.store.schema.states import is_awaited, stands_at
from scheduler.store.schema.tables import batch, delivery, occurrence, slot
from scheduler.store.sending import replicas
from scheduler.store.sending.bursts import WAITS
from scheduler.store.sending.claiming import run_again
from scheduler.store.sending.intents import record


def next_limit(connection: Connection) -> datetime | None:
    """The earliest limit of a slot that has an open batch: until it is over, ``expire`` has nothing
    to end."""
    is_open = exists().where(batch.c.slot_id == slot.c.id, batch.c.state == BatchState.OPEN)
    found: datetime | None = connection.execute(
        select(func.min(slot.c.not_after)).where(is_open)
    ).scalar()
    return found


def expire(connection: Connection, now: datetime) -> int:
    """End what could not leave before its slot's limit; how many. Cheap when there is none.

    What waited for its domain is left out: nobody's attempt failed.
    """
    over = select(slot.c.id).where(
        slot.c.not_after < now,
        exists().where(batch.c.slot_id == slot.c.id, batch.c.state == BatchState.OPEN),
    )
    slots = [row.id for row in connection.execute(over)]
    if not slots:
        return 0
    ended = connection.execute(
        update(delivery)
        .where(delivery.c.slot_id.in_(slots), is_awaited())
        .values(
            state=case(
                (delivery.c.reason == WAITS, DeliveryState.LEFT_OUT.value),
                else_=DeliveryState.FAILED.value,
            ),
            at=now,
            reason=case(
                (delivery.c.reason == "", "expired"),
                (delivery.c.reason == WAITS, WAITS.value),
                else_="expired, " + delivery.c.reason,
            ),
        )
    )
    connection.execute(
        update(batch)
        .where(batch.c.slot_id.in_(slots), batch.c.state == BatchState.OPEN)
        .values(state=BatchState.DONE, owner=None, lease_until=None)
    )
    return ended.rowcount


def recover(
    connection: Connection,
    outcomes: Sequence[Outcome],
    resend: Collection[str],
    me: Replica,
    now: datetime,
) -> None:
    """Settle what this replica left in flight at its last end, and open its batches at once.

    On the channels of ``resend``, what may have been accepted waits to be sent again.
    """
    record(connection, outcomes, me.row)
    in_doubt = [one.delivery_id for one in outcomes if one.state is DeliveryState.UNCERTAIN]
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(in_doubt), delivery.c.channel.in_(resend))
        .where(delivery.c.state == DeliveryState.UNCERTAIN, ~_over())
        .values(state=DeliveryState.WAITING, at=now, may_have_left=True)
    )
    # A name that no replica has is from a version that knew none; on SQLite there are no others.
    mine = or_(batch.c.owner == me.name, batch.c.owner.not_in(select(replica.c.name)))
    if not replicas.is_shared(connection):
        mine = batch.c.owner.is_not(None)
    connection.execute(update(batch).where(mine).values(owner=None, lease_until=None))
    connection.execute(
        update(batch)
        .where(_holds_waiting(delivery.c.id.in_([one.delivery_id for one in outcomes])))
        .values(state=BatchState.OPEN, ready_at=now)
    )
    # On PostgreSQL a batch could be called done while a refusal for now was written to it. One that
    # is settled had nothing that waited either.
    connection.execute(
        update(batch)
        .where(batch.c.state == BatchState.DONE, batch.c.settled != batch.c.epoch)
        .where(_holds_waiting())
        .values(state=BatchState.OPEN, ready_at=now)
    )
    is_open = select(slot.c.occurrence_id).join(batch).where(batch.c.state == BatchState.OPEN)
    run_again(connection, occurrence.c.id.in_(is_open))


def _holds_waiting(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """One of these waits in the batch."""
    return exists().where(
        delivery.c.slot_id == batch.c.slot_id,
        delivery.c.batch == batch.c.number,
        stands_at(DeliveryState.WAITING),
        *which,
    )


def _over() -> ColumnElement[bool]:
    return exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.CANCELLED,
    )


def next_ready(connection: Connection) -> datetime | None:
    """When the first open batch has something that may leave."""
    statement = select(func.min(batch.c.ready_at)).where(batch.c.state == BatchState.OPEN)
    ready: datetime | None = (connection.execute(statement)).scalar()
    return ready
