"""Intents and outcomes: what is about to leave, and what became of it.

Claiming a batch and taking an intent are two things. The intent is taken for the few that can be
handed over at once, and its statement asks again whether each may leave: opt-out, pause, cancel, a
halt, a stop of everything by hand, the limit of its slot, the claim itself.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    update,
)

from scheduler.domain.answers.uncertain import OWNER_SILENT, Evidence
from scheduler.domain.consent.optout import STRANGERS
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState, Outcome
from scheduler.domain.sending import Claim
from scheduler.store.freezing import concerns_frozen
from scheduler.store.planning.readdressing import bring_up_to_date, is_todays
from scheduler.store.rules import NO_REFUSAL, bounced, closed, has_received, refused
from scheduler.store.schema.tables import (
    address,
    contact,
    delivery,
    import_,
    occurrence,
)
from scheduler.store.schema.types import Flag
from scheduler.store.sending.bursts import let_through
from scheduler.store.sending.claiming import open_again, renew
from scheduler.store.sending.events import is_heard_of
from scheduler.store.sending.halts import not_halted
from scheduler.store.stopping import may_send


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
        .where(delivery.c.slot_id == claim.slot_id, delivery.c.batch == claim.number)
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
    replica: int | None,
) -> set[int]:
    """Mark these as being sent by a replica, asking everything again; the ones that may leave.

    Renews the claim. Whom a file has changed since planning is left for another look, with the
    address of the day, or left out.

    Those who have refused since planning, and those whose address is dead, are left out here, with
    the reason; those whose domain is left alone for now wait for its next try.
    """
    if claim.not_after < now or not renew(connection, claim, now):
        return set()
    deliveries = bring_up_to_date(connection, claim, deliveries, now)
    deliveries = let_through(connection, claim, deliveries, now)
    about = (claim.channel, claim.topic)
    objects = refused(delivery.c.contact_id, delivery.c.address_id, *about)
    is_dead = bounced(delivery.c.address_id, *about)
    member = exists().where(contact.c.id == delivery.c.contact_id, contact.c.active == 1)
    frozen = concerns_frozen(delivery.c.contact_id)
    running = exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.RUNNING,
    )
    waiting = (delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.WAITING)
    intents = (
        update(delivery)
        .where(*waiting, running, is_todays(claim.channel), may_send())
        .where(not_halted(literal(claim.campaign), literal(claim.channel)))
        .where(delivery.c.address_id.in_(select(address.c.id).where(address.c.sealed.is_not(None))))
        .where(~objects, ~is_dead, ~frozen)
        .values(
            state=DeliveryState.SENDING,
            attempts=delivery.c.attempts + 1,
            at=now,
            replica_id=replica,
        )
        .returning(delivery.c.id)
    )
    taken = {row.id for row in connection.execute(intents)}
    if len(taken) < len(deliveries):
        connection.execute(
            update(delivery)
            .where(*waiting, frozen)
            .values(state=DeliveryState.LEFT_OUT, reason=LeftOut.FROZEN.value, at=now)
        )
        whose = (delivery.c.contact_id, delivery.c.address_id, *about)
        reason = case(
            (is_dead, LeftOut.BOUNCED.value),
            (refused(*whose, but=NO_REFUSAL), LeftOut.OPTED_OUT.value),
            (closed(STRANGERS, *whose), LeftOut.NOT_THEIRS.value),
            else_=LeftOut.IN_DOUBT.value,
        )
        connection.execute(
            update(delivery)
            .where(*waiting, or_(objects, is_dead))
            .values(state=DeliveryState.LEFT_OUT, reason=reason, at=now)
        )
        connection.execute(
            update(delivery)
            .where(*waiting, ~member)
            .values(state=DeliveryState.LEFT_OUT, reason=LeftOut.LEFT_AUDIENCE.value, at=now)
        )
    return taken


def still_may(
    connection: Connection,
    claim: Claim,
    deliveries: Collection[int],
    now: datetime,
    replica: int | None,
) -> set[int]:
    """Those of a replica's intents that may still begin, by what the ledger says now; changes
    nothing. Whatever it leaves out, the next intent leaves out or holds as well."""
    if claim.not_after < now:
        return set()
    return set(connection.execute(_still(claim, deliveries, replica)).scalars())


def _still(claim: Claim, deliveries: Collection[int], replica: int | None) -> Select[Any]:
    about = (claim.channel, claim.topic)
    whose = (delivery.c.contact_id, delivery.c.address_id, *about)
    running = exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.RUNNING,
    )
    readable = exists().where(address.c.id == delivery.c.address_id, address.c.sealed.is_not(None))
    return (
        select(delivery.c.id)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.SENDING)
        .where(delivery.c.replica_id.is_not_distinct_from(replica))
        .where(running, is_todays(claim.channel), readable, may_send())
        .where(not_halted(literal(claim.campaign), literal(claim.channel)))
        .where(~refused(*whose), ~bounced(delivery.c.address_id, *about))
        .where(~concerns_frozen(delivery.c.contact_id))
    )


def record(connection: Connection, outcomes: Sequence[Outcome], replica: int | None) -> None:
    """Write what a replica's attempts came to. Only a row that it is sending changes, or one that
    was given up when it went silent: nobody knows better.

    What would wait again is cancelled where a person cancelled its occurrence meanwhile.
    """
    if not outcomes:
        return
    given_up = and_(delivery.c.state == DeliveryState.UNCERTAIN, delivery.c.reason == OWNER_SILENT)
    statement = (
        update(delivery)
        .where(delivery.c.id == bindparam("row"))
        .where(delivery.c.replica_id.is_not_distinct_from(replica))
        .where(or_(delivery.c.state == DeliveryState.SENDING, given_up))
        .values(
            state=bindparam("to_state"),
            reason=bindparam("why"),
            at=bindparam("when"),
            provider_id=bindparam("their_id"),
            segments=bindparam("parts"),
            attempts=delivery.c.attempts - bindparam("untried", type_=Integer),
            # Once in doubt, always: what a later try says isn't about the earlier one.
            may_have_left=case(
                (bindparam("maybe", type_=Integer) == 1, literal(True, Flag)),
                else_=delivery.c.may_have_left,
            ),
            # What may have been accepted may cost what was reserved for it.
            cost=case(
                (bindparam("to_state") == DeliveryState.UNCERTAIN.value, delivery.c.cost),
                else_=bindparam("price"),
            ),
        )
    )
    connection.execute(
        statement,
        [
            {
                "row": one.delivery_id,
                "to_state": one.state,
                "why": one.reason,
                "when": one.next_at or one.at,
                "their_id": one.provider_id,
                "parts": one.segments,
                "maybe": int(one.may_have_left),
                "untried": int(one.untried),
                "price": one.cost,
            }
            for one in outcomes
        ],
    )
    given_back = [one.delivery_id for one in outcomes if one.state is DeliveryState.WAITING]
    if given_back:
        _cancel_too(connection, given_back)
        open_again(connection, given_back)
    in_doubt = [one.delivery_id for one in outcomes if one.state is DeliveryState.UNCERTAIN]
    if in_doubt:
        _settle_by_events(connection, in_doubt)


def _settle_by_events(connection: Connection, deliveries: Collection[int]) -> None:
    """The provider spoke of it before we gave up on its answer: it has it."""
    in_doubt = delivery.c.state == DeliveryState.UNCERTAIN
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(deliveries), in_doubt, is_heard_of())
        .values(state=DeliveryState.SENT, reason=Evidence.PROVIDER.reason)
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
