"""Alarms: one open row a kind and subject, however often the fault is met."""

from datetime import datetime

from sqlalchemy import Connection, update

from scheduler.store.schema.tables import alarm
from scheduler.store.statements.upserts import insert_or_ignore


def raise_alarm(
    connection: Connection, kind: str, subject: str, detail: str, now: datetime
) -> bool:
    """Open an alarm; False when it is open already, and then says what it says now."""
    values = {"kind": kind, "subject": subject, "detail": detail, "raised_at": now}
    statement = insert_or_ignore(connection, alarm).values(values).on_conflict_do_nothing()
    if connection.execute(statement.returning(alarm.c.id)).first() is not None:
        return True
    connection.execute(
        update(alarm)
        .where(alarm.c.kind == kind, alarm.c.subject == subject, alarm.c.cleared_at.is_(None))
        .values(detail=detail)
    )
    return False


def clear_alarm(connection: Connection, kind: str, subject: str, now: datetime) -> bool:
    """The fault is mended; False when there was none."""
    cleared = connection.execute(
        update(alarm)
        .where(alarm.c.kind == kind, alarm.c.subject == subject, alarm.c.cleared_at.is_(None))
        .values(cleared_at=now)
    )
    return bool(cleared.rowcount)


def clear_all(connection: Connection, kind: str, now: datetime) -> None:
    """The same of every subject."""
    open_ones = update(alarm).where(alarm.c.kind == kind, alarm.c.cleared_at.is_(None))
    connection.execute(open_ones.values(cleared_at=now))
