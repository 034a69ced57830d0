"""Which faults of texts somebody asked to let pass, and who allowed it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.checking.passing import Pass
from scheduler.store import audit
from scheduler.store.schema.record_tables import passed_fault
from scheduler.store.statements.upserts import insert_or_ignore

_KEY = ("message", "rule", "file", "passage")


def of_message(connection: Connection, message: str) -> list[Pass]:
    """Allowed or not, the oldest first."""
    statement = select(passed_fault).where(passed_fault.c.message == message)
    return [_value(row) for row in connection.execute(statement.order_by(passed_fault.c.id))]


def ask(connection: Connection, asked: Pass) -> bool:
    """Note who asks, and why; False when it was asked, or allowed, before."""
    values = {
        **_key(asked),
        "reason": asked.reason,
        "asked_by": asked.asked_by,
        "asked_at": asked.asked_at,
        "allowed_by": "",
        "allowed_at": None,
    }
    statement = insert_or_ignore(connection, passed_fault).values(values).on_conflict_do_nothing()
    new = connection.execute(statement.returning(passed_fault.c.id)).first() is not None
    if new:
        _note(connection, AuditAct.ASK_LETTING, asked, asked.asked_by, asked.asked_at)
    return new


def allow(connection: Connection, asked: Pass, by: str, now: datetime) -> bool:
    """Allow exactly what was asked; False when it is no longer asked so, or is allowed."""
    allowed = connection.execute(
        update(passed_fault)
        .where(*_is(asked), passed_fault.c.allowed_by == "")
        .where(passed_fault.c.asked_by == asked.asked_by)
        .where(passed_fault.c.reason == asked.reason)
        .values(allowed_by=by, allowed_at=now)
    )
    if allowed.rowcount:
        _note(connection, AuditAct.LET_LEAVE, asked, by, now)
    return bool(allowed.rowcount)


def withdraw(connection: Connection, asked: Pass, by: str, now: datetime) -> bool:
    """It holds again from now on; False when it wasn't there."""
    gone = connection.execute(delete(passed_fault).where(*_is(asked)))
    if gone.rowcount:
        _note(connection, AuditAct.HOLD_AGAIN, asked, by, now)
    return bool(gone.rowcount)


def _key(one: Pass) -> dict[str, str]:
    return {name: getattr(one, name) for name in _KEY}


def _is(one: Pass) -> tuple[Any, ...]:
    return tuple(passed_fault.c[name] == value for name, value in _key(one).items())


def _note(connection: Connection, act: AuditAct, one: Pass, by: str, now: datetime) -> None:
    detail = {"rule": one.rule, "file": one.file, "passage": one.passage, "reason": one.reason}
    audit.append(connection, [Act(actor=by, act=act, subject=one.message, detail=detail)], now)


def _value(row: Any) -> Pass:
    return Pass(
        message=row.message,
        rule=row.rule,
        file=row.file,
        passage=row.passage,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        allowed_by=row.allowed_by,
        allowed_at=row.allowed_at,
    )
