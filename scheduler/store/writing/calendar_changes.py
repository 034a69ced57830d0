"""Changes of the calendar: each method is one transaction, and each decision is an entry of the
audit log.

Nothing there is ever changed or taken away: a decision is one row more, and taking one back is a
row that says nothing.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Facet, Says, standing
from scheduler.domain.errors import Overtaken
from scheduler.domain.values import frozen
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.calendar_tables import calendar_change
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reads, writes

_c = calendar_change.c


@frozen
class Asked:
    """What is to stand, over what config.yaml says."""

    change: Change
    base: Says | None
    asked_by: str
    decided_by: str


class ChangeLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    async def number(self) -> int:
        """Of the last decision; 0: there never was one. Asked at every look."""
        return await self.database.read_kept(_last)

    @reads
    def standing(self, connection: Connection) -> tuple[int, list[Decision]]:
        """``number``, and the decisions that stand, in their order."""
        rows = connection.execute(select(calendar_change).order_by(_c.number))
        return _last(connection), standing([one for one in map(_decision, rows) if one])

    @reads
    def every(self, connection: Connection) -> list[Decision]:
        """The newest first, those taken back too."""
        rows = connection.execute(select(calendar_change).order_by(_c.number.desc()))
        return [one for one in map(_decision, rows) if one]

    @writes
    def decide(
        self,
        connection: Connection,
        asked: Sequence[Asked],
        over: int,
        act: AuditAct,
        now: datetime,
    ) -> int:
        """All of them or none; the number of the last. ``over``: the decision after which they
        were asked for. Raises Overtaken where there is another one since."""
        for position, one in enumerate(asked, 1):
            _insert(connection, one, over + position, now)
        acts = [_act(one, act, over + position) for position, one in enumerate(asked, 1)]
        audit.append(connection, acts, now)
        return over + len(asked)


def _insert(connection: Connection, one: Asked, number: int, now: datetime) -> None:
    change = one.change
    values = {
        "number": number,
        "kind": change.kind,
        "facet": change.facet,
        "campaign": change.campaign,
        "episode": change.episode,
        "season": change.season,
        "says": _json(change.says),
        "base": _json(one.base),
        "asked_by": one.asked_by,
        "decided_by": one.decided_by,
        "at": now,
    }
    adding = insert_or_ignore(connection, calendar_change).values(values)
    made = adding.on_conflict_do_nothing(index_elements=("number",)).returning(_c.id)
    follows = _last(connection) == number - 1
    if not follows or connection.execute(made).first() is None:
        raise Overtaken("the calendar was changed by somebody else meanwhile")


def _act(one: Asked, act: AuditAct, number: int) -> Act:
    change = one.change
    detail: dict[str, str | int] = {"number": number, "kind": change.kind, "says": change.print}
    if one.asked_by != one.decided_by:
        detail["asked-by"] = one.asked_by
    return Act(actor=one.decided_by, act=act, subject=change.subject, detail=detail)


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(_c.number))).scalar() or 0


def _json(says: Says | None) -> str | None:
    return None if says is None else json.dumps(says, ensure_ascii=False, sort_keys=True)


def _decision(row: Any) -> Decision | None:
    """None for a kind of a later version, which this one can't lay."""
    if row.kind not in set(ChangeKind) or row.facet not in set(Facet):
        return None
    change = Change(
        kind=ChangeKind(row.kind),
        facet=Facet(row.facet),
        campaign=row.campaign,
        episode=row.episode,
        season=row.season,
        says=None if row.says is None else json.loads(row.says),
    )
    return Decision(
        number=row.number,
        change=change,
        base=None if row.base is None else json.loads(row.base),
        asked_by=row.asked_by,
        decided_by=row.decided_by,
        at=row.at,
    )
