"""Around sending: what is too late to leave, what a crash left in flight, when to look next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import ColumnElement, Connection, case, exists, func, select, update

from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.store.planning import insert_or_ignore
from scheduler.store.sending import record
from scheduler.store.tables import batch, delivery, meta, occurrence, slot


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


def recover(
    connection: Connection, outcomes: Sequence[Outcome], resend: Collection[str], now: datetime
) -> None:
    """Settle what an earlier process left in flight, and open its batches again at once.

    On the channels of ``resend``, what may have been accepted waits to be sent again.
    """
    record(connection, outcomes)
    in_doubt = [one.delivery for one in outcomes if one.state is DeliveryState.UNCERTAIN]
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(in_doubt), delivery.c.channel.in_(resend))
        .where(delivery.c.state == DeliveryState.UNCERTAIN, ~_over())
        .values(state=DeliveryState.WAITING, at=now)
    )
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


def _over() -> ColumnElement[bool]:
    return exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.CANCELLED,
    )


def next_ready(connection: Connection) -> datetime | None:
    """When the first open batch has something that may leave."""
    statement = select(func.min(batch.c.ready_at)).where(batch.c.state == "open")
    ready: datetime | None = (connection.execute(statement)).scalar()
    return ready


def wire_identity(connection: Connection) -> str:
    """What the ledger's wire journal calls itself; empty before the first."""
    found: str | None = connection.execute(
        select(meta.c.value).where(meta.c.name == "wire")
    ).scalar()
    return found or ""


def renew_wire(connection: Connection) -> str:
    """Kept with the ledger: a backup that is put back knows an older journal only."""
    identity = token_hex(16)
    statement = insert_or_ignore(connection, meta).values(name="wire", value=identity)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": identity})
    )
    return identity
