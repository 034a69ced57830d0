"""Where a person stands in a slot: in its audience, known in time, a reader of a text, before
another at their address, and whether they have a row already."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, exists, false, or_

from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.store.freezing import is_frozen
from scheduler.store.planning.shape import Before, Members, Shape
from scheduler.store.rules import has_consent, in_audience
from scheduler.store.schema.list_tables import listed
from scheduler.store.schema.tables import delivery
from scheduler.store.schema.types import UtcTime
from scheduler.store.statements.fixed_in import in_values

# An alias copies every column of its table, so it is made once.
_ROW = delivery.alias("row")


def is_member(person: Any, members: Members) -> ColumnElement[bool]:
    living = in_audience(person, members.source, dict(members.rule))
    if not members.listed:
        return living
    mine = exists().where(
        listed.c.list_id == bindparam("list", type_=BigInteger), listed.c.contact_id == person.c.id
    )
    return and_(living, mine)


def has_row(person: Any, channel: str, *, earlier: bool = False) -> ColumnElement[bool]:
    """In the occurrence, on the channel, whatever became of it; but for one that was taken out of
    a slot because its person had moved.

    ``earlier``: and but for those that the portions before have just made in the slot that is being
    planned: everybody is decided as if nobody had been yet.
    """
    row = _ROW
    before = [
        or_(row.c.slot_id != bindparam("being_planned"), row.c.id <= bindparam("made_before"))
    ]
    return exists().where(
        or_(row.c.state != DeliveryState.LEFT_OUT, row.c.reason != LeftOut.MOVED.value),
        *(before if earlier else ()),
        row.c.occurrence_id == bindparam("occurrence"),
        row.c.contact_id == person.c.id,
        row.c.channel == channel,
    )


def has_text(shape: Shape, person: Any) -> ColumnElement[bool]:
    """One of the texts is theirs."""
    everyone = [one for readers in shape.readers for one in readers]
    return reads(person, everyone)


def reads(person: Any, readers: Sequence[tuple[str, bool]]) -> ColumnElement[bool]:
    """Their language and their wish for easy texts are one of these pairs."""
    of_language = {
        language: [easy for one, easy in readers if one == language] for language, _ in readers
    }
    return or_(
        false(),
        *(
            and_(person.c.language == language, in_values(person.c.easy_to_read, wishes))
            for language, wishes in of_language.items()
        ),
    )


def known_in_time(person: Any) -> ColumnElement[bool]:
    """What fell due before a contact was imported doesn't concern them."""
    known: ColumnElement[bool] = person.c.imported_at <= bindparam("due_at", type_=UtcTime)
    return known


def goes_before(other: Any, one: Before, person: Any, channel: str) -> ColumnElement[bool]:
    conditions = [
        other.c.id < person.c.id if one.earlier else other.c.id != person.c.id,
        is_member(other, one.members),
        ~is_frozen(other),
    ]
    if one.members.needs_consent:
        conditions.append(has_consent(other, channel))
    return and_(*conditions)
