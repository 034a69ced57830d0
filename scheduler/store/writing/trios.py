"""Readings by three: each method is one transaction. No row is of a reader: what they say is only
added up, and of the link the digest alone is kept."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, update

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.writing.trio import MOST_OPEN, READERS, Mark, Marks, NoTrio, Trio
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.writing_tables import text_trio, text_trio_mark
from scheduler.store.transactions import reads, writes

if TYPE_CHECKING:
    from scheduler.store.keys.sealing import Keys

_c, _m = text_trio.c, text_trio_mark.c
_PURPOSE = "text-trio"
#: Of one text, that a page shows.
SHOWN = 10


class TrioLedger:
    def __init__(self, database: Database, keys: "Keys") -> None:
        self.database = database
        self._keys = keys

    @writes
    def make(
        self,
        connection: Connection,
        path: str,
        text: str,
        paragraphs: Sequence[str],
        by: str,
        ends_at: datetime,
        now: datetime,
    ) -> str | NoTrio:
        """The value of its link, which is nowhere else."""
        is_open = (_c.ends_at > now, _c.ended < READERS)
        counted = select(func.count()).select_from(text_trio).where(*is_open)
        if connection.execute(counted).scalar_one() >= MOST_OPEN:
            return NoTrio.TOO_MANY
        value = secrets.token_urlsafe(32)
        values = {
            "path": path,
            "text": text,
            "paragraphs": json.dumps(list(paragraphs), ensure_ascii=False),
            "digest": self._digest(value),
            "by": by,
            "made_at": now,
            "ends_at": ends_at,
        }
        made = insert(text_trio).values(values).returning(_c.id)
        number = int(connection.execute(made).scalar_one())
        rows = [{"trio_id": number, "place": place} for place in range(len(paragraphs))]
        connection.execute(insert(text_trio_mark), rows)
        _note(connection, AuditAct.ASK_TRIO, path, number, by, now)
        return value

    @reads
    def linked(self, connection: Connection, value: str) -> Trio | None:
        """By its link; without what was said."""
        row = connection.execute(select(text_trio).where(_c.digest == self._digest(value))).first()
        return None if row is None else _trio(row, ())

    @writes
    def end(
        self, connection: Connection, value: str, sheet: str, said: Sequence[Mark], now: datetime
    ) -> bool:
        """One reader's words, all at once, for good; said twice by one ``sheet``, they count once.
        False: it is over, or there is none."""
        mine = select(text_trio).where(_c.digest == self._digest(value)).with_for_update()
        row = connection.execute(mine).first()
        if row is None:
            return False
        sheets = row.sheets.split()
        if sheet in sheets:
            return True
        if not _trio(row, ()).is_open(now):
            return False
        values = {"ended": row.ended + 1, "sheets": " ".join([*sheets, sheet])}
        connection.execute(update(text_trio).where(_c.id == row.id).values(values))
        for place, one in enumerate(said):
            _add(connection, row.id, place, one)
        return True

    @reads
    def of_text(self, connection: Connection, path: str, now: datetime) -> list[Trio]:
        """The newest first; with what was said where that may be shown."""
        rows = select(text_trio).where(_c.path == path).order_by(_c.id.desc()).limit(SHOWN)
        found = []
        for row in connection.execute(rows):
            one = _trio(row, ())
            found.append(_trio(row, _said(connection, row.id)) if one.is_shown(now) else one)
        return found

    @writes
    def drop(self, connection: Connection, path: str, number: int, by: str, now: datetime) -> bool:
        """With all that was said; False: it is gone already."""
        mine = (_c.id == number, _c.path == path)
        if connection.execute(select(_c.id).where(*mine)).first() is None:
            return False
        delete_trios(connection, [number], now)
        _note(connection, AuditAct.DROP_TRIO, path, number, by, now)
        return True

    def _digest(self, value: str) -> str:
        return self._keys.digest(_PURPOSE, value).hex()


def delete_trios(connection: Connection, rows: Sequence[int], now: datetime) -> None:
    """In the caller's transaction."""
    connection.execute(delete(text_trio_mark).where(_m.trio_id.in_(rows)))
    connection.execute(delete(text_trio).where(_c.id.in_(rows)))


def _add(connection: Connection, trio: int, place: int, one: Mark) -> None:
    more = {
        _m.clear: int(one.clear is True),
        _m.unclear: int(one.clear is False),
        _m.smile: int(one.smile),
    }
    changed = {column.name: column + count for column, count in more.items() if count}
    if changed:
        mine = (_m.trio_id == trio, _m.place == place)
        connection.execute(update(text_trio_mark).where(*mine).values(changed))


def _said(connection: Connection, trio: int) -> list[Marks]:
    rows = select(text_trio_mark).where(_m.trio_id == trio).order_by(_m.place)
    return [
        Marks(clear=row.clear, unclear=row.unclear, smile=row.smile)
        for row in connection.execute(rows)
    ]


def _note(
    connection: Connection, act: AuditAct, path: str, number: int, by: str, now: datetime
) -> None:
    entry = Act(actor=by, act=act, subject=path, detail={"reading": number})
    audit.append(connection, [entry], now)


def _trio(row: Any, marks: Sequence[Marks]) -> Trio:
    return Trio(
        id=row.id,
        path=row.path,
        text=row.text,
        paragraphs=json.loads(row.paragraphs),
        by=row.by,
        made_at=row.made_at,
        ends_at=row.ends_at,
        ended=row.ended,
        marks=marks,
    )
