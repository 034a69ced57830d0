"""Texts of an occurrence that could not be sent when it was settled: their readers wait for them.

A row says which, and why. It stays when it is over, so that later slots know that the text was
wanted: its readers get it or nothing, never another one by mistake.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import HeldText
from scheduler.store.schema.tables import delivery, event, held_text, slot
from scheduler.store.statements.upserts import insert_or_ignore


def of_occurrence(connection: Connection, occurrence_id: OccurrenceId) -> list[HeldText]:
    """All of them, those that are over too."""
    statement = select(held_text).where(held_text.c.occurrence_id == occurrence_id)
    order = (held_text.c.channel, held_text.c.audience, held_text.c.variant)
    return [
        HeldText(
            channel=one.channel,
            audience=one.audience,
            variant=one.variant,
            reason=one.reason,
            over=one.ended_at is not None,
        )
        for one in connection.execute(statement.order_by(*order))
    ]


def note(
    connection: Connection, occurrence_id: OccurrenceId, held: Iterable[HeldText], now: datetime
) -> None:
    """Part of the transaction that settles the others."""
    for one in held:
        values = {
            "occurrence_id": occurrence_id,
            "channel": one.channel,
            "audience": one.audience,
            "variant": one.variant,
            "reason": one.reason,
            "at": now,
        }
        statement = insert_or_ignore(connection, held_text).values(values)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["occurrence_id", "channel", "audience", "variant"],
                set_={"reason": one.reason},
            )
        )


def wait_again(
    connection: Connection, occurrence_id: OccurrenceId, audiences: Collection[str]
) -> None:
    """Whoever was left out for want of a text waits for it once more: a person sends again. Nothing
    of theirs ever left, so nobody gets it twice."""
    mine = select(slot.c.id).where(
        slot.c.occurrence_id == occurrence_id, slot.c.audience.in_(audiences)
    )
    connection.execute(
        delete(delivery).where(
            delivery.c.slot_id.in_(mine),
            delivery.c.state == DeliveryState.LEFT_OUT,
            delivery.c.reason == LeftOut.NO_TEXT.value,
            ~exists().where(event.c.delivery_id == delivery.c.id),
        )
    )
    connection.execute(
        update(held_text)
        .where(held_text.c.occurrence_id == occurrence_id, held_text.c.audience.in_(audiences))
        .values(ended_at=None)
    )


def end(
    connection: Connection,
    occurrence_id: OccurrenceId,
    channel: str,
    audience: str,
    variants: Collection[str],
    now: datetime,
) -> None:
    """Their readers were served, or left out for good."""
    connection.execute(
        update(held_text)
        .where(held_text.c.occurrence_id == occurrence_id, held_text.c.channel == channel)
        .where(held_text.c.audience == audience, held_text.c.variant.in_(list(variants)))
        .where(held_text.c.ended_at.is_(None))
        .values(ended_at=now)
    )
