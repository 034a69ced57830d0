"""Circuit breakers: a lane of which nothing is accepted rests, in every replica and over restarts.

Closed: no row. Open: nothing is tried before ``rests_until``. Half-open: one replica tries one
message; should it die with it, another tries after ``PROBE``.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, Dialect, delete, or_, select, update

from scheduler.domain import retry
from scheduler.domain.masking import one_line
from scheduler.domain.sending import BreakerState, Lane, Rest
from scheduler.store.schema.running_tables import breaker
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.upserts import insert_or_ignore

#: How long one message may be on trial: a relay's longest silence after the dot, and some.
PROBE = timedelta(minutes=11)


def of_lane(connection: Connection, lane: Lane) -> list[Rest]:
    """What is not closed of a lane: its own, and its channel's."""
    if not _any_row(connection.dialect)(connection):
        # As mostly: this is asked at each turn.
        return []
    mine = breaker.c.destination.in_({"", lane.destination})
    return _rests(connection, breaker.c.channel == lane.channel, mine)


@once_a_kind(16)
def _any_row(dialect: Dialect) -> Asking:
    return asking(dialect, select(breaker.c.channel).limit(1), ())


def every(connection: Connection) -> list[Rest]:
    return _rests(connection)


def _rests(connection: Connection, *conditions: object) -> list[Rest]:
    statement = select(breaker).order_by(breaker.c.channel, breaker.c.destination)
    for condition in conditions:
        statement = statement.where(condition)  # type: ignore[arg-type]  # a SQL expression
    return [
        Rest(
            channel=row.channel,
            destination=row.destination,
            until=row.rests_until,
            failures=row.failures,
            reason=row.reason,
            half_open=row.state == BreakerState.HALF_OPEN,
        )
        for row in connection.execute(statement)
    ]


def probe(connection: Connection, rest: Rest, now: datetime) -> bool:
    """Be the one who tries a message; False when another is, or it is too early."""
    tried = (
        update(breaker)
        .where(breaker.c.channel == rest.channel, breaker.c.destination == rest.destination)
        .where(breaker.c.rests_until <= now)
        .values(state=BreakerState.HALF_OPEN, rests_until=now + PROBE)
    )
    return bool(connection.execute(tried).rowcount)


def end_probe(connection: Connection, lane: Lane, now: datetime) -> None:
    """A trial that tried nothing: another may be made at once."""
    mine = breaker.c.destination.in_({"", lane.destination})
    connection.execute(
        update(breaker)
        .where(breaker.c.channel == lane.channel, mine, breaker.c.state == BreakerState.HALF_OPEN)
        .values(state=BreakerState.OPEN, rests_until=now)
    )


def trip(
    connection: Connection,
    lane: Lane,
    reason: str,
    now: datetime,
    rest: timedelta | None = None,
) -> datetime:
    """Open it, for ``rest`` or as long as its failures in a row ask for; until when.

    What was under way as it opened says nothing new: it is counted once.
    """
    key = (breaker.c.channel == lane.channel, breaker.c.destination == lane.destination)
    found = connection.execute(select(breaker).where(*key).with_for_update()).first()
    if found is not None and found.state == BreakerState.OPEN and found.rests_until > now:
        until: datetime = found.rests_until
        return until
    failures = (found.failures if found else 0) + 1
    until = now + (rest or retry.rest(failures))
    said = one_line(reason)
    values = {
        "state": BreakerState.OPEN,
        "failures": failures,
        "rests_until": until,
        "reason": said,
    }
    statement = insert_or_ignore(connection, breaker).values(
        channel=lane.channel, destination=lane.destination, **values
    )
    connection.execute(
        statement.on_conflict_do_update(index_elements=["channel", "destination"], set_=values)
    )
    return until


def close(connection: Connection, lane: Lane) -> bool:
    """Something was accepted: the lane's own and its channel's; False when both were closed."""
    mine = or_(breaker.c.destination == "", breaker.c.destination == lane.destination)
    closed = delete(breaker).where(breaker.c.channel == lane.channel, mine)
    return bool(connection.execute(closed).rowcount)


def try_again(connection: Connection, channels: Collection[str], now: datetime) -> None:
    """Whoever starts the program may have mended something: one message is tried at once."""
    connection.execute(
        update(breaker)
        .where(breaker.c.channel.in_(channels), breaker.c.state == BreakerState.OPEN)
        .values(rests_until=now)
    )
