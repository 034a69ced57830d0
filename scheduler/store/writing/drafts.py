"""Drafts of texts: each method is one transaction. Whoever saves says after which version, so that
nothing is written over that they haven't seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.writing.drafts import Draft, DraftState
from scheduler.domain.writing.edits import Publication
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.writing_tables import text_draft
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reads, writes
from scheduler.store.writing.edits import publish

_c = text_draft.c


class DraftLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    @reads
    def every(self, connection: Connection) -> list[Draft]:
        """By path; those who began first before the others."""
        rows = select(text_draft).order_by(_c.path, _c.begun_at, _c.id)
        return [_draft(row) for row in connection.execute(rows)]

    @reads
    def of_text(self, connection: Connection, path: str) -> list[Draft]:
        """Whoever began first before the others."""
        rows = select(text_draft).where(_c.path == path).order_by(_c.begun_at, _c.id)
        return [_draft(row) for row in connection.execute(rows)]

    @reads
    def one(self, connection: Connection, number: int) -> Draft | None:
        row = connection.execute(select(text_draft).where(_c.id == number)).first()
        return None if row is None else _draft(row)

    @writes
    def save(
        self,
        connection: Connection,
        path: str,
        owner: str,
        content: str,
        *,
        over: int,
        seen: str,
        version: int,
        now: datetime,
    ) -> Draft:
        """``version``: the one that it goes on from; 0: a new one. What was proposed is proposed no
        more. Raises Overtaken where it was saved from elsewhere meanwhile, or is gone."""
        values = {"content": content, "over": over, "seen": seen, "saved_at": now}
        state = {"state": DraftState.WRITTEN, "version": version + 1}
        if version == 0:
            whose = {"path": path, "owner": owner, "begun_at": now}
            adding = insert_or_ignore(connection, text_draft).values(whose | values | state)
            saving = adding.on_conflict_do_nothing(index_elements=("path", "owner"))
            row = connection.execute(saving.returning(text_draft)).first()
        else:
            mine = (_c.path == path, _c.owner == owner, _c.version == version)
            changed = update(text_draft).where(*mine).values(values | state)
            row = connection.execute(changed.returning(text_draft)).first()
        if row is None:
            raise Overtaken(f"the draft of {path} was saved elsewhere meanwhile")
        return _draft(row)

    @writes
    def propose(
        self, connection: Connection, draft: Draft, by: str, note: str, now: datetime
    ) -> None:
        """Raises Overtaken unless it is at this very version."""
        values = {"state": DraftState.PROPOSED, "by": by, "note": note, "saved_at": now}
        cleared = {"decided_by": "", "reason": ""}
        _change(connection, draft, values | cleared)
        _note(connection, AuditAct.PROPOSE_TEXT, draft, by, now)

    @writes
    def refuse(
        self, connection: Connection, draft: Draft, by: str, reason: str, now: datetime
    ) -> None:
        """Raises Overtaken unless it is at this very version, proposed."""
        values = {"state": DraftState.REFUSED, "decided_by": by, "reason": reason}
        _change(connection, draft, values)
        _note(connection, AuditAct.REFUSE_TEXT, draft, by, now)

    @writes
    def publish(
        self,
        connection: Connection,
        draft: Draft,
        asked: Publication,
        act: AuditAct,
        now: datetime,
    ) -> None:
        """The draft's text stands, and the draft is gone. Raises Overtaken unless both it and what
        it was written over are as they were seen."""
        _end(connection, draft)
        publish(connection, asked, act, now)

    @writes
    def drop(self, connection: Connection, draft: Draft) -> None:
        """Raises Overtaken unless it is at this very version."""
        _end(connection, draft)


def _change(connection: Connection, draft: Draft, values: dict[str, Any]) -> None:
    values = values | {"version": draft.version + 1}
    changed = update(text_draft).where(*_very(draft)).values(values).returning(_c.id)
    if connection.execute(changed).first() is None:
        raise Overtaken(f"the draft of {draft.path} was saved elsewhere meanwhile")


def _end(connection: Connection, draft: Draft) -> None:
    gone = delete(text_draft).where(*_very(draft)).returning(_c.id)
    if connection.execute(gone).first() is None:
        raise Overtaken(f"the draft of {draft.path} was saved elsewhere meanwhile")


def _very(draft: Draft) -> tuple[Any, ...]:
    return _c.id == draft.id, _c.version == draft.version, _c.state == draft.state


def _note(connection: Connection, act: AuditAct, draft: Draft, by: str, now: datetime) -> None:
    detail: dict[str, str | int] = {"draft": draft.id, "text": draft.fingerprint}
    audit.append(connection, [Act(actor=by, act=act, subject=draft.path, detail=detail)], now)


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        path=row.path,
        owner=row.owner,
        content=row.content,
        over=row.over,
        seen=row.seen,
        version=row.version,
        state=DraftState(row.state) if row.state in set(DraftState) else DraftState.WRITTEN,
        begun_at=row.begun_at,
        saved_at=row.saved_at,
        by=row.by,
        note=row.note,
        decided_by=row.decided_by,
        reason=row.reason,
    )
