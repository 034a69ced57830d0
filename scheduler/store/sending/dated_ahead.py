"""What a clock that has been put back since had dated: made ready, so that sending goes on.

A row that was ready by the clock before is ready by the one after; one that is dated further ahead
than anything ever waits is so by mistake. Said twice, it finds nothing. What the ledger tells by
the server's clock is judged by the server's.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, or_, update

from scheduler.domain.delivery import BatchState
from scheduler.domain.processes.clock import LONGEST_WAIT
from scheduler.store.schema.burst_tables import domain_burst
from scheduler.store.schema.running_tables import breaker, lease, replica
from scheduler.store.schema.states import is_awaited
from scheduler.store.schema.tables import batch, delivery
from scheduler.store.sending.claiming import LEASE
from scheduler.store.sending.replicas import common_time, is_shared


def make_ready(connection: Connection, back: timedelta, now: datetime) -> int:
    """Bring to ``now`` what was ready when the clock said ``now + back``, and whatever is dated
    further ahead than anything waits; how many deliveries."""
    moved = _bring(connection, delivery.c.at, back, now, is_awaited())
    _bring(connection, batch.c.ready_at, back, now, batch.c.state == BatchState.OPEN)
    _bring(connection, breaker.c.rests_until, back, now)
    _bring(connection, domain_burst.c.probe_at, back, now, domain_burst.c.ended_at.is_(None))
    _free(connection, now)
    return moved


def _bring(
    connection: Connection,
    column: Column[Any],
    back: timedelta,
    now: datetime,
    *which: ColumnElement[bool],
) -> int:
    was_ready = (column > now) & (column <= now + back)
    statement = update(column.table).where(or_(was_ready, column > now + LONGEST_WAIT), *which)
    return connection.execute(statement.values({column.name: now})).rowcount


def _free(connection: Connection, now: datetime) -> None:
    """Holds and signs of life that are from the time to come: whoever lives renews them at once."""
    if not is_shared(connection):
        held = update(batch).where(batch.c.lease_until > now + LEASE)
        connection.execute(held.values(lease_until=now))
    at = common_time(connection, now)
    heard = update(replica).where(replica.c.seen_at > at)
    connection.execute(heard.values(seen_at=at))
    far = update(lease).where(lease.c.until > at + 2 * LONGEST_WAIT)
    connection.execute(far.values(until=at))
