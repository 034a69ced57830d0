"""Comments on texts: each method is one transaction. The audit log says that somebody commented,
and not in what words."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.writing.comments import SHOWN, Comment, NotSaid, why_not_said
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.writing_tables import text_comment
from scheduler.store.transactions import reads, writes

_c = text_comment.c
_DAY = timedelta(days=1)


class CommentLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    @reads
    def of_text(self, connection: Connection, path: str, most: int = SHOWN) -> list[Comment]:
        """The newest first."""
        rows = select(text_comment).where(_c.path == path).order_by(_c.id.desc()).limit(most)
        return [_comment(row) for row in connection.execute(rows)]

    @reads
    def since(self, connection: Connection, at: Mapping[str, datetime]) -> Mapping[str, int]:
        """How many came on each of these texts from its instant on."""
        if not at:
            return {}
        rows = select(_c.path, _c.at).where(_c.path.in_(list(at)), _c.at >= min(at.values()))
        return Counter(row.path for row in connection.execute(rows) if row.at >= at[row.path])

    @writes
    def add(
        self, connection: Connection, path: str, text: str, by: str, said: str, now: datetime
    ) -> NotSaid | None:
        """None: it is kept. The same words of the same person about the same text within a day are
        kept once: a form whose answer was lost is sent to another replica."""
        said_before = (_c.path == path, _c.text == text, _c.by == by, _c.said == said)
        same = select(_c.id).where(*said_before, _c.at > now - _DAY).limit(1)
        if connection.execute(same).first() is not None:
            return None
        counted = select(func.count()).where(_c.path == path, _c.at > now - _DAY)
        why = why_not_said(said, by, connection.execute(counted).scalar_one())
        if why is not None:
            return why
        values = {"path": path, "text": text, "by": by, "said": said, "at": now}
        made = insert(text_comment).values(values).returning(_c.id)
        number = int(connection.execute(made).scalar_one())
        detail: dict[str, str | int] = {"comment": number}
        act = Act(actor=by, act=AuditAct.COMMENT_TEXT, subject=path, detail=detail)
        audit.append(connection, [act], now)
        return None


def _comment(row: Any) -> Comment:
    return Comment(id=row.id, path=row.path, text=row.text, by=row.by, said=row.said, at=row.at)
