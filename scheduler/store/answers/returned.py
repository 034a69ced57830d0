"""What came back of the last days' messages, by channel: counted now and then, kept in between.

A look at it is the reading of one row. A count reads the events of those days, from the last one
backwards (their numbers are in the order of time), and, only where something came back, the
deliveries of the occurrences that were under way in them: never the whole of either table.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, select

from scheduler.domain.alarms.raising import RETURNED_WITHIN, Returned
from scheduler.domain.answers.bounces import BounceKind
from scheduler.domain.answers.events import EventKind
from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.tables import delivery, event, meta, slot
from scheduler.store.schema.types import from_milliseconds, to_milliseconds
from scheduler.store.statements.upserts import insert_or_ignore

#: How old a count may be.
FRESH = timedelta(minutes=10)

_NAME = "returned"
#: As store.bounces writes it.
_IS_HARD = and_(event.c.kind == EventKind.BOUNCED, event.c.detail.startswith(f"{BounceKind.HARD} "))


def kept(connection: Connection, now: datetime) -> dict[str, Returned] | None:
    """The last count; None where there is none, or it is too old."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar()
    said: dict[str, Any] = json.loads(found) if found else {"at": 0}
    age = now - from_milliseconds(said["at"])
    # A clock that was put back makes a count of the future.
    if not timedelta(0) <= age < FRESH:
        return None
    return {name: Returned(**counts) for name, counts in said["channels"].items()}


def count(connection: Connection, now: datetime) -> dict[str, Returned]:
    """Of the channels from which something came back."""
    since = now - RETURNED_WITHIN
    complaint = event.c.kind == EventKind.COMPLAINED
    heard = (
        select(
            delivery.c.channel,
            _distinct(_IS_HARD).label("hard"),
            _distinct(complaint).label("complaints"),
        )
        .join(delivery, delivery.c.id == event.c.delivery_id)
        .where(event.c.id > _last_before(connection, since), _IS_HARD | complaint)
        .where(delivery.c.at >= since, delivery.c.state == DeliveryState.SENT)
        .group_by(delivery.c.channel)
    )
    rows = connection.execute(heard).all()
    sent = sent_since(connection, since) if rows else {}
    return {
        row.channel: Returned(
            sent=sent.get(row.channel, 0), hard=row.hard, complaints=row.complaints
        )
        for row in rows
    }


def keep(connection: Connection, found: Mapping[str, Returned], now: datetime) -> None:
    channels = {
        name: {"sent": one.sent, "hard": one.hard, "complaints": one.complaints}
        for name, one in found.items()
    }
    value = json.dumps({"at": to_milliseconds(now), "channels": channels})
    statement = insert_or_ignore(connection, meta).values(name=_NAME, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def sent_since(connection: Connection, since: datetime) -> dict[str, int]:
    """Channel -> messages sent since then."""
    # A slot ends two days after it is due, or at the close of the next open day.
    lately = select(slot.c.occurrence_id).where(slot.c.not_after >= since)
    statement = (
        select(delivery.c.channel, func.count().label("rows"))
        .where(delivery.c.occurrence_id.in_(lately))
        .where(delivery.c.state == DeliveryState.SENT, delivery.c.at >= since)
        .group_by(delivery.c.channel)
    )
    return {row.channel: row.rows for row in connection.execute(statement)}


def _last_before(connection: Connection, since: datetime) -> int:
    statement = select(event.c.id).where(event.c.at < since).order_by(event.c.id.desc()).limit(1)
    return connection.execute(statement).scalar() or 0


def _distinct(condition: Any) -> Any:
    """Deliveries of which it holds: a report may be met with two codes."""
    return func.count(event.c.delivery_id.distinct()).filter(condition)
