"""Those who gave way to somebody at their address who then got nothing: they get it after all.

A duplicate names another's delivery. Where that one is left out at its slot or at its intent, or
its slot is missed or never comes, the first of those who gave way takes its place, within the limit
of their own slot.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import GaveWay
from scheduler.store.planning.batching import BATCH
from scheduler.store.planning.marks import is_being_planned, may_run, take_turn
from scheduler.store.planning.members import address_column, latest_proof
from scheduler.store.planning.served import OTHER, comes_before, is_served
from scheduler.store.planning.shape import Before, Members, before, members, places_of
from scheduler.store.planning.standing import has_row, is_member
from scheduler.store.rules import has_consent
from scheduler.store.schema.states import gave_way
from scheduler.store.schema.tables import address, batch, contact, delivery, occurrence, slot
from scheduler.store.schema.types import UtcTime


def any_heir(connection: Connection, gave_way: GaveWay, now: datetime) -> bool:
    """Whether somebody takes another's place: cheap while nobody does."""
    statement = _heirs(gave_way, 1)
    return connection.execute(statement, _values(gave_way, now)).first() is not None


def succeed(connection: Connection, gave_way: GaveWay, now: datetime) -> int:
    """Let each take the place of whoever got nothing, one an address; how many.

    Call it in a transaction of its own, again until it says 0.
    """
    take_turn(connection, gave_way.channel)
    if not may_run(connection, gave_way.occurrence_id):
        return 0
    # Whoever goes before them may have no row yet.
    if is_being_planned(connection, gave_way.occurrence_id):
        return 0
    rows = connection.execute(_heirs(gave_way, BATCH), _values(gave_way, now)).all()
    batches: dict[tuple[int, str], list[dict[str, int | None]]] = defaultdict(list)
    served: set[int] = set()
    for row in rows:
        if row.address_id not in served:
            served.add(row.address_id)
            of = batches[row.slot_id, row.destination]
            proof = row.proof if row.basis == "consent" else None
            of.append({"heir": row.id, "to": row.address_id, "proof": proof})
    for (slot_id, destination), heirs in batches.items():
        _wait(connection, slot_id, destination, heirs, now)
    if served:
        connection.execute(
            update(occurrence)
            .where(occurrence.c.id == gave_way.occurrence_id)
            .where(occurrence.c.state == OccurrenceState.FINISHED)
            .values(state=OccurrenceState.RUNNING, reason="")
        )
    return len(served)


def _values(gave_way: GaveWay, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"occurrence": gave_way.occurrence_id, "now": now}
    values |= places_of(gave_way.awaited)
    return values if gave_way.list is None else values | {"list": gave_way.list}


def _heirs(gave_way: GaveWay, limit: int) -> Select[Any]:
    """Whoever gave way to a delivery that isn't there, nor to come; the earlier contacts first.

    Parameters: occurrence, now.
    """
    channel = gave_way.channel
    rules = {"owed": gave_way.owed, "listed": gave_way.list is not None}
    who = members(gave_way.audience, channel, **rules)
    awaited = tuple(before(one, channel, **rules) for one in gave_way.awaited)
    kind = gave_way.address_kind
    return _statement(channel, kind, gave_way.audience.name, who, awaited, limit)


@lru_cache(maxsize=256)
def _statement(
    channel: str,
    kind: AddressKind,
    audience: str,
    who: Members,
    awaited: tuple[Before, ...],
    limit: int,
) -> Select[Any]:
    """Built once for each audience: every look asks it of each slot, mostly in vain."""
    column, other = address_column(kind), OTHER
    later = [comes_before(other, number, one, channel) for number, one in enumerate(awaited)]
    statement = (
        select(
            delivery.c.id, delivery.c.slot_id, delivery.c.basis, address.c.id.label("address_id")
        )
        .add_columns(address.c.destination, latest_proof(channel).label("proof"))
        .join_from(delivery, slot, slot.c.id == delivery.c.slot_id)
        .join(contact, contact.c.id == delivery.c.contact_id)
        .join(address, address.c.id == column)
        .where(delivery.c.occurrence_id == bindparam("occurrence"), delivery.c.channel == channel)
        .where(gave_way())
        .where(slot.c.audience == audience, delivery.c.content_id.is_not(None))
        .where(slot.c.not_after > bindparam("now", type_=UtcTime))
        .where(is_member(contact, who), address.c.sealed.is_not(None))
        .where(~is_served(channel, address.c.id))
        .order_by(delivery.c.contact_id)
        .limit(limit)
    )
    if who.needs_consent:
        statement = statement.where(has_consent(contact, channel))
    if not later:
        return statement
    goes_before = exists().where(other.c[column.name] == address.c.id, or_(*later))
    return statement.where(~goes_before.where(~has_row(other, channel)))


def _wait(
    connection: Connection,
    slot_id: int,
    destination: str,
    heirs: Sequence[dict[str, int | None]],
    now: datetime,
) -> None:
    """In a batch of their own."""
    last = connection.execute(select(func.max(batch.c.number)).where(batch.c.slot_id == slot_id))
    number = (last.scalar() or 0) + 1
    connection.execute(
        insert(batch).values(
            slot_id=slot_id,
            number=number,
            state=BatchState.OPEN,
            ready_at=now,
            destination=destination,
        )
    )
    waiting = (
        update(delivery)
        .where(delivery.c.id == bindparam("heir"))
        .values(
            state=DeliveryState.WAITING,
            reason="",
            batch=number,
            address_id=bindparam("to"),
            consent_id=bindparam("proof"),
            at=now,
        )
    )
    connection.execute(waiting, heirs)
