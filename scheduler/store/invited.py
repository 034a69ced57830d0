"""Who holds an event's date: had its invitation or a reminder of it, as far as anybody knows."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.events import EventKind
from scheduler.store.tables import delivery, event, occurrence

#: One in doubt counts as had.
_HAD = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


def was_invited(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A contact had a message of the same event, on whatever channel, that didn't come back.

    Parameter: ``occurrence``, the row that is being planned.
    """
    earlier = delivery.alias("invitation")
    theirs = occurrence.alias("its_event")
    mine = occurrence.alias("this_event")
    came_back = exists().where(
        event.c.delivery_id == earlier.c.id, event.c.kind == EventKind.BOUNCED.value
    )
    return exists().where(
        earlier.c.contact_id == contact_id,
        earlier.c.state.in_(_HAD),
        theirs.c.id == earlier.c.occurrence_id,
        mine.c.id == bindparam("occurrence"),
        theirs.c.campaign == mine.c.campaign,
        theirs.c.id != mine.c.id,
        ~came_back,
    )
