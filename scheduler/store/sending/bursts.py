"""Domains that are left alone for now: held, tried once an hour, let go at the first acceptance.

What waits for such a domain stays planned: its rows wait for the next try, and leave when the
domain takes mail again. Those whose slot ends before are left out, with a reason of their own.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, exists, func, select, tuple_, update

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.bursts import PROBE_EVERY, Burst
from scheduler.domain.answers.events import EventKind
from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.channels import EMAIL
from scheduler.domain.consent.optout import Route
from scheduler.domain.delivery import BatchState, DeliveryState, LeftOut, OccurrenceState, Outcome
from scheduler.domain.sending import Claim
from scheduler.store import audit
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.schema.burst_tables import domain_burst, refusal
from scheduler.store.schema.states import is_awaited
from scheduler.store.schema.tables import address, batch, delivery, event, occurrence, slot
from scheduler.store.sending.claiming import hold
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind

#: Why a row waits for a domain; and why it is left out when its slot ends before.
WAITS = LeftOut.BOUNCE_PENDING
#: Who ended a burst, where its domain did.
ACCEPTED = "accepted"


def still_open(connection: Connection, domains: Collection[str] | None = None) -> Sequence[Any]:
    """The bursts that go on (of these domains), oldest first."""
    if not _any_open(connection.dialect)(connection):
        # As mostly: this is asked twice a turn.
        return []
    statement = select(domain_burst).where(domain_burst.c.ended_at.is_(None))
    if domains is not None:
        statement = statement.where(domain_burst.c.domain.in_(domains))
    return connection.execute(statement.order_by(domain_burst.c.id)).all()


@once_a_kind(16)
def _any_open(dialect: Dialect) -> Asking:
    going_on = select(domain_burst.c.id).where(domain_burst.c.ended_at.is_(None)).limit(1)
    return asking(dialect, going_on, ())


def listed(connection: Connection) -> list[Burst]:
    """The same, for people."""
    return [
        Burst(
            domain=row.name,
            pending=_pending(connection, row.id),
            accepted=row.accepted,
            said=row.said,
            began_at=row.began_at,
            probe_at=row.probe_at,
        )
        for row in still_open(connection)
    ]


def begin(connection: Connection, values: dict[str, Any], refused: int, now: datetime) -> Any:
    """A domain is held from now on."""
    values = values | {"began_at": now, "probe_at": now + PROBE_EVERY}
    made = domain_burst.insert().values(values).returning(domain_burst)
    row = connection.execute(made).one()
    _hold_all(connection, row, delivery.c.at <= row.probe_at)
    detail = {"refused": refused, "accepted": row.accepted}
    act = Act(actor=PROGRAM, act=AuditAct.HOLD_DOMAIN, subject=row.name, detail=detail)
    audit.append(connection, [act], now)
    return row


def tell(connection: Connection, row: Any, said: str, now: datetime) -> None:
    """What the domain says now, in its alarm."""
    connection.execute(
        update(domain_burst).where(domain_burst.c.id == row.id).values(said=said or row.said)
    )
    pending = _pending(connection, row.id)
    detail = f"{pending} refused within an hour, {row.accepted} had accepted: {said or row.said}"
    raise_alarm(connection, AlarmKind.DOMAIN_REFUSES, row.name, detail, now)


def put_back(connection: Connection, row: Any, deliveries: Collection[int], now: datetime) -> None:
    """What the domain refused before the message was theirs waits with the others, if its slot and
    its occurrence still let it leave."""
    alive = exists().where(
        slot.c.id == delivery.c.slot_id,
        slot.c.not_after > now,
        occurrence.c.id == slot.c.occurrence_id,
        occurrence.c.state != OccurrenceState.CANCELLED,
    )
    back = (
        update(delivery)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.FAILED, alive)
        .values(state=DeliveryState.WAITING, reason=WAITS, at=row.probe_at)
        .returning(delivery.c.id)
    )
    waiting = list(connection.execute(back).scalars())
    _wake(connection, delivery.c.id.in_(waiting), row.probe_at)


def let_through(
    connection: Connection, claim: Claim, deliveries: Collection[int], now: datetime
) -> set[int]:
    """Those of these deliveries that no burst holds, and of each held domain one an hour.

    The others of the batch wait for the next hour.
    """
    allowed = set(deliveries)
    for row in still_open(connection) if claim.channel == EMAIL.name else ():
        held = select(delivery.c.id).where(delivery.c.id.in_(deliveries), _is_for(row.domain))
        # Never tried first: one that is dead whatever its domain does is no test of it twice.
        held = held.order_by(delivery.c.attempts, delivery.c.id)
        waiting = list(connection.execute(held).scalars())
        if not waiting or _is_over(connection, row, now):
            continue
        probe = _probe(connection, row, waiting, now)
        allowed -= set(waiting) - {probe}
        renewed = select(domain_burst).where(domain_burst.c.id == row.id)
        mine = (delivery.c.slot_id == claim.slot_id, delivery.c.batch == claim.number)
        _hold_all(connection, connection.execute(renewed).one(), *mine, delivery.c.id != probe)
    return allowed


def note_accepted(connection: Connection, outcomes: Iterable[Outcome]) -> None:
    """Let the domains go on that took a message after they had refused so many.

    Where the refusals came by mail, a relay's acceptance says nothing: see ``look``.
    """
    sent = [one for one in outcomes if one.state is DeliveryState.SENT]
    for row in still_open(connection) if sent else ():
        late = {one.delivery_id: one.at for one in sent if one.at > row.began_at}
        theirs = select(delivery.c.id).where(delivery.c.id.in_(late), _is_for(row.domain)).limit(1)
        first = connection.execute(theirs).scalar()
        if row.route == Route.PROVIDER and first is not None:
            end(connection, row, ACCEPTED, late[first])


def look(connection: Connection, now: datetime) -> None:
    """End the bursts whose last message has not come back for an hour."""
    for row in still_open(connection):
        _is_over(connection, row, now)


def end(connection: Connection, row: Any, by: str, now: datetime) -> int:
    """The domain goes on; how many messages wait no longer."""
    ended = update(domain_burst).where(
        domain_burst.c.id == row.id, domain_burst.c.ended_at.is_(None)
    )
    if not connection.execute(ended.values(ended_at=now, ended_by=by)).rowcount:
        return 0
    free = (
        update(delivery)
        .where(_waits(), delivery.c.reason == WAITS, _is_for(row.domain))
        .values(at=now, reason="")
        .returning(delivery.c.id)
    )
    released = list(connection.execute(free).scalars())
    _wake(connection, delivery.c.id.in_(released), now)
    clear_alarm(connection, AlarmKind.DOMAIN_REFUSES, row.name, now)
    actor = PROGRAM if by == ACCEPTED else by
    detail = {"released": len(released)}
    act = Act(actor=actor, act=AuditAct.RELEASE_DOMAIN, subject=row.name, detail=detail)
    audit.append(connection, [act], now)
    return len(released)


def _is_over(connection: Connection, row: Any, now: datetime) -> bool:
    """By mail: the last that tried has been sent for an hour, and has not come back."""
    if row.route != Route.BOUNCE or row.probe_id is None:
        return False
    back = exists().where(event.c.delivery_id == delivery.c.id, event.c.kind == EventKind.BOUNCED)
    stayed = select(delivery.c.id).where(
        delivery.c.id == row.probe_id,
        delivery.c.state == DeliveryState.SENT,
        delivery.c.at <= now - PROBE_EVERY,
        ~back,
    )
    if connection.execute(stayed).first() is None:
        return False
    end(connection, row, ACCEPTED, now)
    return True


def _probe(connection: Connection, row: Any, waiting: Sequence[int], now: datetime) -> int:
    """The one that may try the domain now; 0 when it isn't time, or another does."""
    tried = (
        update(domain_burst)
        .where(domain_burst.c.id == row.id, domain_burst.c.probe_at <= now)
        .values(probe_at=now + PROBE_EVERY, probe_id=waiting[0])
    )
    return waiting[0] if connection.execute(tried).rowcount else 0


