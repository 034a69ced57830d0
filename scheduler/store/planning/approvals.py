"""Who asked for a sending that needs a second person, and who allowed it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.names.typed_names import same
from scheduler.store import audit
from scheduler.store.schema.record_tables import approval
from scheduler.store.statements.upserts import insert_or_ignore

_KEY = ("campaign", "episode", "season")


def ask(connection: Connection, asked: Approval) -> None:
    """Note that somebody asks. Asking anew, for other texts or not, voids what was allowed."""
    one = asked.occurrence
    kept = of_season(connection, one.campaign, one.episode, one.season)
    season = kept.occurrence.season if kept else one.season
    key = {"campaign": one.campaign, "episode": one.episode, "season": season}
    values = {
        "message": asked.message,
        "local_date": one.date.isoformat(),
        "fingerprint": asked.fingerprint,
        "audiences": list(asked.audiences),
        "asked_by": asked.asked_by,
        "asked_at": asked.asked_at,
        "approved_by": "",
        "approved_at": None,
    }
    statement = insert_or_ignore(connection, approval).values(key | values)
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=values))
    audit.append(connection, [_act(AuditAct.ASK_APPROVAL, asked.asked_by, asked)], asked.asked_at)


def approve(connection: Connection, asked: Approval, by: str, now: datetime) -> bool:
    """Allow exactly what was asked; False when it was asked anew meanwhile, or is allowed."""
    allowed = connection.execute(
        update(approval)
        .where(*_is(asked.occurrence))
        .where(approval.c.fingerprint == asked.fingerprint, approval.c.approved_by == "")
        .where(approval.c.asked_by == asked.asked_by)
        .values(approved_by=by, approved_at=now)
    )
    if allowed.rowcount:
        audit.append(connection, [_act(AuditAct.APPROVE, by, asked)], now)
    return bool(allowed.rowcount)


def of_message(connection: Connection, message: str) -> list[Approval]:
    """What was asked of a message, the latest first."""
    statement = select(approval).where(approval.c.message == message)
    rows = connection.execute(statement.order_by(approval.c.asked_at.desc(), approval.c.id.desc()))
    return [_value(row) for row in rows]


def waiting(connection: Connection) -> list[Approval]:
    """What nobody has allowed yet, the oldest first."""
    statement = select(approval).where(approval.c.approved_by == "")
    rows = connection.execute(statement.order_by(approval.c.asked_at, approval.c.id))
    return [_value(row) for row in rows]


def of_season(connection: Connection, campaign: str, episode: str, season: str) -> Approval | None:
    """What was asked of one occurrence, however its key was typed."""
    statement = select(approval).where(
        approval.c.campaign == campaign,
        approval.c.episode == episode,
    )
    found = connection.execute(statement).all()
    return next((_value(row) for row in found if same(row.season, season)), None)


def _is(one: Occurrence) -> tuple[Any, ...]:
    return (
        approval.c.campaign == one.campaign,
        approval.c.episode == one.episode,
        approval.c.season == one.season,
    )


def _act(act: AuditAct, actor: str, asked: Approval) -> Act:
    detail = {"message": asked.message, "fingerprint": asked.fingerprint}
    return Act(actor=actor, act=act, subject=asked.occurrence.id, detail=detail)


def _value(row: Any) -> Approval:
    return Approval(
        message=row.message,
        occurrence=Occurrence(
            campaign=row.campaign,
            episode=row.episode,
            season=row.season,
            date=date.fromisoformat(row.local_date),
        ),
        fingerprint=row.fingerprint,
        audiences=tuple(row.audiences),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )
