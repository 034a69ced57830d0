"""The outbox's statements: who there is, and what became of each message for one of them."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, select

from scheduler.domain.answers.arrivals import Arrival, told
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.showing.desk import PEOPLE_ON_A_PAGE, DeliveryLine
from scheduler.store import delivery_counts
from scheduler.store.people.cards import with_addresses
from scheduler.store.schema.tables import contact, content, delivery, occurrence, slot

#: Contact -> channel -> messages that left.
Sent = Mapping[int, Mapping[str, int]]


def totals(connection: Connection) -> list[tuple[str, DeliveryState | Arrival, int]]:
    """By channel: each state, and after what is sent what was learnt of it."""
    slots = connection.execute(select(slot.c.id, slot.c.channel))
    channels = {row.id: row.channel for row in slots}
    found: dict[tuple[str, DeliveryState], Counter[Arrival | None]] = {}
    for one in delivery_counts.of_all(connection):
        counts = found.setdefault((channels[one.slot_id], one.state), Counter())
        counts[one.arrival] += one.rows
    shown: list[tuple[str, DeliveryState | Arrival, int]] = []
    for (channel, state), counts in sorted(found.items()):
        shown.append((channel, state, counts.total()))
        learnt = {one: counts[one] for one in Arrival}
        shown += [(channel, one, rows) for one, rows in told(learnt)]
    return shown


def people(connection: Connection, page: int) -> tuple[int, Sequence[Any], Sent]:
    """Those with a message that can be opened come first."""
    living = contact.c.active == 1
    total = connection.execute(select(func.count()).where(living)).scalar_one()
    kept = exists().where(delivery.c.contact_id == contact.c.id, delivery.c.provider_id != "")
    statement = with_addresses().where(living).order_by(kept.desc(), contact.c.id)
    rows = connection.execute(
        statement.limit(PEOPLE_ON_A_PAGE).offset((page - 1) * PEOPLE_ON_A_PAGE)
    ).all()
    return total, rows, _sent(connection, [row.id for row in rows])


def one_person(connection: Connection, contact_id: int) -> tuple[Any, Sent]:
    row = connection.execute(with_addresses().where(contact.c.id == contact_id)).first()
    return row, _sent(connection, [contact_id])


def _sent(connection: Connection, contacts: Collection[int]) -> Sent:
    by = (delivery.c.contact_id, delivery.c.channel)
    statement = (
        select(*by, func.count().label("rows"))
        .where(delivery.c.contact_id.in_(list(contacts)))
        .where(delivery.c.state == DeliveryState.SENT)
        .group_by(*by)
    )
    found: dict[int, dict[str, int]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.contact_id, {})[row.channel] = row.rows
    return found


def deliveries(connection: Connection, contact_id: int) -> Sequence[Any]:
    statement = (
        select(
            delivery,
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.season,
            occurrence.c.local_date,
            slot.c.zone,
            slot.c.due_at,
            content.c.source,
        )
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .join(slot, slot.c.id == delivery.c.slot_id)
        .outerjoin(content, content.c.id == delivery.c.content_id)
        .where(delivery.c.contact_id == contact_id)
        .order_by(slot.c.due_at, delivery.c.id)
    )
    return connection.execute(statement).all()


def line(row: Any) -> DeliveryLine:
    return DeliveryLine(
        delivery=row.id,
        occurrence=printed_id(row.campaign, row.episode, row.season, row.local_date),
        channel=row.channel,
        state=DeliveryState(row.state),
        reason=row.reason,
        at=row.at if row.state == DeliveryState.SENT else row.due_at,
        zone=row.zone,
        provider_id=row.provider_id,
        title=json.loads(row.source)["title"] if row.source else "",
    )
