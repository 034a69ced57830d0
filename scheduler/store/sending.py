"""Batches, intents and outcomes: every statement the send step makes.

Claiming a batch and taking an intent are two things. The claim is a lease on up to a thousand rows;
the intent is taken for the few that can be handed over at once, and its statement asks again
whether each may leave: opt-out, pause, cancel, a stop of everything by hand, the limit of its slot,
the claim itself.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
    update,
)

from scheduler.domain.campaigns import Place
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState, Outcome
from scheduler.domain.sending import Claim, OpenSlot
from scheduler.store.rules import covers, has_received
from scheduler.store.stopping import may_send
from scheduler.store.tables import (
    address,
    batch,
    contact,
    content,
    delivery,
    event,
    import_,
    occurrence,
    slot,
    suppression,
)

#: A worker that hasn't renewed its claim for so long is taken for dead.
LEASE = timedelta(minutes=5)


def open_slots(connection: Connection, channel: str, now: datetime) -> list[OpenSlot]:
    """Slots of running occurrences with a batch that is ready and that nobody holds."""
    statement = (
        select(slot.c.id, slot.c.zone, slot.c.territory, slot.c.not_after)
        .join(occurrence)
        .where(slot.c.channel == channel, occurrence.c.state == OccurrenceState.RUNNING)
        .where(may_send(), exists().where(batch.c.slot_id == slot.c.id, _ready(now)))
        .order_by(slot.c.due_at, slot.c.id)
    )
    return [
        OpenSlot(slot=id_, place=Place(zone=zone, territory=territory), not_after=not_after)
        for id_, zone, territory, not_after in connection.execute(statement)
    ]


def _ready(now: datetime) -> Any:
    free = batch.c.owner.is_(None) | (batch.c.lease_until < now)
    return and_(batch.c.state == "open", batch.c.ready_at <= now, free)


def claim(
    connection: Connection, slots: Collection[int], owner: str, now: datetime
) -> Claim | None:
    """Take the oldest ready batch of these slots; None when there is none."""
    oldest = (
        select(batch.c.slot_id, batch.c.number)
        .join(slot)
        .where(batch.c.slot_id.in_(slots), _ready(now), may_send())
        .order_by(slot.c.due_at, batch.c.slot_id, batch.c.number)
        .limit(1)
    )
    if connection.dialect.name == "postgresql":
        oldest = oldest.with_for_update(skip_locked=True, of=batch)
    row = (connection.execute(oldest)).first()
    if row is None:
        return None
    taken = (
        update(batch)
        .where(batch.c.slot_id == row.slot_id, batch.c.number == row.number)
        .values(owner=owner, lease_until=now + LEASE, epoch=batch.c.epoch + 1)
        .returning(batch.c.epoch)
    )
    epoch = (connection.execute(taken)).scalar_one()
    return _claimed(connection, row.slot_id, row.number, epoch, owner)


def _claimed(connection: Connection, slot_id: int, number: int, epoch: int, owner: str) -> Claim:
    statement = select(slot, occurrence).join(occurrence).where(slot.c.id == slot_id)
    row = (connection.execute(statement)).mappings().one()
    name = f"{row[occurrence.c.campaign]}/{row[occurrence.c.episode]}"
    return Claim(
        slot=slot_id,
        number=number,
        epoch=epoch,
        owner=owner,
        occurrence=f"{name}/{row[occurrence.c.local_date]}",
        campaign=row[occurrence.c.campaign],
        episode=row[occurrence.c.episode],
        channel=row[slot.c.channel],
        topic=row[slot.c.topic],
        audience=row[slot.c.audience],
        place=Place(zone=row[slot.c.zone], territory=row[slot.c.territory]),
        not_after=row[slot.c.not_after],
    )


def due_rows(connection: Connection, claim: Claim, now: datetime, limit: int) -> Sequence[Any]:
    """Waiting deliveries of a batch with their sealed address and fields, oldest first."""
    statement = (
        select(
            delivery.c.id,
            delivery.c.content_id,
            delivery.c.attempts,
            delivery.c.address_id,
            address.c.kind.label("address_kind"),
            address.c.digest,
            address.c.sealed.label("sealed_address"),
            contact.c.id.label("contact_id"),
            contact.c.audience.label("source"),
            contact.c.source_key,
            contact.c.sealed.label("sealed_fields"),
            contact.c.segment,
            contact.c.token,
            contact.c.language,
            case((has_received(contact.c.id), ""), else_=import_.c.origin).label("origin"),
        )
        .select_from(delivery)
        .join(contact, contact.c.id == delivery.c.contact_id)
        .join(address, address.c.id == delivery.c.address_id)
        .outerjoin(import_, import_.c.id == contact.c.import_id)
        .where(delivery.c.slot_id == claim.slot, delivery.c.batch == claim.number)
        .where(delivery.c.state == DeliveryState.WAITING, delivery.c.at <= now)
        # Never tried first: what is refused again and again must not hold the others up.
        .order_by(delivery.c.attempts, delivery.c.id)
        .limit(limit)
    )
    return (connection.execute(statement)).all()


def take_intents(
    connection: Connection,
    claim: Claim,
    deliveries: Collection[int],
    now: datetime,
) -> set[int]:
    """Mark these as being sent, asking everything again; the ones that may leave.

    Renews the claim.

    Those whose address has been suppressed since planning are left out here, with the reason.
    """
    if claim.not_after < now or not _renew(connection, claim, now):
        return set()
    suppressed = covers(suppression, delivery.c.address_id, claim.channel, claim.topic)
    member = exists().where(contact.c.id == delivery.c.contact_id, contact.c.active == 1)
    running = exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.RUNNING,
    )
    waiting = (delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.WAITING)
    intents = (
        update(delivery)
        .where(*waiting, running, member, may_send())
        .where(delivery.c.address_id.in_(select(address.c.id).where(address.c.sealed.is_not(None))))
        .where(~exists().where(suppressed))
        .values(state=DeliveryState.SENDING, attempts=delivery.c.attempts + 1, at=now)
        .returning(delivery.c.id)
    )
    taken = {row.id for row in connection.execute(intents)}
    if len(taken) < len(deliveries):
        bounced = exists().where(suppressed, suppression.c.reason == "bounced")
        reason = case((bounced, LeftOut.BOUNCED.value), else_=LeftOut.OPTED_OUT.value)
        connection.execute(
            update(delivery)
            .where(*waiting, exists().where(suppressed))
            .values(state=DeliveryState.LEFT_OUT, reason=reason, at=now)
        )
        connection.execute(
            update(delivery)
            .where(*waiting, ~member)
            .values(state=DeliveryState.CANCELLED, reason="left the audience", at=now)
        )
    return taken


def record(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """Write what attempts came to. Only a row that is being sent changes.

    What would wait again is cancelled where a person cancelled its occurrence meanwhile.
    """
    if not outcomes:
        return
    statement = (
        update(delivery)
        .where(delivery.c.id == bindparam("row"), delivery.c.state == DeliveryState.SENDING)
        .values(
            state=bindparam("to_state"),
            reason=bindparam("why"),
            at=bindparam("when"),
            provider_id=bindparam("their_id"),
            segments=bindparam("parts"),
            cost=bindparam("price"),
        )
    )
    connection.execute(
        statement,
        [
            {
                "row": one.delivery,
                "to_state": one.state,
                "why": one.reason,
                "when": one.next_at or one.at,
                "their_id": one.provider_id,
                "parts": one.segments,
                "price": one.cost,
            }
            for one in outcomes
        ],
    )
    given_back = [one.delivery for one in outcomes if one.state is DeliveryState.WAITING]
    if given_back:
        _cancel_too(connection, given_back)
    in_doubt = [one.delivery for one in outcomes if one.state is DeliveryState.UNCERTAIN]
    if in_doubt:
        _settle_by_events(connection, in_doubt)


def _settle_by_events(connection: Connection, deliveries: Collection[int]) -> None:
    """The provider spoke of it before we gave up on its answer: it has it."""
    heard = exists().where(event.c.delivery_id == delivery.c.id)
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.UNCERTAIN, heard)
        .values(state=DeliveryState.SENT)
    )


def _cancel_too(connection: Connection, deliveries: Collection[int]) -> None:
    over = exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.CANCELLED,
    )
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.WAITING, over)
        .values(state=DeliveryState.CANCELLED)
    )


def release(connection: Connection, claim: Claim) -> None:
    """Give a batch back: done when nothing in it waits, else ready when the first row is."""
    waiting = (
        select(func.min(delivery.c.at))
        .where(delivery.c.slot_id == claim.slot, delivery.c.batch == claim.number)
        .where(delivery.c.state == DeliveryState.WAITING)
    )
    ready_at = (connection.execute(waiting)).scalar()
    connection.execute(
        update(batch)
        .where(batch.c.slot_id == claim.slot, batch.c.number == claim.number)
        .where(batch.c.epoch == claim.epoch)
        .values(
            owner=None,
            lease_until=None,
            state="open" if ready_at else "done",
            ready_at=ready_at or batch.c.ready_at,
        )
    )


def _renew(connection: Connection, claim: Claim, now: datetime) -> bool:
    """Hold a batch for another lease; False when somebody else has it."""
    renewed = (
        update(batch)
        .where(batch.c.slot_id == claim.slot, batch.c.number == claim.number)
        .where(batch.c.epoch == claim.epoch, batch.c.owner == claim.owner)
        .values(lease_until=now + LEASE)
    )
    return bool((connection.execute(renewed)).rowcount)


def content_source(connection: Connection, row: int) -> str:
    """The kept text of a delivery, as JSON."""
    statement = select(content.c.source).where(content.c.id == row)
    source: str = (connection.execute(statement)).scalar_one()
    return source
