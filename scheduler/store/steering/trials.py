"""What was sent for trial: kept apart from the deliveries, and never counted with them.

The form that one is asked by is noted before anything is handed over: a row of leases that nobody
holds or renews. Whoever dies in between has lost that one press, and nobody sends it twice. Until
it is ended it counts beside the trials that are noted, for an hour at most: replicas that hand over
at once send no more together than one would.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.sending import TrialRecord
from scheduler.domain.trials import FORM_REMEMBERED, WITHIN, Begun, TrialNote, too_many
from scheduler.store import audit
from scheduler.store.keys.sealing import Keys, short_digest
from scheduler.store.schema.record_tables import trial
from scheduler.store.schema.running_tables import lease
from scheduler.store.sending.replicas import common_time, is_shared
from scheduler.store.statements.upserts import insert_or_ignore

#: Before a form's digest: no duty and no act is called so.
_FORM = "trial form "
#: In the place of a form's owner, which is empty once it is ended.
_UNDER_WAY = "under way"


def begin(connection: Connection, sheet: str, now: datetime) -> Begun:
    """Whether a form is sent for the first time, to whichever replica, before a restart or after,
    and there is room for it.

    ``until`` is when that was: a date to come would be taken for a clock that was put back.
    """
    if is_shared(connection):
        turn = func.pg_advisory_xact_lock(func.hashtext("reflexe trials"))
        connection.execute(select(turn))
    at = common_time(connection, now)
    old = lease.c.name.startswith(_FORM) & (lease.c.until < at - FORM_REMEMBERED)
    connection.execute(delete(lease).where(old))
    name = _name(sheet)
    if connection.execute(select(lease.c.name).where(lease.c.name == name)).first() is not None:
        return Begun.BEFORE
    if too_many(of_late(connection, now)):
        return Begun.TOO_MANY
    statement = insert_or_ignore(connection, lease).values(name=name, owner=_UNDER_WAY, until=at)
    # A replica of a version before takes no turn.
    noted = statement.on_conflict_do_nothing().returning(lease.c.name)
    return Begun.NOW if connection.execute(noted).first() is not None else Begun.BEFORE


def end(connection: Connection, sheet: str) -> None:
    """It is noted by now, or never left."""
    connection.execute(update(lease).where(lease.c.name == _name(sheet)).values(owner=""))


def of_late(connection: Connection, now: datetime) -> int:
    """How many were sent within the hour, and are being handed over by whichever replica."""
    noted = select(func.count()).where(trial.c.at >= now - WITHIN)
    begun = select(func.count()).where(
        lease.c.name.startswith(_FORM),
        lease.c.owner == _UNDER_WAY,
        lease.c.until >= common_time(connection, now) - WITHIN,
    )
    return (connection.scalar(noted) or 0) + (connection.scalar(begun) or 0)


def _name(sheet: str) -> str:
    return _FORM + sha256(sheet.encode()).hexdigest()


def note(connection: Connection, record: TrialRecord, keys: Keys, now: datetime) -> None:
    """Note one, in the audit log too; of its recipient only the keyed digest."""
    recipient = keys.digest(record.kind, record.identity)
    connection.execute(
        insert(trial).values(
            at=now,
            message=record.message,
            channel=record.channel,
            audience=record.audience,
            variant=record.variant,
            fingerprint=record.fingerprint,
            recipient=recipient,
            state=record.state,
            reason=record.reason,
        )
    )
    detail = {
        "channel": record.channel,
        "audience": record.audience,
        "to": short_digest(recipient),
        "state": record.state.value,
    }
    act = Act(actor=record.by, act=AuditAct.SEND_TEST, subject=record.message, detail=detail)
    audit.append(connection, [act], now)


def latest(connection: Connection, message: str, most: int) -> list[TrialNote]:
    """Of one message, the latest first."""
    rows = connection.execute(
        select(trial).where(trial.c.message == message).order_by(trial.c.id.desc()).limit(most)
    )
    return [
        TrialNote(
            at=row.at,
            channel=row.channel,
            audience=row.audience,
            variant=row.variant,
            state=DeliveryState(row.state),
            reason=row.reason,
        )
        for row in rows
    ]
