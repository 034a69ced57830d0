"""What is learnt of a delivery after it was handed over."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    literal,
    or_,
    select,
    update,
)

from scheduler.domain.answers.events import ARRIVED, FINAL, Event, outranking
from scheduler.domain.answers.uncertain import Evidence
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import DeliveryId
from scheduler.store.schema.tables import delivery, event, slot
from scheduler.store.sending.retrying import is_retried, was_retried
from scheduler.store.statements.upserts import insert_or_ignore


def note_event(connection: Connection, found: Event) -> bool:
    """Append an event; False when it says nothing new, or no delivery is meant.

    The provider speaks of the message, so it has it: a delivery that was uncertain is sent. So is
    one that was to be tried again, when what was said not to have arrived has arrived after all.
    """
    # Not its rowcount: PostgreSQL's driver doesn't give one of an INSERT.
    added = _append(connection, found).returning(event.c.id)
    noted = connection.execute(added).first() is not None
    if noted:
        _settle(connection, found)
    return noted


def unsettled(connection: Connection, channel: str, since: datetime) -> dict[str, DeliveryId]:
    """Deliveries of slots due since then whose end isn't known, by the provider's id."""
    ended = exists().where(event.c.delivery_id == delivery.c.id, event.c.kind.in_(FINAL))
    statement = (
        select(delivery.c.provider_id, delivery.c.id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .where(slot.c.channel == channel, slot.c.due_at >= since)
        .where(delivery.c.state == DeliveryState.SENT, delivery.c.provider_id != "", ~ended)
    )
    return {row.provider_id: row.id for row in connection.execute(statement)}


def is_heard_of() -> ColumnElement[bool]:
    """The provider has spoken of a delivery's latest try: a condition of a statement over it."""
    heard = exists().where(event.c.delivery_id == delivery.c.id)
    return and_(heard, or_(~was_retried(), heard.where(event.c.kind.in_(FINAL | ARRIVED))))


def is_meant(found: Event) -> ColumnElement[bool]:
    """The delivery that an event is about."""
    if found.delivery_id is not None:
        return delivery.c.id == found.delivery_id
    return (delivery.c.provider_id == found.provider_id) & (delivery.c.provider_id != "")


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
    ).where(is_meant(found), ~higher)
    if found.kind not in ARRIVED:
        row = row.where(~is_retried(found.provider_id))
    columns = ["delivery_id", "kind", "code", "detail", "at"]
    return insert_or_ignore(connection, event).from_select(columns, row).on_conflict_do_nothing()


def _settle(connection: Connection, found: Event) -> None:
    known = {"state": DeliveryState.SENT, "provider_id": found.provider_id}
    in_doubt = delivery.c.state == DeliveryState.UNCERTAIN
    proof = Evidence.PROVIDER if found.provider_id else Evidence.REPORT
    connection.execute(
        update(delivery).where(is_meant(found), in_doubt).values(known | {"reason": proof.reason})
    )
    if found.kind in ARRIVED:
        given_up = delivery.c.state.in_([DeliveryState.WAITING, DeliveryState.FAILED])
        after_all = (is_meant(found), given_up, is_retried(found.provider_id))
        connection.execute(
            update(delivery).where(*after_all).values(known | {"reason": found.detail})
        )
