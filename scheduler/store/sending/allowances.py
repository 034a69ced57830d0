"""What a day allows: reserved with the intents, in their transaction, and given back where an
attempt came to nothing.

So the day's count is, at any moment and after any crash, the sum over the rows that were sent, are
being sent or may have been; a restart or a second daemon changes nothing of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, select, update

from scheduler.domain.alarms.raising import SPEND_CAP
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.measure.pace import Allowance, SpendCap, fitting, local_day, next_day
from scheduler.domain.measure.prices import euros
from scheduler.domain.sending import Claim
from scheduler.store.alarms import raise_alarm
from scheduler.store.schema.running_tables import allowance as table
from scheduler.store.schema.tables import delivery
from scheduler.store.statements.upserts import insert_or_ignore


def reserve(
    connection: Connection,
    claim: Claim,
    weights: Mapping[int, int],
    allowance: Allowance,
    now: datetime,
) -> set[int]:
    """Those of the intents just taken at ``now`` that the day has room for, in their order.

    ``weights``: what each takes of the allowance. The others wait again until the next local day,
    and with them the rest of their batch when the day is used up; an alarm tells of a spend cap.
    """
    day = local_day(now, allowance.zone)
    limit = allowance.limit(day)
    found = fitting(weights, used(connection, allowance, day), limit)
    add(connection, allowance.name, day, sum(found.granted.values()))
    if isinstance(allowance, SpendCap) and found.granted:
        costs = [{"of": one, "price": cost} for one, cost in found.granted.items()]
        connection.execute(_NOTE_COST, costs)
    denied = set(weights) - set(found.granted)
    if denied:
        later = next_day(now, allowance.zone)
        _postpone(connection, denied, claim if found.is_used_up else None, allowance, later)
    if denied and isinstance(allowance, SpendCap):
        detail = _too_large(found.too_large, allowance) or _reached(allowance, day)
        raise_alarm(connection, SPEND_CAP, allowance.channel, detail, now)
    return set(found.granted)


def settle(
    connection: Connection,
    outcomes: Sequence[Outcome],
    allowance: Allowance,
    replica: int | None,
) -> None:
    """Give back what a replica's attempts leave of their reservations, on the day of each intent.

    Call it before the outcomes are written: the reservation is in the row that is being sent. What
    was given up when its replica went silent keeps its reservation.
    """
    by_row = {one.delivery_id: one for one in outcomes}
    returned: Counter[date] = Counter()
    for row in _being_sent(connection, allowance.channel, list(by_row), replica):
        one = by_row[row.id]
        day = local_day(row.at, allowance.zone)
        returned[day] += allowance.returned(row.cost, one.state, one.cost)
    for day, amount in sorted(returned.items()):
        add(connection, allowance.name, day, -amount)


def _being_sent(
    connection: Connection, channel: str, rows: Collection[int], replica: int | None
) -> Sequence[Any]:
    statement = select(delivery.c.id, delivery.c.at, delivery.c.cost).where(
        delivery.c.id.in_(rows),
        delivery.c.channel == channel,
        delivery.c.state == DeliveryState.SENDING,
        delivery.c.replica_id.is_not_distinct_from(replica),
    )
    return connection.execute(statement).all()


def used(connection: Connection, allowance: Allowance, day: date) -> int:
    """What the day has taken; no other process takes from it until the transaction ends."""
    values = {"name": allowance.name, "day": day.isoformat()}
    statement = insert_or_ignore(connection, table).values(**values, used=0)
    mine = statement.on_conflict_do_update(index_elements=["name", "day"], set_=values)
    return int(connection.execute(mine.returning(table.c.used)).scalar_one())


def add(connection: Connection, name: str, day: date, amount: int) -> None:
    """Never below nothing: what was reserved before the allowance was set is not in it."""
    if not amount:
        return
    sum_ = table.c.used + amount
    connection.execute(
        update(table)
        .where(table.c.name == name, table.c.day == day.isoformat())
        .values(used=case((sum_ > 0, sum_), else_=0))
    )


_NOTE_COST = (
    update(delivery).where(delivery.c.id == bindparam("of")).values(cost=bindparam("price"))
)


def _postpone(
    connection: Connection,
    denied: Collection[int],
    rest_of: Claim | None,
    allowance: Allowance,
    later: datetime,
) -> None:
    """Back to waiting, as if no intent had been taken; ``rest_of`` with all that waits in it."""
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(denied), delivery.c.state == DeliveryState.SENDING)
        .values(
            state=DeliveryState.WAITING,
            attempts=delivery.c.attempts - 1,
            at=later,
            reason=allowance.reason,
        )
    )
    if rest_of is not None:
        connection.execute(
            update(delivery)
            .where(delivery.c.slot_id == rest_of.slot_id, delivery.c.batch == rest_of.number)
            .where(delivery.c.state == DeliveryState.WAITING, delivery.c.at < later)
            .values(at=later, reason=allowance.reason)
        )


def _reached(cap: SpendCap, day: date) -> str:
    return f"{day}: {euros(cap.amount):.2f} EUR"


def _too_large(costs: Mapping[int, int], cap: SpendCap) -> str:
    """An SMS that no day has room for, in words; empty: there is none."""
    if not costs:
        return ""
    dearest = max(costs.values())
    cost, most = euros(dearest), euros(cap.amount)
    return f"an SMS costs {cost:.2f} EUR, the cap of a day is {most:.2f} EUR"
