"""Intents and outcomes: what is about to leave, and what became of it.

Claiming a batch and taking an intent are two things. The intent is taken for the few that can be
handed over at once, and its statement asks again whether each may leave: opt-out, pause, cancel, a
halt, a stop of everything by hand, the limit of its slot, the claim itself.

These statements are asked for each group, so each is built once for a channel and a topic: building
them anew took longer than the database did.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Text,
    Update,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from scheduler.domain.answers.uncertain import Evidence
from scheduler.domain.consent.optout import STRANGERS
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState, Outcome
from scheduler.domain.sending import Claim
from scheduler.store.freezing import concerns_frozen
from scheduler.store.planning.readdressing import bring_up_to_date, is_todays
from scheduler.store.rules import KEPT, NO_REFUSAL, bounced, closed, refused
from scheduler.store.schema.states import stands_at
from scheduler.store.schema.tables import (
    address,
    contact,
    delivery,
    occurrence,
)
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.sending.bursts import let_through
from scheduler.store.sending.claiming import open_again, renew
from scheduler.store.sending.events import is_heard_of
from scheduler.store.sending.halts import not_halted
from scheduler.store.sending.outcomes import write
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.each_row import of_each_row
from scheduler.store.statements.numbers import as_told, is_one_of
from scheduler.store.stopping import may_send


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
    these = as_told(connection.dialect, deliveries)
    intend = _asked_intents(connection.dialect, *about)
    rows = intend(connection, these, claim.campaign, to_milliseconds(now), replica)
    taken = {number for (number,) in rows}
    if len(taken) < len(deliveries):
        for statement in _left_out(*about):
            connection.execute(statement, {"these": list(deliveries), "moment": now})
    return taken


def _objects(channel: str, topic: str) -> ColumnElement[bool]:
    return refused(delivery.c.contact_id, delivery.c.address_id, channel, topic)


def _these(state: DeliveryState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return is_one_of(delivery.c.id, "these"), stands_at(state)


def _running() -> ColumnElement[bool]:
    return exists().where(
        occurrence.c.id == delivery.c.occurrence_id,
        occurrence.c.state == OccurrenceState.RUNNING,
    )


@once_a_kind(KEPT)
def _asked_intents(dialect: Dialect, channel: str, topic: str) -> Asking:
    """Told as the driver takes them: these, of_campaign, moment, sender."""
    named = ("these", "of_campaign", "moment", "sender")
    return asking(dialect, _intents(channel, topic), named)


@lru_cache(maxsize=KEPT)
def _intents(channel: str, topic: str) -> ReturningUpdate[Any]:
    """Parameters: these, of_campaign, moment, sender."""
    is_dead = bounced(delivery.c.address_id, channel, topic)
    return (
        update(delivery)
        .where(*_these(DeliveryState.WAITING), may_send())
        .where(not_halted(bindparam("of_campaign", type_=Text), literal(channel)))
        .where(*of_each_row(_running(), is_todays(channel), _is_readable()))
        .where(*of_each_row(~_objects(channel, topic), ~is_dead))
        .where(*of_each_row(~concerns_frozen(delivery.c.contact_id)))
        .values(
            state=DeliveryState.SENDING,
            attempts=delivery.c.attempts + 1,
            at=bindparam("moment"),
            replica_id=bindparam("sender"),
        )
        .returning(delivery.c.id)
    )


@lru_cache(maxsize=KEPT)
def _left_out(channel: str, topic: str) -> tuple[Update, ...]:
    """Of those that got no intent, whom another reason keeps out for good; in this order.
    Parameters: these, moment."""
    whose = (delivery.c.contact_id, delivery.c.address_id, channel, topic)
    is_dead = bounced(delivery.c.address_id, channel, topic)
    member = exists().where(contact.c.id == delivery.c.contact_id, contact.c.active == 1)
    reason = case(
        (is_dead, LeftOut.BOUNCED.value),
        (refused(*whose, but=NO_REFUSAL), LeftOut.OPTED_OUT.value),
        (closed(STRANGERS, *whose), LeftOut.NOT_THEIRS.value),
        else_=LeftOut.IN_DOUBT.value,
    )
    words: tuple[tuple[ColumnElement[bool], Any], ...] = (
        (concerns_frozen(delivery.c.contact_id), LeftOut.FROZEN.value),
        (or_(_objects(channel, topic), is_dead), reason),
        (~member, LeftOut.LEFT_AUDIENCE.value),
    )
    return tuple(
        update(delivery)
        .where(*_these(DeliveryState.WAITING), condition)
        .values(state=DeliveryState.LEFT_OUT, reason=word, at=bindparam("moment"))
        for condition, word in words
    )


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
    values = {"these": list(deliveries), "of_campaign": claim.campaign, "sender": replica}
    still = connection.execute(_still(claim.channel, claim.topic), values)
    return set(still.scalars())


def _is_readable() -> ColumnElement[bool]:
    """Nobody has emptied its address. Asked of each row: a list of the readable ones would be made
    of all the addresses, for each group."""
    return exists().where(address.c.id == delivery.c.address_id, address.c.sealed.is_not(None))


@lru_cache(maxsize=KEPT)
def _still(channel: str, topic: str) -> Select[Any]:
    """Parameters: these, of_campaign, sender."""
    is_dead = bounced(delivery.c.address_id, channel, topic)
    return (
        select(delivery.c.id)
        .where(*_these(DeliveryState.SENDING), may_send())
        .where(delivery.c.replica_id.is_not_distinct_from(bindparam("sender", type_=BigInteger)))
        .where(not_halted(bindparam("of_campaign", type_=Text), literal(channel)))
        .where(*of_each_row(_running(), is_todays(channel), _is_readable()))
        .where(*of_each_row(~_objects(channel, topic), ~is_dead))
        .where(*of_each_row(~concerns_frozen(delivery.c.contact_id)))
    )


def record(connection: Connection, outcomes: Sequence[Outcome], replica: int | None) -> None:
    """Write what a replica's attempts came to. Only a row that it is sending changes, or one that
    was given up when it went silent: nobody knows better.

    What would wait again is cancelled where a person cancelled its occurrence meanwhile.
    """
    if not outcomes:
        return
    write(connection, outcomes, replica)
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
