"""Around sending: what is too late to leave, what a crash left in flight, when to look next."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, case, exists, func, select, update

from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.store.sending import record
from scheduler.store.tables import batch, delivery, slot


def expire(connection: Connection, now: datetime) -> int:
    """End what could not leave before its slot's limit; how many. Cheap when there is none."""
    over = select(slot.c.id).where(
        slot.c.not_after < now,
        exists().where(batch.c.slot_id == slot.c.id, batch.c.state == "open"),
    )
    slots = [row.id for row in connection.execute(over)]
    if not slots:
        return 0
    ended = connection.execute(
        update(delivery)
        .where(delivery.c.slot_id.in_(slots), delivery.c.state == DeliveryState.WAITING)
        .values(
            state=DeliveryState.FAILED,
            at=now,
            reason=case(
                (delivery.c.reason == "", "expired"), else_="expired, " + delivery.c.reason
            ),
        )
    )
    connection.execute(
        update(batch)
        .where(batch.c.slot_id.in_(slots), batch.c.state == "open")
        .values(state="done", owner=None, lease_until=None)
    )
    return ended.rowcount


def left_in_flight(connection: Connection) -> list[int]:
    """Deliveries that an earlier process was sending when it ended."""
    statement = select(delivery.c.id).where(delivery.c.state == DeliveryState.SENDING)
    return [row.id for row in connection.execute(statement)]


def recover(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Settle what an earlier process left in flight, and open its batches again at once."""
    record(connection, outcomes)
    holds_waiting = exists().where(
        delivery.c.slot_id == batch.c.slot_id,
        delivery.c.batch == batch.c.number,
        delivery.c.state == DeliveryState.WAITING,
    )
    connection.execute(
        update(batch)
        .where(holds_waiting)
        .values(state="open", owner=None, lease_until=None, ready_at=now)
    )


def next_ready(connection: Connection) -> datetime | None:
    """When the first open batch has something that may leave."""
    statement = select(func.min(batch.c.ready_at)).where(batch.c.state == "open")
    ready: datetime | None = (connection.execute(statement)).scalar()
    return ready
