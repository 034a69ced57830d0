"""Which batch each delivery of a slot goes into: by destination, and in it by contact."""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)

from scheduler.domain.delivery import BatchState, DeliveryState
from scheduler.store.schema.tables import address, batch, delivery
from scheduler.store.schema.types import UtcTime

#: Deliveries in a batch.
BATCH = 1000
#: Destinations whose batches have another size, each with it.
Sizes = tuple[tuple[str, int], ...]


def size_of(destination: ColumnElement[str], sizes: Sizes) -> Any:
    """Of a destination's batches."""
    named = [(destination == name, literal(size, Integer)) for name, size in sizes]
    return case(*named, else_=literal(BATCH, Integer)) if named else literal(BATCH, Integer)


def earlier_batches(members: CTE, sizes: Sizes) -> CTE:
    """Of each destination, how many batches those before it fill.

    Counted rather than ranked: a second window would sort everybody once more.
    """
    size = size_of(members.c.destination, sizes)
    filled = (
        select(members.c.destination, ((func.count() + size - 1) // size).label("batches"))
        .where(members.c.reason.is_(None))
        .group_by(members.c.destination)
        .cte("filled")
    )
    so_far = func.sum(filled.c.batches).over(order_by=filled.c.destination)
    earlier = cast(so_far - filled.c.batches, Integer).label("batches")
    return select(filled.c.destination, earlier).cte("earlier")


def _new_batches() -> Any:
    filled = (
        select(delivery.c.slot_id, delivery.c.batch, func.min(delivery.c.address_id).label("one"))
        .where(delivery.c.slot_id == bindparam("slot", type_=BigInteger))
        .where(delivery.c.batch >= bindparam("first", type_=Integer))
        .where(delivery.c.state == DeliveryState.WAITING)
        .group_by(delivery.c.slot_id, delivery.c.batch)
        .subquery()
    )
    # A batch goes to one destination: any address of it tells which.
    numbers = select(
        filled.c.slot_id,
        filled.c.batch,
        literal(BatchState.OPEN.value),
        bindparam("now", type_=UtcTime),
        address.c.destination,
    ).join(address, address.c.id == filled.c.one)
    return insert(batch).from_select(
        ["slot_id", "number", "state", "ready_at", "destination"], numbers, include_defaults=False
    )


#: The rows of what has just been numbered, from ``first`` on. Parameters: slot, first, now.
NEW_BATCHES = _new_batches()
