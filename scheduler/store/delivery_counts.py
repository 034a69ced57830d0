"""The deliveries of slots as the database counts them itself, and those counts brought together."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, func, select, text

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import SlotId
from scheduler.domain.values import frozen
from scheduler.store.schema.count_tables import delivery_count
from scheduler.store.schema.tables import slot

#: Rows beyond which those of single transactions are brought together.
MANY = 2_000

_TOGETHER = text(
    "WITH gone AS (DELETE FROM delivery_count WHERE part <> 0 OR deliveries = 0 "
    "RETURNING slot_id, state, reason, arrival, deliveries) "
    "INSERT INTO delivery_count AS c (slot_id, state, reason, arrival, part, deliveries) "
    "SELECT slot_id, state, reason, arrival, 0, SUM(deliveries) FROM gone "
    "GROUP BY slot_id, state, reason, arrival HAVING SUM(deliveries) <> 0 "
    "ON CONFLICT (slot_id, state, reason, arrival, part) "
    "DO UPDATE SET deliveries = c.deliveries + excluded.deliveries"
)


@frozen
class Counted:
    """How many deliveries of a slot stand so; ``sending`` counts as waiting."""

    slot_id: SlotId
    state: DeliveryState
    #: Of what was left out or failed.
    reason: str
    #: Of what is sent.
    arrival: Arrival | None
    rows: int


def of_occurrences(connection: Connection, rows: Collection[int]) -> list[Counted]:
    return _counted(connection, slot.c.occurrence_id.in_(list(rows)))


def of_all(connection: Connection) -> list[Counted]:
    return _counted(connection)


def _counted(connection: Connection, *wanted: ColumnElement[bool]) -> list[Counted]:
    c = delivery_count.c
    by = (c.slot_id, c.state, c.reason, c.arrival)
    number = func.sum(c.deliveries)
    statement = (
        select(*by, number.label("rows"))
        .join(slot, slot.c.id == c.slot_id)
        .where(*wanted)
        .group_by(*by)
        .having(number != 0)
        .order_by(*by)
    )
    return [
        Counted(
            slot_id=SlotId(row.slot_id),
            state=DeliveryState(row.state),
            reason=row.reason,
            arrival=Arrival(row.arrival) if row.arrival else None,
            rows=int(row.rows),
        )
        for row in connection.execute(statement)
    ]


def bring_together(connection: Connection) -> None:
    """On PostgreSQL, where each transaction's are rows of their own. What others count meanwhile
    stays as it is: the sum is the same before, in the middle and after."""
    if connection.dialect.name != "postgresql":
        return
    beyond = select(delivery_count.c.part).offset(MANY).limit(1)
    if connection.execute(beyond).first() is not None:
        connection.execute(_TOGETHER)
