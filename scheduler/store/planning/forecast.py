"""What planning a slot would come to, without planning it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from scheduler.domain.planning import SlotPlan
from scheduler.store.planning.invited import holders
from scheduler.store.planning.members import members_of
from scheduler.store.planning.shape import parameters_of, shape_of


def forecast(connection: Connection, plan: SlotPlan) -> Mapping[str, int]:
    """How many members there are for each reason to leave them out; the empty one: to be sent."""
    members = members_of(shape_of(plan)).subquery()
    reason = func.coalesce(members.c.reason, "")
    statement = select(reason.label("reason"), func.count().label("rows")).group_by(reason)
    found = connection.execute(statement, parameters_of(plan))
    return {row.reason: row.rows for row in found}


def untold(connection: Connection, plans: Sequence[SlotPlan]) -> int:
    """How many hold the date of an event and would be told nothing by these slots of one
    occurrence: they refused since, have no address any more, or are in no audience."""
    told: set[int] = set()
    for plan in plans:
        members = members_of(shape_of(plan)).subquery()
        sent = select(members.c.contact_id).where(members.c.reason.is_(None))
        told |= set(connection.execute(sent, parameters_of(plan)).scalars())
    one = plans[0].occurrence
    return len(holders(connection, one.campaign, one.occurrence_id) - told)
