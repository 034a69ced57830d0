"""The processes that work on the ledger: their identity, their signs of life, their duties.

Signs of life are told and compared by one clock: the database's where it is a server. Replicas
whose machines disagree about the time by seconds, or by an hour, agree about who is dead.
"""

from datetime import UTC, datetime, timedelta
from secrets import token_hex

from sqlalchemy import ColumnElement, Connection, func, or_, select, text, update

from scheduler.domain.answers.uncertain import OWNER_SILENT
from scheduler.domain.delivery import BatchState, DeliveryState
from scheduler.domain.processes.replicas import LOOKS_WITHIN, LastLook, Replica
from scheduler.store.schema.running_tables import lease, replica
from scheduler.store.schema.states import is_on_the_wire, stands_at
from scheduler.store.schema.tables import batch, delivery, meta
from scheduler.store.schema.types import from_milliseconds
from scheduler.store.sending.claiming import settle
from scheduler.store.statements.upserts import insert_or_ignore

#: Without a sign of life for so long, a replica is taken for dead and its work for free.
SILENCE = timedelta(seconds=13)


#: How long one that was lost is still named.
REMEMBERED = timedelta(days=7)
#: What a replica that ended in good order last said.
LEFT = datetime.fromtimestamp(0, UTC)


def is_shared(connection: Connection) -> bool:
    """Whether several processes may work on the ledger: on a server; SQLite's is one's own."""
    return connection.dialect.name == "postgresql"


def common_time(connection: Connection, now: datetime) -> datetime:
    """The clock of whoever keeps the ledger: the server's, or ``now`` where one machine has it."""
    return server_time(connection) if is_shared(connection) else now


def server_time(connection: Connection) -> datetime:
    clock = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
    return from_milliseconds(connection.execute(clock).scalar_one())


def enter(connection: Connection, name: str, host: str, now: datetime) -> Replica:
    """Make a replica known, or find it again after a restart, with the journal it had.

    What nobody else can settle is this one's: on SQLite everything in flight, on a server what a
    version without replicas left to the first of them.
    """
    at = common_time(connection, now)
    known = connection.execute(select(replica.c.id).limit(1)).first() is not None
    statement = insert_or_ignore(connection, replica).values(
        name=name,
        host=host,
        wire="" if known else _earlier_wire(connection),
        started_at=at,
        seen_at=at,
    )
    entered = statement.on_conflict_do_update(
        index_elements=["name"], set_={"host": host, "started_at": at, "seen_at": at}
    ).returning(replica.c.id, replica.c.wire)
    row = connection.execute(entered).one()
    orphans = update(delivery).where(is_on_the_wire())
    if is_shared(connection):
        orphans = orphans.where(delivery.c.replica_id.is_(None))
    connection.execute(orphans.values(replica_id=row.id))
    return Replica(row=row.id, name=name, host=host, wire=row.wire, seen_at=at)


def _earlier_wire(connection: Connection) -> str:
    found: str | None = connection.execute(
        select(meta.c.value).where(meta.c.name == "wire")
    ).scalar()
    return found or ""


def renew_wire(connection: Connection, row: int) -> str:
    """A new identity for a replica's wire journal, kept with the ledger: a backup that is put back
    knows an older journal only."""
    identity = token_hex(16)
    connection.execute(update(replica).where(replica.c.id == row).values(wire=identity))
    return identity


def beat(connection: Connection, row: int, now: datetime) -> None:
    """A sign of life."""
    at = common_time(connection, now)
    connection.execute(update(replica).where(replica.c.id == row).values(seen_at=at))


def note_look(connection: Connection, row: int, now: datetime) -> None:
    """It has just looked at the calendar."""
    at = common_time(connection, now)
    connection.execute(update(replica).where(replica.c.id == row).values(looked_at=at))


