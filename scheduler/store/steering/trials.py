"""What was sent for trial: kept apart from the deliveries, and never counted with them.

The form that one is asked by is noted before anything is handed over: a row of leases that nobody
holds or renews. Whoever dies in between has lost that one press, and nobody sends it twice.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.sending import TrialRecord
from scheduler.domain.trials import FORM_REMEMBERED, TrialNote
from scheduler.store import audit
from scheduler.store.keys.sealing import Keys, short_digest
from scheduler.store.schema.record_tables import trial
from scheduler.store.schema.running_tables import lease
from scheduler.store.sending.replicas import common_time
from scheduler.store.statements.upserts import insert_or_ignore

#: Before a form's digest: no duty and no act is called so.
_FORM = "trial form "


def begin(connection: Connection, sheet: str, now: datetime) -> bool:
    """Whether a form is sent for the first time, to whichever replica, before a restart or after.

    ``until`` is when that was: a date to come would be taken for a clock that was put back.
    """
    at = common_time(connection, now)
    old = lease.c.name.startswith(_FORM) & (lease.c.until < at - FORM_REMEMBERED)
    connection.execute(delete(lease).where(old))
    name = _FORM + sha256(sheet.encode()).hexdigest()
    statement = insert_or_ignore(connection, lease).values(name=name, owner="", until=at)
    noted = statement.on_conflict_do_nothing().returning(lease.c.name)
    return connection.execute(noted).first() is not None


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


def since(connection: Connection, moment: datetime) -> int:
    """How many were sent since then."""
    return connection.scalar(select(func.count()).where(trial.c.at >= moment)) or 0


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
