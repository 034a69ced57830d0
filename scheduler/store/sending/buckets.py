"""Token buckets that every process draws from: nothing is counted twice, and a restart fills none.

Taking locks the buckets' rows until the transaction ends, so two processes take in turn; what a
bucket holds and gives is worked out by ``scheduler.domain.measure.pace``.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from scheduler.domain.measure.pace import Level, full
from scheduler.store.schema.running_tables import bucket
from scheduler.store.statements.upserts import insert_or_ignore


def take(
    connection: Connection,
    rates: Mapping[str, float],
    wanted: int,
    least: int,
    now: datetime,
) -> int:
    """Whole tokens out of every one of these buckets: 0, or from ``least`` to ``wanted``.

    ``rates``: a bucket's name -> tokens a second; it holds a second's worth. ``least`` above that
    is given by full buckets and leaves a debt. No bucket at all gives what is wanted.
    """
    # In one order everywhere: two takers never wait for each other.
    levels = {
        name: _locked(connection, name, rate, now).filled(now, rate)
        for name, rate in sorted(rates.items())
    }
    grants = [level.grants(wanted, least, rates[name]) for name, level in levels.items()]
    granted = min(grants, default=wanted)
    if levels:
        connection.execute(
            _SET,
            [
                {"of": name, "left": level.tokens - granted, "since": level.at}
                for name, level in levels.items()
            ],
        )
    return granted


def give_back(connection: Connection, names: Collection[str], tokens: int) -> None:
    """Tokens that were taken from each of these, and not used."""
    if not tokens:
        return
    for name in sorted(names):
        connection.execute(
            update(bucket)
            .where(bucket.c.name == name)
            .values(tokens=bucket.c.tokens + float(tokens))
        )


_SET = (
    update(bucket)
    .where(bucket.c.name == bindparam("of"))
    .values(tokens=bindparam("left"), at=bindparam("since"))
)


def _locked(connection: Connection, name: str, rate: float, now: datetime) -> Level:
    """A bucket as it was left, a full one if there was none; ours until the transaction ends."""
    fresh = full(rate, now)
    statement = insert_or_ignore(connection, bucket).values(
        name=name, tokens=fresh.tokens, at=fresh.at
    )
    mine = statement.on_conflict_do_update(index_elements=["name"], set_={"name": name})
    row = connection.execute(mine.returning(bucket.c.tokens, bucket.c.at)).one()
    return Level(tokens=row.tokens, at=row.at)
