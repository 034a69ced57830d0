"""Whoever an import names again after they had left: what was left out for that waits again.

A complete file that lacked some people, and the mended one an hour later, must not cost them their
message: while its slot's limit isn't over and nobody else got it at their address, it leaves.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from scheduler.domain.delivery import BatchState, DeliveryState, LeftOut, OccurrenceState
from scheduler.store.schema.states import is_not_left_out
from scheduler.store.schema.tables import batch, delivery, occurrence, slot

#: Values in one IN.
SOME = 500
#: How the version before said that somebody had left.
FORMERLY = "left the audience"
_LIVE = (OccurrenceState.RUNNING, OccurrenceState.PAUSED, OccurrenceState.FINISHED)


def wait_again(connection: Connection, contacts: Sequence[int], now: datetime) -> int:
    """Let what these people lost by leaving wait again; how many deliveries."""
    return sum(
        _wait_again(connection, contacts[start : start + SOME], now)
        for start in range(0, len(contacts), SOME)
    )


def _wait_again(connection: Connection, contacts: Sequence[int], now: datetime) -> int:
    left = or_(
        and_(
            delivery.c.state == DeliveryState.LEFT_OUT,
            delivery.c.reason == LeftOut.LEFT_AUDIENCE.value,
        ),
        and_(delivery.c.state == DeliveryState.CANCELLED, delivery.c.reason == FORMERLY),
    )
    statement = (
        select(delivery.c.id, delivery.c.slot_id, delivery.c.batch, delivery.c.occurrence_id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .where(delivery.c.contact_id.in_(contacts), left, delivery.c.batch.is_not(None))
        .where(slot.c.not_after > now, occurrence.c.state.in_(_LIVE))
    )
    rows = connection.execute(statement).all()
    if not rows:
        return 0
    mine = delivery.c.id.in_([row.id for row in rows])
    taken = _is_served_otherwise()
    duplicate = update(delivery).where(mine, taken)
    connection.execute(
        duplicate.values(state=DeliveryState.LEFT_OUT, reason=LeftOut.DUPLICATE, at=now)
    )
    again = (
        update(delivery)
        .where(mine, ~taken)
        .values(state=DeliveryState.WAITING, reason="", at=now)
        .returning(delivery.c.id)
    )
    waiting = set(connection.execute(again).scalars())
    _open(connection, [row for row in rows if row.id in waiting], now)
    return len(waiting)


def _is_served_otherwise() -> ColumnElement[bool]:
    """Another's delivery of the occurrence on the channel goes, or went, to the same address."""
    other = delivery.alias("other")
    return exists().where(
        other.c.occurrence_id == delivery.c.occurrence_id,
        other.c.channel == delivery.c.channel,
        other.c.address_id == delivery.c.address_id,
        is_not_left_out(other),
        other.c.id != delivery.c.id,
    )


def _open(connection: Connection, rows: Sequence[Any], now: datetime) -> None:
    """Their batches have something that may leave; whoever works one sees it by itself."""
    if not rows:
        return
    batches = {(row.slot_id, row.batch) for row in rows}
    done, at = batch.c.state == BatchState.DONE, literal(now, batch.c.ready_at.type)
    connection.execute(
        update(batch)
        .where(tuple_(batch.c.slot_id, batch.c.number).in_(batches))
        .values(
            state=BatchState.OPEN,
            ready_at=case((or_(done, batch.c.ready_at > now), at), else_=batch.c.ready_at),
        )
    )
    over = occurrence.c.state == OccurrenceState.FINISHED
    connection.execute(
        update(occurrence)
        .where(occurrence.c.id.in_({row.occurrence_id for row in rows}), over)
        .values(state=OccurrenceState.RUNNING, reason="")
    )
