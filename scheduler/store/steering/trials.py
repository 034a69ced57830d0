"""What was sent for trial: kept apart from the deliveries, and never counted with them."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.sending import TrialRecord
from scheduler.domain.trials import TrialNote
from scheduler.store import audit
from scheduler.store.keys.sealing import Keys, short_digest
from scheduler.store.schema.record_tables import trial


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
