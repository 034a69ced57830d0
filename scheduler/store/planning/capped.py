"""Who has had, or is about to get, as many messages as a cap lets through."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, literal, or_, select

from scheduler.domain.delivery import DeliveryState
from scheduler.store.planning.shape import Shape, ToCome
from scheduler.store.planning.standing import goes_before
from scheduler.store.rules import address_on, refused
from scheduler.store.schema.tables import contact, delivery, slot
from scheduler.store.schema.types import UtcTime
from scheduler.store.statements.fixed_in import in_words

#: What a cap counts: sent, on its way or waiting, and what may have left.
_COUNTED = (
    DeliveryState.WAITING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.UNCERTAIN,
)


def capped(shape: Shape, person: Any) -> list[ColumnElement[bool]]:
    """Has got, or is about to get, as many messages on the channel as a cap lets through."""
    coming = [_comes_to(shape, number, one, person) for number, one in enumerate(shape.coming)]
    return [
        sum(coming[:ahead], _had(shape.channel, f"cap_{number}", person)) >= messages
        for number, (messages, ahead) in enumerate(shape.caps)
    ]


def _had(channel: str, since: str, person: Any) -> ColumnElement[int]:
    """How many a person got, or is getting, since the parameter's instant."""
    theirs = (
        select(func.count())
        .select_from(delivery.join(slot, slot.c.id == delivery.c.slot_id))
        .where(delivery.c.contact_id == person.c.id, delivery.c.channel == channel)
        .where(in_words(delivery.c.state, _COUNTED))
        .where(slot.c.due_at >= bindparam(since, type_=UtcTime))
        .where(delivery.c.occurrence_id != bindparam("occurrence"))
    )
    return theirs.correlate(person).scalar_subquery()


def _comes_to(shape: Shape, number: int, one: ToCome, person: Any) -> ColumnElement[int]:
    """1 for whoever will get it: 0 for who refused its topic, has had enough by then, or gives way
    to somebody at the address."""
    address_id = person.c[address_on(shape.channel)]
    keeps_out: list[ColumnElement[bool]] = [
        _had(shape.channel, f"room_{number}_{which}", person) >= messages
        for which, messages in enumerate(one.room)
    ]
    if one.topic:
        keeps_out.append(refused(person.c.id, address_id, shape.channel, one.topic))
    if one.before:
        other = contact.alias(f"before_{number}")
        goes = [goes_before(other, each, person, shape.channel) for each in one.before]
        keeps_out.append(
            exists().where(other.c[address_on(shape.channel)] == address_id, or_(*goes))
        )
    return case((or_(*keeps_out), 0), else_=1) if keeps_out else literal(1)
