"""What is learnt of a delivery after it was handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, literal, select, update

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.events import FINAL, Event, outranking
from scheduler.store.planning import insert_or_ignore
from scheduler.store.tables import delivery, event, slot


def note_event(connection: Connection, found: Event) -> bool:
    """Append an event; False when it says nothing new, or no delivery is meant.

    The provider speaks of the message, so it has it: a delivery that was uncertain is sent.
    """
    # Not its rowcount: PostgreSQL's driver doesn't give one of an INSERT.
    added = _append(connection, found).returning(event.c.id)
    noted = connection.execute(added).first() is not None
    if noted:
        settled = update(delivery).where(
            _is_meant(found), delivery.c.state == DeliveryState.UNCERTAIN
        )
        connection.execute(settled.values(state=DeliveryState.SENT, provider_id=found.provider_id))
    return noted


def note_events(connection: Connection, found: Sequence[Event]) -> int:
    """The same of many; how many say something new."""
    return sum(note_event(connection, one) for one in found)


def unsettled(connection: Connection, channel: str, since: datetime) -> dict[str, int]:
    """Deliveries of slots due since then whose end isn't known, by the provider's id."""
    ended = exists().where(event.c.delivery_id == delivery.c.id, event.c.kind.in_(FINAL))
    statement = (
        select(delivery.c.provider_id, delivery.c.id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .where(slot.c.channel == channel, slot.c.due_at >= since)
        .where(delivery.c.state == DeliveryState.SENT, delivery.c.provider_id != "", ~ended)
    )
    return {row.provider_id: row.id for row in connection.execute(statement)}


def _append(connection: Connection, found: Event) -> Any:
    """One statement, so that callbacks that come at once can't overtake each other in it."""
    higher = exists().where(
        event.c.delivery_id == delivery.c.id, event.c.kind.in_(outranking(found.kind))
    )
    row = select(
        delivery.c.id,
        literal(found.kind.value),
        literal(found.code),
        literal(found.detail),
        literal(found.at, event.c.at.type),
    ).where(_is_meant(found), ~higher)
    columns = ["delivery_id", "kind", "code", "detail", "at"]
    return insert_or_ignore(connection, event).from_select(columns, row).on_conflict_do_nothing()


def _is_meant(found: Event) -> ColumnElement[bool]:
    if found.delivery is not None:
        return delivery.c.id == found.delivery
    return (delivery.c.provider_id == found.provider_id) & (delivery.c.provider_id != "")
