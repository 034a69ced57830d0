"""What events say of deliveries that are sent, in one word a row."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.answers.events import ARRIVED, FINAL
from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.tables import delivery, event


def arrival() -> ColumnElement[Any]:
    """The ``Arrival`` of a delivery that is sent, else empty: for a subquery over deliveries, whose
    rows are then grouped. One look into the index of its events."""
    said = (
        select(
            func.max(case((event.c.kind.in_(ARRIVED), 2), (event.c.kind.in_(FINAL), 1), else_=0))
        )
        .where(event.c.delivery_id == delivery.c.id)
        .scalar_subquery()
    )
    word = case(
        (said == 2, Arrival.DELIVERED.value),
        (said == 1, Arrival.UNDELIVERED.value),
        else_=Arrival.UNKNOWN.value,
    )
    return case((delivery.c.state == DeliveryState.SENT, word), else_="").label("arrival")
