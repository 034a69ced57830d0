"""Members of a slot that was planned without them: they came to its place, or back, since.

A file changes where people live between two zones' hours of one occurrence: who goes from a place
whose hour is to come to one whose hour has passed would be in neither.
"""

from sqlalchemy import Connection, and_, bindparam, select

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.delivery import SlotState
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.store.planning.standing import has_row
from scheduler.store.rules import in_audience
from scheduler.store.schema.tables import contact, slot


def lacking(
    connection: Connection, occurrence_id: OccurrenceId, channel: str, audience: Audience
) -> list[SlotId]:
    """The planned slots of an audience in which somebody has no row, nor in any other."""
    here = and_(
        slot.c.zone == contact.c.zone,
        slot.c.territory == contact.c.territory,
        slot.c.due_at >= contact.c.imported_at,
    )
    statement = (
        select(slot.c.id)
        .join_from(contact, slot, here)
        .where(slot.c.occurrence_id == bindparam("occurrence"), slot.c.state == SlotState.PLANNED)
        .where(slot.c.channel == channel, slot.c.audience == audience.name)
        .where(in_audience(contact, audience.source, audience.rule))
        .where(~has_row(contact, channel))
        .distinct()
    )
    return list(connection.execute(statement, {"occurrence": occurrence_id}).scalars())
