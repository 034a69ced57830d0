"""Who gives way to somebody else at their address, so that it is written to once."""

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, bindparam, exists, or_, tuple_

from scheduler.domain.planning import Unserved
from scheduler.store.freezing import is_frozen
from scheduler.store.planning.capped import capped
from scheduler.store.planning.invited import was_invited
from scheduler.store.planning.shape import Before, Shape
from scheduler.store.planning.standing import (
    goes_before,
    has_row,
    has_text,
    is_member,
    known_in_time,
)
from scheduler.store.rules import has_consent, refused
from scheduler.store.schema.states import is_not_left_out
from scheduler.store.schema.tables import contact, content, delivery

# An alias copies every column of its table, so each is made once.
#: Another contact, who may have the same address.
OTHER = contact.alias("other")
_SERVED = delivery.alias("other_delivery")


def served_otherwise(shape: Shape, address_id: Column[Any]) -> ColumnElement[bool]:
    """The address has been served, or somebody who goes before gets it in this slot or a later."""
    other = OTHER
    here = [
        other.c.id < contact.c.id,
        is_member(other, shape.audience),
        other.c.zone == bindparam("zone"),
        other.c.territory == bindparam("territory"),
        ~is_frozen(other),
        # Who refuses, at whatever address, keeps it from nobody who has it too.
        ~refused(other.c.id, other.c[address_id.name], shape.channel, shape.topic),
        *(~one for one in capped(shape, other)),
    ]
    if shape.audience.needs_consent:
        here.append(has_consent(other, shape.channel))
    if shape.invited_only:
        here.append(was_invited(other.c.id))
    if shape.unserved is not Unserved.NOBODY:
        here.append(has_text(shape, other))
    if not shape.forced:
        here.append(known_in_time(other))
    comes = _will_come if shape.foreseen else comes_before
    later = [comes(other, number, one, shape.channel) for number, one in enumerate(shape.awaited)]
    if shape.foreseen:
        # Where they get nothing after all, those who gave way take their place before it is over.
        wants = ~refused(other.c.id, other.c[address_id.name], shape.channel, shape.topic)
        later = [and_(wants, one) for one in later]
    return or_(
        exists().where(
            other.c[address_id.name] == address_id,
            ~has_row(other, shape.channel, earlier=True),
            or_(and_(*here), *later),
        ),
        is_served(shape.channel, address_id),
    )


def is_served(channel: str, address_id: Any) -> ColumnElement[bool]:
    """A delivery of the occurrence goes, or went, to the address on the channel."""
    other = _SERVED
    return exists().where(
        other.c.occurrence_id == bindparam("occurrence"),
        other.c.channel == channel,
        other.c.address_id == address_id,
        is_not_left_out(other),
    )


def comes_before(other: Any, number: int, one: Before, channel: str) -> ColumnElement[bool]:
    """``other`` has a slot still to come, with a text for its audience, that goes before
    ``contact``'s. Parameter: places_0 for the first of them (``places_of``)."""
    text = exists().where(
        content.c.occurrence_id == bindparam("occurrence"),
        content.c.channel == channel,
        content.c.audience == one.name,
    )
    return and_(_will_come(other, number, one, channel), text)


def _will_come(other: Any, number: int, one: Before, channel: str) -> ColumnElement[bool]:
    """The same before any text is kept: whoever asks names the slots that have one."""
    place = tuple_(other.c.zone, other.c.territory).in_(
        bindparam(f"places_{number}", expanding=True)
    )
    return and_(goes_before(other, one, contact, channel), place)
