"""Edits of texts: each method is one transaction, and each change is an entry of the audit log.

Nothing is ever changed or taken away here: a publication is one row more, and withdrawing is one
without a content.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.writing.edits import Edit, Publication, fingerprint
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.writing_tables import text_edit
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reads, writes

_OF_PATH = ("path", "number")


class EditLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    async def published(self) -> int:
        """How many publications there are: another number whenever anything was published."""
        return await self.database.read_kept(_count)

    @reads
    def standing(self, connection: Connection) -> tuple[int, list[Edit]]:
        """``published``, and those that stand over their files, by path."""
        return _count(connection), [one for one in _latest(connection) if one.content is not None]

    @reads
    def latest(self, connection: Connection, path: str) -> Edit | None:
        """The last publication of a text, withdrawn or not; None: there never was one."""
        return _last(connection, path)

    @reads
    def history(self, connection: Connection, path: str) -> list[Edit]:
        """The newest first."""
        c = text_edit.c
        rows = select(text_edit).where(c.path == path).order_by(c.number.desc())
        return [_edit(row) for row in connection.execute(rows)]

    @writes
    def publish(
        self, connection: Connection, asked: Publication, act: AuditAct, now: datetime
    ) -> Edit:
        """Raises Overtaken where another was published since."""
        return publish(connection, asked, act, now)

    @writes
    def take_in(
        self,
        connection: Connection,
        asked: Sequence[Publication],
        by: str,
        now: datetime,
        approved_by: str = "",
    ) -> int:
        """All of them or none; how many. ``approved_by``: the second person, where there is one.
        Raises Overtaken."""
        for one in asked:
            _insert(connection, one, now)
        if asked:
            detail: dict[str, str | int] = {"texts": len(asked)}
            if approved_by:
                detail["approved-by"] = approved_by
            act = Act(actor=by, act=AuditAct.IMPORT_TEXTS, subject="templates", detail=detail)
            audit.append(connection, [act], now)
        return len(asked)

    @writes
    def withdraw(
        self,
        connection: Connection,
        asked: Sequence[Publication],
        by: str,
        now: datetime,
        approved_by: str = "",
    ) -> None:
        """All of them or none. ``approved_by``: the second person, where there is one. Raises
        Overtaken."""
        acts = []
        for one in asked:
            detail: dict[str, str | int] = {"number": _insert(connection, one, now).number}
            if approved_by:
                detail["approved-by"] = approved_by
            acts.append(Act(actor=by, act=AuditAct.WITHDRAW_TEXT, subject=one.path, detail=detail))
        audit.append(connection, acts, now)


def publish(connection: Connection, asked: Publication, act: AuditAct, now: datetime) -> Edit:
    """In the caller's transaction. Raises Overtaken."""
    edit = _insert(connection, asked, now)
    detail: dict[str, str | int] = {"number": edit.number, "text": fingerprint(edit.content)}
    if edit.written_by != edit.published_by:
        detail["written-by"] = edit.written_by
    entry = Act(actor=edit.published_by, act=act, subject=edit.path, detail=detail)
    audit.append(connection, [entry], now)
    return edit


def _insert(connection: Connection, asked: Publication, now: datetime) -> Edit:
    last = _last(connection, asked.path)
    values = {
        "path": asked.path,
        "number": asked.over + 1,
        "content": asked.content,
        "base": asked.base,
        "written_by": asked.written_by,
        "published_by": asked.published_by,
        "at": now,
    }
    adding = insert_or_ignore(connection, text_edit).values(values)
    made = adding.on_conflict_do_nothing(index_elements=_OF_PATH).returning(text_edit)
    number = last.number if last else 0
    row = connection.execute(made).first() if number == asked.over else None
    if row is None:
        raise Overtaken(f"{asked.path} was published by somebody else meanwhile")
    return _edit(row)


def _count(connection: Connection) -> int:
    """Not the highest id: on PostgreSQL of two at once the lower one may be there last."""
    return connection.execute(select(func.count()).select_from(text_edit)).scalar() or 0


def _last(connection: Connection, path: str) -> Edit | None:
    c = text_edit.c
    one = select(text_edit).where(c.path == path).order_by(c.number.desc()).limit(1)
    row = connection.execute(one).first()
    return None if row is None else _edit(row)


def _latest(connection: Connection) -> list[Edit]:
    c = text_edit.c
    newest = select(func.max(c.id)).group_by(c.path)
    rows = select(text_edit).where(c.id.in_(newest)).order_by(c.path)
    return [_edit(row) for row in connection.execute(rows)]


def _edit(row: Any) -> Edit:
    return Edit(
        path=row.path,
        number=row.number,
        content=row.content,
        base=row.base,
        written_by=row.written_by,
        published_by=row.published_by,
        at=row.at,
    )
