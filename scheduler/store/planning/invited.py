"""Who holds an event's date: had its invitation or a reminder of it, as far as anybody knows."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, select

from scheduler.domain.answers.events import EventKind
from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.tables import delivery, event, occurrence
from scheduler.store.statements.fixed_in import in_words

#: One in doubt counts as had.
_HAD = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


def was_invited(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A contact had a message of the same event, on whatever channel, that didn't come back.

    Parameters: ``campaign``, and ``occurrence``, the row that is being planned.
    """
    earlier, theirs = delivery.alias("invitation"), occurrence.alias("its_event")
    return exists().where(
        earlier.c.contact_id == contact_id,
        theirs.c.id == earlier.c.occurrence_id,
        _had(earlier, theirs),
    )


def holders(connection: Connection, campaign: str, row: int) -> set[int]:
    """The contacts who hold the date, but for what ``row``, an occurrence of it, told them."""
    statement = (
        select(delivery.c.contact_id)
        .distinct()
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .where(_had(delivery, occurrence), delivery.c.contact_id.is_not(None))
    )
    values = {"campaign": campaign, "occurrence": row}
    return set(connection.execute(statement, values).scalars())


def _had(earlier: Any, theirs: Any) -> ColumnElement[bool]:
    came_back = exists().where(
        event.c.delivery_id == earlier.c.id, event.c.kind == EventKind.BOUNCED.value
    )
    return and_(
        in_words(earlier.c.state, _HAD),
        theirs.c.campaign == bindparam("campaign"),
        theirs.c.id != bindparam("occurrence"),
        ~came_back,
    )
