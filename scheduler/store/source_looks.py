"""The readings of sources: each method is one transaction. Nobody's data is in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import NotFound
from scheduler.domain.people.sourced import KEPT, Outcome, SourceEnd, SourceLook
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.source_tables import source_look
from scheduler.store.transactions import reads, writes

#: Letters of what is kept of a fault.
_LONGEST = 1000
#: Of readings that came to their end.
_JUDGED = (Outcome.TAKEN, Outcome.UNCHANGED, Outcome.REFUSED)


class SourceLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    @writes
    def begin(
        self, connection: Connection, audience: str, kind: str, by: str, now: datetime
    ) -> int:
        """Before anything is asked: one that a crash cuts short is not begun again at once. Those
        that are old are forgotten."""
        connection.execute(delete(source_look).where(source_look.c.at < now - KEPT))
        values = {
            "audience": audience,
            "kind": kind,
            "at": now,
            "outcome": Outcome.BEGUN.value,
            **dict.fromkeys(("mark", "cause", "detail", "confirmed_by"), ""),
            "asked_by": by,
        }
        made = insert(source_look).values(values).returning(source_look.c.id)
        return int(connection.execute(made).scalar_one())

    @writes
    def end(self, connection: Connection, number: int, found: SourceEnd, now: datetime) -> None:
        values = {
            "ended_at": now,
            "outcome": found.outcome.value,
            "people": found.people,
            "added": found.added,
            "ended": found.ended,
            "mark": found.mark,
            "cause": found.cause,
            "detail": found.detail[:_LONGEST],
        }
        connection.execute(update(source_look).where(source_look.c.id == number).values(values))

    @writes
    def forget(self, connection: Connection, number: int) -> None:
        """There was nothing to read."""
        connection.execute(delete(source_look).where(source_look.c.id == number))

    @reads
    def latest(self, connection: Connection, audience: str, kind: str) -> SourceLook | None:
        statement = _of(audience, kind).order_by(source_look.c.id.desc()).limit(1)
        row = connection.execute(statement).first()
        return _look(row) if row else None

    @reads
    def latest_taken(self, connection: Connection, audience: str, kind: str) -> SourceLook | None:
        row = connection.execute(_latest(audience, kind, (Outcome.TAKEN,))).first()
        return _look(row) if row else None

    @reads
    def latest_judged(self, connection: Connection, audience: str, kind: str) -> SourceLook | None:
        """Of those that came to their end: one that failed since takes no word back."""
        row = connection.execute(_latest(audience, kind, _JUDGED)).first()
        return _look(row) if row else None

    @reads
    def marks(
        self, connection: Connection, audience: str, kind: str, *, taken: bool = False
    ) -> Mapping[str, datetime]:
        """Of what was taken in and, unless ``taken``, of what was refused and confirmed by nobody;
        with when each was last."""
        c = source_look.c
        settled = c.outcome == Outcome.TAKEN.value
        if not taken:
            settled |= (c.outcome == Outcome.REFUSED.value) & (c.confirmed_by == "")
        wanted = (c.audience == audience) & (c.kind == kind) & settled & (c.mark != "")
        latest = select(c.mark, func.max(c.at).label("at")).where(wanted).group_by(c.mark)
        return {row.mark: row.at for row in connection.execute(latest)}

    @reads
    def failures(self, connection: Connection, audience: str, kind: str) -> int:
        """How many in a row have failed."""
        c = source_look.c
        fine = c.outcome.in_([one.value for one in _JUDGED])
        mine = (c.audience == audience) & (c.kind == kind)
        since = select(func.coalesce(func.max(c.id), 0)).where(mine & fine).scalar_subquery()
        failed = mine & (c.outcome == Outcome.FAILED.value) & (c.id > since)
        return int(connection.execute(select(func.count()).where(failed)).scalar_one())

    @reads
    def history(self, connection: Connection, audience: str, most: int) -> list[SourceLook]:
        """The newest first."""
        c = source_look.c
        statement = select(source_look).where(c.audience == audience)
        rows = connection.execute(statement.order_by(c.id.desc()).limit(most))
        return [_look(row) for row in rows]

    @writes
    def confirm(self, connection: Connection, number: int, by: str, now: datetime) -> bool:
        """A person says that what was refused is right; False: somebody said so before, or a later
        reading has taken its place. Raises NotFound."""
        row = connection.execute(select(source_look).where(source_look.c.id == number)).first()
        if row is None:
            raise NotFound(f"there is no reading {number}: `reflexe sources list` shows them")
        look = _look(row)
        newest = _latest(look.audience, look.kind, _JUDGED)
        if not look.may_be_confirmed or connection.execute(newest).one().id != number:
            return False
        mine = (source_look.c.id == number) & (source_look.c.confirmed_by == "")
        noted = update(source_look).where(mine).values(confirmed_by=by)
        if not connection.execute(noted).rowcount:
            return False
        detail: dict[str, str | int] = {"reading": number, "people": look.people or 0}
        act = Act(actor=by, act=AuditAct.CONFIRM_SOURCE, subject=look.audience, detail=detail)
        audit.append(connection, [act], now)
        return True


def _latest(audience: str, kind: str, outcomes: Sequence[Outcome]) -> Any:
    wanted = source_look.c.outcome.in_([one.value for one in outcomes])
    return _of(audience, kind).where(wanted).order_by(source_look.c.id.desc()).limit(1)


def _of(audience: str, kind: str) -> Any:
    c = source_look.c
    return select(source_look).where(c.audience == audience, c.kind == kind)


def _look(row: Any) -> SourceLook:
    return SourceLook(
        number=row.id,
        audience=row.audience,
        kind=row.kind,
        at=row.at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        people=row.people,
        added=row.added,
        ended=row.ended,
        mark=row.mark,
        cause=row.cause,
        detail=row.detail,
        by=row.asked_by,
        confirmed_by=row.confirmed_by,
    )
