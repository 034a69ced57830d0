"""Leases on acts of several transactions: taken, renewed within each of them, let go of.

The row is the one of duties; its time is the server's where there is a server. Renewing locks the
row until the transaction ends, so whoever takes a lease over knows that nothing of the one before
comes later: a process that stood still too long fails at its next transaction.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from secrets import token_hex
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update

from scheduler.domain.errors import UnderWay
from scheduler.domain.processes import leases as words
from scheduler.domain.processes.leases import ALONE, HOLD, Lease
from scheduler.store.schema.running_tables import lease
from scheduler.store.sending.replicas import common_time
from scheduler.store.statements.upserts import insert_or_ignore

P = ParamSpec("P")
T = TypeVar("T")


def take(connection: Connection, name: str, who: str, now: datetime) -> Lease:
    """Get a lease. Raises UnderWay, naming who has it and since when.

    An act of ``ALONE`` suffers no other, and no other suffers it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("reflexe acts"))))
    at = common_time(connection, now)
    for other in under_way(connection, at):
        if name in ALONE or other.name in ALONE:
            raise UnderWay(words.under_way(other.name, other.who, other.since))
    mine = Lease(name=name, token=token_hex(16), who=who, since=at)
    values = {"owner": mine.token, "until": at + HOLD, "who": who, "since": at}
    statement = insert_or_ignore(connection, lease).values(name=name, **values)
    taken = statement.on_conflict_do_update(
        index_elements=["name"], set_=values, where=~_is_live(at)
    )
    if connection.execute(taken.returning(lease.c.owner)).first() is None:
        raise UnderWay(words.under_way(name, *_holder(connection, name, at)))
    return mine


def renew(connection: Connection, mine: Lease, now: datetime) -> None:
    """Hold on, in the transaction that writes for it. Raises UnderWay when another has it."""
    at = common_time(connection, now)
    held = (
        update(lease)
        .where(lease.c.name == mine.name, lease.c.owner == mine.token)
        .values(until=at + HOLD)
    )
    if not connection.execute(held).rowcount:
        raise UnderWay(words.lost(mine.name, *_holder(connection, mine.name, at)))


def let_go(connection: Connection, mine: Lease) -> None:
    """It is free at once. Nothing happens when another has it by now."""
    connection.execute(delete(lease).where(lease.c.name == mine.name, lease.c.owner == mine.token))


def under_way(connection: Connection, now: datetime) -> Sequence[Any]:
    """The acts that somebody is in: name, who, since."""
    acts = select(lease).where(lease.c.since.is_not(None), _is_live(now)).order_by(lease.c.since)
    return connection.execute(acts).all()


def _is_live(at: datetime) -> ColumnElement[bool]:
    """One that reaches further than any may was made by a clock that has been put back since."""
    return and_(lease.c.until >= at, lease.c.until <= at + 2 * HOLD)


def held(
    work: Callable[Concatenate[Connection, P], T], lease: Lease | None, now: datetime
) -> Callable[Concatenate[Connection, P], T]:
    """``work``, in a transaction that fails unless the lease is held."""

    @wraps(work)
    def transaction(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if lease is not None:
            renew(connection, lease, now)
        return work(connection, *args, **kwargs)

    return transaction


def _holder(connection: Connection, name: str, at: datetime) -> tuple[str, datetime]:
    """Who has it, and since when; it may have ended this very moment."""
    row = connection.execute(select(lease).where(lease.c.name == name)).first()
    if row is None:
        return "one that has just ended", at
    return row.who or row.owner, row.since or at