def _hold_all(connection: Connection, row: Any, *which: ColumnElement[bool]) -> None:
    held = update(delivery).where(_waits(), _is_for(row.domain), *which)
    connection.execute(held.values(at=row.probe_at, reason=WAITS))


def _waits() -> ColumnElement[bool]:
    return is_awaited() & (delivery.c.channel == EMAIL.name)


def _is_for(domain: str) -> ColumnElement[bool]:
    """Of a delivery: it goes to this domain."""
    return delivery.c.address_id.in_(select(address.c.id).where(address.c.domain == domain))


def _wake(connection: Connection, which: ColumnElement[bool], at: datetime) -> None:
    """Open the batches of these deliveries, at a time."""
    theirs = select(delivery.c.slot_id, delivery.c.batch).where(which).distinct()
    of_them = tuple_(batch.c.slot_id, batch.c.number).in_(theirs)
    hold(connection, of_them)
    connection.execute(
        update(batch)
        .where(of_them)
        .where((batch.c.state == BatchState.DONE) | (batch.c.ready_at > at))
        .values(state=BatchState.OPEN, ready_at=at)
    )


def _pending(connection: Connection, burst: int) -> int:
    statement = select(func.count(refusal.c.address_id.distinct())).where(
        refusal.c.burst_id == burst
    )
    return int(connection.execute(statement).scalar_one())
