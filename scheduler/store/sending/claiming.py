"""Batches and who works them: what is open, the claim, the lease, giving it back.

A claim is a lease on up to a thousand rows of one slot, all to one destination. It lets nothing
leave: each intent is taken for itself (``scheduler.store.sending.intents``).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState
from scheduler.domain.ids import SlotId
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.sending import Claim, Lane, OpenSlot
from scheduler.store.schema.states import stands_at
from scheduler.store.schema.tables import batch, delivery, occurrence, slot
from scheduler.store.sending.halts import not_halted
from scheduler.store.stopping import may_send

#: A worker that hasn't renewed its claim for so long is taken for dead.
LEASE = timedelta(minutes=5)
#: Batches that are settled at one look.
SOME = 500


def any_open(connection: Connection, lane: Lane) -> bool:
    """Whether a running occurrence has an open batch of the lane, ready or not: without one, none
    of ``open_slots`` is there at any time."""
    statement = (
        select(batch.c.slot_id)
        .join(slot, slot.c.id == batch.c.slot_id)
        .join(occurrence, occurrence.c.id == slot.c.occurrence_id)
        .where(slot.c.channel == lane.channel, occurrence.c.state == OccurrenceState.RUNNING)
        .where(batch.c.state == BatchState.OPEN, _is_in(lane))
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def open_slots(connection: Connection, lane: Lane, now: datetime) -> list[OpenSlot]:
    """Slots of running occurrences with a batch of the lane that is ready and that nobody holds."""
    ready = exists().where(batch.c.slot_id == slot.c.id, _is_in(lane), _ready(now))
    statement = (
        select(slot.c.id, slot.c.audience, slot.c.zone, slot.c.territory, slot.c.not_after)
        .join(occurrence)
        .where(slot.c.channel == lane.channel, occurrence.c.state == OccurrenceState.RUNNING)
        .where(may_send(), not_halted(occurrence.c.campaign, slot.c.channel), ready)
        .order_by(slot.c.due_at, slot.c.id)
    )
    return [
        OpenSlot(
            slot_id=row.id,
            audience=row.audience,
            place=Place(zone=row.zone, territory=row.territory),
            not_after=row.not_after,
        )
        for row in connection.execute(statement)
    ]


def _ready(now: datetime) -> Any:
    free = batch.c.owner.is_(None) | (batch.c.lease_until < now)
    return and_(batch.c.state == BatchState.OPEN, batch.c.ready_at <= now, free)


def claim(
    connection: Connection,
    slots: Collection[int],
    owner: str,
    now: datetime,
    *,
    lane: Lane | None = None,
    number: int | None = None,
) -> Claim | None:
    """Take the oldest ready batch of these slots (of the lane; of this number); None when there is
    none, or as many of the lane are being worked as may be."""
    if lane is not None and _is_full(connection, lane, now):
        return None
    oldest = (
        select(batch.c.slot_id, batch.c.number)
        .join(slot)
        .where(batch.c.slot_id.in_(slots), _ready(now), may_send())
        .order_by(slot.c.due_at, batch.c.slot_id, batch.c.number)
        .limit(1)
    )
    if lane is not None:
        oldest = oldest.where(_is_in(lane))
    if number is not None:
        oldest = oldest.where(batch.c.number == number)
    if connection.dialect.name == "postgresql":
        oldest = oldest.with_for_update(skip_locked=True, of=batch)
    row = (connection.execute(oldest)).first()
    if row is None:
        return None
    taken = (
        update(batch)
        .where(batch.c.slot_id == row.slot_id, batch.c.number == row.number)
        .values(owner=owner, lease_until=now + LEASE, epoch=batch.c.epoch + 1)
        .returning(batch.c.epoch, batch.c.destination)
    )
    epoch, destination = (connection.execute(taken)).one()
    return _claimed(connection, row.slot_id, row.number, epoch, owner, destination)


def _is_in(lane: Lane) -> ColumnElement[bool]:
    """A batch of the lane. What a group was planned for that is no more goes with the rest."""
    if lane.destination:
        return batch.c.destination == lane.destination
    return batch.c.destination.not_in(lane.apart)


def _is_full(connection: Connection, lane: Lane, now: datetime) -> bool:
    """As many batches of a limited lane are being worked as it has connections.

    Those who ask at once take turns until they commit.
    """
    if lane.connections is None:
        return False
    if connection.dialect.name == "postgresql":
        turn = func.pg_advisory_xact_lock(func.hashtext(f"lane {lane.name}"))
        connection.execute(select(turn))
    worked = (
        select(func.count())
        .select_from(batch.join(slot))
        .where(slot.c.channel == lane.channel, batch.c.destination == lane.destination)
        .where(
            batch.c.state == BatchState.OPEN, batch.c.owner.is_not(None), batch.c.lease_until >= now
        )
    )
    return connection.execute(worked).scalar_one() >= lane.connections


def _claimed(
    connection: Connection, slot_id: int, number: int, epoch: int, owner: str, destination: str
) -> Claim:
    statement = select(slot, occurrence).join(occurrence).where(slot.c.id == slot_id)
    row = (connection.execute(statement)).mappings().one()
    name, episode = row[occurrence.c.campaign], row[occurrence.c.episode]
    season, local_date = row[occurrence.c.season], row[occurrence.c.local_date]
    return Claim(
        slot_id=SlotId(slot_id),
        number=number,
        epoch=epoch,
        owner=owner,
        occurrence=printed_id(name, episode, season, local_date),
        campaign=name,
        episode=episode,
        channel=row[slot.c.channel],
        topic=row[slot.c.topic],
        audience=row[slot.c.audience],
        place=Place(zone=row[slot.c.zone], territory=row[slot.c.territory]),
        not_after=row[slot.c.not_after],
        destination=destination,
    )


def renew(connection: Connection, claim: Claim, now: datetime) -> bool:
    """Hold a batch for another lease; False when somebody else has it."""
    renewed = (
        update(batch)
        .where(batch.c.slot_id == claim.slot_id, batch.c.number == claim.number)
        .where(batch.c.epoch == claim.epoch, batch.c.owner == claim.owner)
        .values(lease_until=now + LEASE)
    )
    return bool((connection.execute(renewed)).rowcount)


def hold(connection: Connection, which: ColumnElement[bool]) -> None:
    """Lock these batches until the end of the transaction, so that whoever says what waits in one
    and whoever says that nothing does take turns. SQLite has one writer at a time."""
    locked = select(batch.c.number).where(which).order_by(batch.c.slot_id, batch.c.number)
    if connection.dialect.name == "postgresql":
        connection.execute(locked.with_for_update())


def release(connection: Connection, claim: Claim) -> None:
    """Give a batch back: done when nothing in it waits, else ready when the first row is.

    Settled too, unless some last answers are awaited: ``settle`` does it then."""
    # What an outcome that is being written says of it is read once that is done.
    hold(connection, and_(batch.c.slot_id == claim.slot_id, batch.c.number == claim.number))
    waiting = (
        select(func.min(delivery.c.at))
        .where(delivery.c.slot_id == claim.slot_id, delivery.c.batch == claim.number)
        .where(delivery.c.state == DeliveryState.WAITING)
    )
    ready_at = (connection.execute(waiting)).scalar()
    given_back = (
        update(batch)
        .where(batch.c.slot_id == claim.slot_id, batch.c.number == claim.number)
        .where(batch.c.epoch == claim.epoch)
        .values(
            owner=None,
            lease_until=None,
            state=BatchState.OPEN if ready_at else BatchState.DONE,
            ready_at=ready_at or batch.c.ready_at,
        )
    )
    if connection.dialect.name == "postgresql":
        none_of_it = case((_holds(DeliveryState.SENDING), batch.c.settled), else_=claim.epoch)
        given_back = given_back.values(settled=none_of_it)
    connection.execute(given_back)


def settle(connection: Connection) -> None:
    """Say of batches that nobody holds, and of which nothing is on the wire any more, that it is
    so; on PostgreSQL, where that is asked."""
    is_closed = batch.c.state == BatchState.DONE
    unsettled = (
        select(batch.c.slot_id, batch.c.number, batch.c.epoch)
        .where(batch.c.settled != batch.c.epoch, batch.c.owner.is_(None))
        .where(~_holds(DeliveryState.SENDING))
        # One that an older program closed too early: whoever starts next opens it.
        .where(or_(~is_closed, ~_holds(DeliveryState.WAITING)))
        .limit(SOME)
    )
    for slot_id, number, epoch in connection.execute(unsettled).all():
        # What was true of that epoch stays true: nobody who doesn't hold it adds to it.
        connection.execute(
            update(batch)
            .where(batch.c.slot_id == slot_id, batch.c.number == number)
            .values(settled=epoch)
        )


def _holds(state: DeliveryState) -> ColumnElement[bool]:
    """``batch`` has a delivery in this state."""
    return exists().where(
        delivery.c.slot_id == batch.c.slot_id,
        delivery.c.batch == batch.c.number,
        stands_at(state),
    )


def open_again(connection: Connection, deliveries: Collection[int]) -> None:
    """Let the batches in which one of these waits be ready as soon as it is, if nobody holds them.

    A batch is given back while its last answers are awaited: it was closed then, or is ready when
    the first row is that waited by then. Whoever holds one says when it is given back.
    """
    theirs = (
        select(delivery.c.slot_id, delivery.c.batch)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.WAITING)
        .distinct()
    )
    hold(connection, tuple_(batch.c.slot_id, batch.c.number).in_(theirs))
    first = (
        select(func.min(delivery.c.at))
        .where(delivery.c.slot_id == batch.c.slot_id, delivery.c.batch == batch.c.number)
        .where(delivery.c.state == DeliveryState.WAITING)
        .scalar_subquery()
    )
    connection.execute(
        update(batch)
        .where(tuple_(batch.c.slot_id, batch.c.number).in_(theirs))
        .where(
            or_(
                batch.c.state == BatchState.DONE,
                and_(batch.c.owner.is_(None), batch.c.ready_at > first),
            )
        )
        .values(state=BatchState.OPEN, ready_at=first)
    )
    waits = select(delivery.c.occurrence_id).where(
        delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.WAITING
    )
    run_again(connection, occurrence.c.id.in_(waits))


def run_again(connection: Connection, which: ColumnElement[bool]) -> None:
    """These occurrences aren't finished: something of them waits again, of which nobody had heard
    for so long that it was given up."""
    connection.execute(
        update(occurrence)
        .where(occurrence.c.state == OccurrenceState.FINISHED, which)
        .values(state=OccurrenceState.RUNNING, reason="")
    )
