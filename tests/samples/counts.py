"""The counts that a database keeps of its deliveries, and those that a look at each row finds."""

from collections import Counter

from sqlalchemy import Connection, select

from scheduler.store import delivery_counts
from scheduler.store.reading.arrived import arrival
from scheduler.store.schema.tables import delivery

#: Slot, state, reason, arrival -> deliveries.
Counts = Counter[tuple[int, str, str, str]]


def looked_at(connection: Connection) -> Counts:
    """What is on its way waits, and a reason counts where it ends a row."""
    found: Counts = Counter()
    rows = select(delivery.c.slot_id, delivery.c.state, delivery.c.reason, arrival())
    for row in connection.execute(rows):
        state = "waiting" if row.state == "sending" else row.state
        reason = row.reason if row.state in ("left-out", "failed") else ""
        found[row.slot_id, state, reason, row.arrival] += 1
    return found


def kept(connection: Connection) -> Counts:
    return Counter(
        {
            (one.slot_id, one.state.value, one.reason, str(one.arrival or "")): one.rows
            for one in delivery_counts.of_all(connection)
        }
    )
