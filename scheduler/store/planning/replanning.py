"""An occurrence whose turn was used up for nothing has another one when its date is mended.

Only one that nobody got, and nobody may have got: what was sent is never sent again.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.calendar.ending import Tally
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.store import audit
from scheduler.store.schema.tables import (
    batch,
    content,
    delivery,
    event,
    held_text,
    occurrence,
    slot,
)

_OVER = (OccurrenceState.MISSED, OccurrenceState.FINISHED)
#: Left out because of the day, not because of the person.
_FOR_TIME = (LeftOut.NO_WINDOW.value, LeftOut.NO_TEXT.value)


def tally(connection: Connection, occurrence_id: OccurrenceId) -> Tally:
    """An occurrence's deliveries by state and reason."""
    by = (delivery.c.state, delivery.c.reason)
    statement = select(*by, func.count().label("rows")).where(
        delivery.c.occurrence_id == occurrence_id
    )
    return {
        (DeliveryState(one.state), one.reason): one.rows
        for one in connection.execute(statement.group_by(*by))
    }


def replan(
    connection: Connection, calendar: Sequence[Occurrence], today: date, now: datetime
) -> list[tuple[str, str]]:
    """Those that ended without anybody, and that the calendar has on another day still to come:
    they wait again. Their printed ids of before and of now.

    Call it in a transaction of its own.
    """
    dates = {
        (one.campaign, one.episode, one.season): one.date for one in calendar if one.date >= today
    }
    over = connection.execute(
        select(occurrence).where(occurrence.c.state.in_(_OVER)).with_for_update()
    )
    found = []
    for row in over.all():
        day = dates.get((row.campaign, row.episode, row.season))
        if (
            day is not None
            and day.isoformat() != row.local_date
            and _was_for_nothing(connection, row)
        ):
            before = printed_id(row.campaign, row.episode, row.season, row.local_date)
            _begin_anew(connection, row.id, day)
            found.append((before, printed_id(row.campaign, row.episode, row.season, day)))
    if found:
        acts = [
            Act(actor=PROGRAM, act=AuditAct.REPLAN, subject=after, detail={"was": before})
            for before, after in found
        ]
        audit.append(connection, acts, now)
    return found


def _was_for_nothing(connection: Connection, row: Any) -> bool:
    mine = delivery.c.occurrence_id == row.id
    heard = exists().where(event.c.delivery_id == delivery.c.id)
    served = select(delivery.c.id).where(
        mine, or_(delivery.c.state != DeliveryState.LEFT_OUT, heard)
    )
    if connection.execute(served.limit(1)).first() is not None:
        return False
    if row.state == OccurrenceState.MISSED:
        return True
    rows = connection.execute(select(func.count()).select_from(delivery).where(mine)).scalar()
    slots = connection.execute(
        select(func.count()).select_from(slot).where(slot.c.occurrence_id == row.id)
    ).scalar()
    late = select(delivery.c.id).where(mine, delivery.c.reason.in_(_FOR_TIME))
    # Without a slot its day concerned nobody; with rows, the day must be why they got nothing.
    return not slots or bool(rows and connection.execute(late.limit(1)).first() is not None)


def _begin_anew(connection: Connection, occurrence_id: OccurrenceId, day: date) -> None:
    """Its texts are settled anew too: they say the date."""
    slots = select(slot.c.id).where(slot.c.occurrence_id == occurrence_id)
    connection.execute(delete(delivery).where(delivery.c.occurrence_id == occurrence_id))
    connection.execute(delete(batch).where(batch.c.slot_id.in_(slots)))
    connection.execute(delete(content).where(content.c.occurrence_id == occurrence_id))
    connection.execute(delete(held_text).where(held_text.c.occurrence_id == occurrence_id))
    connection.execute(delete(slot).where(slot.c.occurrence_id == occurrence_id))
    values = {
        "state": OccurrenceState.SCHEDULED,
        "reason": "",
        "local_date": day.isoformat(),
        "forced": {},
    }
    connection.execute(update(occurrence).where(occurrence.c.id == occurrence_id).values(values))
