"""The ledger as the public site reads it: texts that were sent, and no person.

Whether a sending has begun is asked of slots and batches, which are few: a page that anybody may
open never counts deliveries. Only a stopped occurrence has its deliveries looked at.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from scheduler.domain.delivery import DeliveryState, OccurrenceState, SlotState
from scheduler.domain.showing.published import PublishedText
from scheduler.store.database import Database
from scheduler.store.planning.contents import content_source
from scheduler.store.schema.tables import batch, content, delivery, occurrence, slot
from scheduler.store.transactions import reading

#: Texts in the list at most: some years of a busy calendar.
MOST_TEXTS = 1000


def _published(connection: Connection, web_id: str, now: datetime) -> PublishedText | None:
    # A range, so that the index serves: "g" comes after every hexadecimal digit.
    begins = and_(content.c.fingerprint >= web_id, content.c.fingerprint < f"{web_id}g")
    row = connection.execute(_begun(now).where(begins).limit(1)).first()
    return _text(row) if row else None


def _published_since(connection: Connection, since: datetime, now: datetime) -> list[PublishedText]:
    begun = _begun(now).having(func.min(slot.c.due_at) >= since).limit(MOST_TEXTS)
    return [_text(row) for row in connection.execute(begun)]


def _brought_forward(connection: Connection, campaign: str) -> list[str]:
    by_hand = select(occurrence.c.episode, occurrence.c.forced).where(
        occurrence.c.campaign == campaign, occurrence.c.state != OccurrenceState.CANCELLED
    )
    return [row.episode for row in connection.execute(by_hand) if row.forced]


def _begun(now: datetime) -> Any:
    """Each text with the moment its first slot came due: one that had somebody to write to."""
    same = and_(
        slot.c.occurrence_id == content.c.occurrence_id,
        slot.c.channel == content.c.channel,
        slot.c.audience == content.c.audience,
    )
    sent = exists().where(
        delivery.c.occurrence_id == content.c.occurrence_id,
        delivery.c.content_id == content.c.id,
        delivery.c.state.in_([DeliveryState.SENT, DeliveryState.UNCERTAIN]),
    )
    runs = occurrence.c.state.in_([OccurrenceState.RUNNING, OccurrenceState.FINISHED])
    names = ("id", "fingerprint", "occurrence_id", "audience", "channel", "variant", "revision")
    columns = [*(content.c[name] for name in names), occurrence.c.campaign]
    return (
        select(*columns, func.min(slot.c.due_at).label("since"))
        .join(slot, same)
        .join(occurrence, occurrence.c.id == content.c.occurrence_id)
        .where(slot.c.state != SlotState.MISSED, slot.c.due_at <= now)
        .where(exists().where(batch.c.slot_id == slot.c.id))
        .where(or_(runs, sent))
        .group_by(*columns)
        .order_by(func.min(slot.c.due_at).desc(), content.c.id)
    )


def _text(row: Any) -> PublishedText:
    return PublishedText(
        content_id=row.id,
        fingerprint=row.fingerprint,
        occurrence_id=row.occurrence_id,
        audience=row.audience,
        channel=row.channel,
        campaign=row.campaign,
        variant=row.variant,
        revision=row.revision,
        since=row.since,
    )


class PublicLedger:
    """Each method is one consistent view. Nothing here writes."""

    def __init__(self, database: Database) -> None:
        self.database = database

    #: The text behind a web address; None before its sending begins, and for no such id.
    published = reading(_published)

    #: Texts whose sending began in this time, newest first.
    published_since = reading(_published_since)

    #: A kept text, as JSON.
    content = reading(content_source)

    #: The episodes of a campaign that a person made due, and didn't cancel since.
    brought_forward = reading(_brought_forward)
