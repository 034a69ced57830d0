"""A message that was accepted and, says its provider, didn't arrive: it may wait for another try.

Each try that ended so leaves an event, with the provider's id of it. Whatever the provider repeats
about that id says nothing of the next try.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    insert,
    literal,
    select,
    update,
)

from scheduler.domain.answers.events import ARRIVED, FINAL, TRY_AGAIN_AFTER, Event, EventKind
from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.store.schema.tables import batch, delivery, event, occurrence

_LIVE = (OccurrenceState.RUNNING, OccurrenceState.PAUSED, OccurrenceState.FINISHED)


def is_retried(provider_id: str) -> ColumnElement[bool]:
    """The provider's id is that of a try that ended: the delivery waits for another, or had it."""
    return exists().where(
        event.c.delivery_id == delivery.c.id,
        event.c.kind == EventKind.RETRIED,
        event.c.detail == provider_id,
    )


def was_retried() -> ColumnElement[bool]:
    """What was heard of a delivery may be of an earlier try than the latest."""
    return exists().where(event.c.delivery_id == delivery.c.id, event.c.kind == EventKind.RETRIED)


def wait_again(connection: Connection, row: Any, found: Event) -> bool:
    """Let a delivery wait for another try; False where it may not have one.

    ``row``: the delivery, locked, with its slot's ``not_after`` and the ``occurrence_state``.
    It may while that is certain to be its latest try, its time isn't over, and it had not two more
    already.
    """
    heard = select(event.c.kind, event.c.detail).where(event.c.delivery_id == row.id)
    events = connection.execute(heard).all()
    ended = [one.detail for one in events if one.kind == EventKind.RETRIED]
    if any(one.kind in FINAL | ARRIVED for one in events):
        return False
    if len(ended) >= len(TRY_AGAIN_AFTER) or found.provider_id in ended:
        return False
    next_at = found.at + TRY_AGAIN_AFTER[len(ended)]
    if not _is_of_latest_try(row, found, len(ended)):
        return False
    if next_at > row.not_after or row.occurrence_state not in _LIVE:
        return False
    connection.execute(
        update(delivery)
        .where(delivery.c.id == row.id)
        .values(
            state=DeliveryState.WAITING, reason=f"{found.code} {found.detail}".strip(), at=next_at
        )
    )
    _note(connection, row, found, len(ended) + 1)
    _reopen(connection, row, next_at)
    return True


def _is_of_latest_try(row: Any, found: Event, ended: int) -> bool:
    """Before its answer is read, a try's id isn't known: then every earlier one must be."""
    if not found.provider_id:
        return False
    if row.state == DeliveryState.SENT:
        return bool(row.provider_id == found.provider_id)
    in_flight = row.state in (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    return in_flight and row.attempts == ended + 1


def _note(connection: Connection, row: Any, found: Event, number: int) -> None:
    connection.execute(
        insert(event).values(
            delivery_id=row.id,
            kind=EventKind.RETRIED,
            code=f"{found.code}, try {number}",
            detail=found.provider_id,
            at=found.at,
        )
    )


def _reopen(connection: Connection, row: Any, next_at: datetime) -> None:
    """Whoever holds the batch loses it: giving it back would call it done."""
    sooner = and_(batch.c.state == BatchState.OPEN, batch.c.ready_at < next_at)
    then = literal(next_at, batch.c.ready_at.type)
    connection.execute(
        update(batch)
        .where(batch.c.slot_id == row.slot_id, batch.c.number == row.batch)
        .values(
            state=BatchState.OPEN,
            epoch=batch.c.epoch + 1,
            owner=None,
            lease_until=None,
            ready_at=case((sooner, batch.c.ready_at), else_=then),
        )
    )
    connection.execute(
        update(occurrence)
        .where(occurrence.c.id == row.occurrence_id)
        .where(occurrence.c.state == OccurrenceState.FINISHED)
        .values(state=OccurrenceState.RUNNING, reason="")
    )
