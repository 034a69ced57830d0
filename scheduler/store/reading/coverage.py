"""How many people were addressed in how many of a season's occurrences: counts, and nobody."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, case, func, select

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.report import Covered
from scheduler.store.schema.tables import contact, delivery


def coverage(connection: Connection, occurrences: Iterable[int]) -> list[Covered]:
    """By the audience whose file they stand in. Who was planned and never addressed is counted
    with none; what is nobody's any more (retention) is in no count."""
    wanted = list(occurrences)
    sent = case((delivery.c.state == DeliveryState.SENT, delivery.c.occurrence_id))
    each = (
        select(delivery.c.contact_id, func.count(sent.distinct()).label("times"))
        .where(delivery.c.occurrence_id.in_(wanted), delivery.c.contact_id.is_not(None))
        .group_by(delivery.c.contact_id)
        .subquery("each")
    )
    by: tuple[Any, ...] = (contact.c.audience, each.c.times)
    statement = (
        select(*by, func.count().label("people"))
        .join(contact, contact.c.id == each.c.contact_id)
        .group_by(*by)
        .order_by(*by)
    )
    return [
        Covered(source=row.audience, times=row.times, people=row.people)
        for row in connection.execute(statement)
    ]