def last_look(connection: Connection, now: datetime) -> LastLook | None:
    """The latest of any replica; one that works before one that ended in good order."""
    statement = (
        select(replica.c.host, replica.c.looked_at, (replica.c.seen_at == LEFT).label("left"))
        .where(replica.c.looked_at.is_not(None))
        .order_by(replica.c.seen_at == LEFT, replica.c.looked_at.desc())
    )
    row = connection.execute(statement.limit(1)).first()
    if row is None:
        return None
    age = abs(common_time(connection, now) - row.looked_at)
    latest = connection.execute(select(func.max(replica.c.looked_at))).scalar_one()
    return LastLook(
        host=row.host,
        at=row.looked_at,
        stopped=bool(row.left),
        recent=age < LOOKS_WITHIN,
        latest=latest,
    )


def leave(connection: Connection, row: int) -> None:
    """It ended in good order: whatever it still holds is for others at once."""
    connection.execute(update(replica).where(replica.c.id == row).values(seen_at=LEFT))


def every(connection: Connection, now: datetime) -> list[Replica]:
    """The replicas of the last week that haven't left, with whether they are silent; the latest
    heard first.

    None on SQLite, where one process is all there can be and nobody tells anybody.
    """
    if not is_shared(connection):
        return []
    at = common_time(connection, now)
    statement = (
        select(replica)
        .where(replica.c.seen_at > at - REMEMBERED)
        .order_by(replica.c.seen_at.desc())
    )
    return [
        Replica(
            row=row.id,
            name=row.name,
            host=row.host,
            wire=row.wire,
            seen_at=row.seen_at,
            silent=row.seen_at < at - SILENCE,
        )
        for row in connection.execute(statement)
    ]


def silent(connection: Connection, since: timedelta, now: datetime) -> ColumnElement[bool]:
    """A condition on ``replica``: no sign of life for so long."""
    heard_of: ColumnElement[bool] = replica.c.seen_at < common_time(connection, now) - since
    return heard_of


def take_duty(
    connection: Connection, duty: str, owner: str, hold: timedelta, now: datetime
) -> bool:
    """Have a duty for ``hold``, or until it is said again; False while another has it."""
    at = common_time(connection, now)
    statement = insert_or_ignore(connection, lease).values(name=duty, owner=owner, until=at + hold)
    taken = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": owner, "until": at + hold},
        where=or_(lease.c.owner == owner, lease.c.until < at),
    ).returning(lease.c.owner)
    return connection.execute(taken).first() is not None


def free_batches(connection: Connection, me: str, now: datetime) -> list[tuple[int, int]]:
    """Let go of what silent replicas hold: (slot, number) of each batch, and fence them off.

    What they had not begun may be sent by others at once; what they had is their journal's to
    tell, until ``give_up_on`` takes it for uncertain.
    """
    gone = select(replica.c.name).where(silent(connection, SILENCE, now), replica.c.name != me)
    freed = (
        update(batch)
        .where(batch.c.owner.in_(gone), batch.c.state == BatchState.OPEN)
        .values(owner=None, lease_until=None, epoch=batch.c.epoch + 1)
        .returning(batch.c.slot_id, batch.c.number)
    )
    return [(row.slot_id, row.number) for row in connection.execute(freed)]


def give_up_on(connection: Connection, wait: timedelta, me: int, now: datetime) -> int:
    """Take for uncertain what replicas silent for ``wait`` had in flight; how many.

    A replica that comes back settles them after all, by its journal.
    """
    settle(connection)
    gone = select(replica.c.id).where(silent(connection, wait, now), replica.c.id != me)
    given_up = (
        update(delivery)
        .where(is_on_the_wire(), delivery.c.replica_id.in_(gone))
        .values(state=DeliveryState.UNCERTAIN, reason=OWNER_SILENT, at=now)
    )
    return connection.execute(given_up).rowcount


def in_flight_of(connection: Connection, row: int) -> list[int]:
    """Deliveries that a replica was sending when it ended, or that were given up since."""
    given_up = stands_at(DeliveryState.UNCERTAIN) & (delivery.c.reason == OWNER_SILENT)
    statement = select(delivery.c.id).where(
        delivery.c.replica_id == row, or_(is_on_the_wire(), given_up)
    )
    return [row.id for row in connection.execute(statement)]
