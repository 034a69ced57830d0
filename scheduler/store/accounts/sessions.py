"""Who is in on the desk: each method is one transaction."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from scheduler.domain.accounts import SESSION_IDLE, SESSION_LASTS, DeskSession
from scheduler.domain.audit import AuditAct
from scheduler.store.accounts.account_rows import account_of, note
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.desk_tables import account, session
from scheduler.store.transactions import reads, writes

_SESSION = "desk-session"
#: A session's use is written down so often, and no oftener.
USE_NOTED_EVERY = timedelta(minutes=1)


class SessionLedger:
    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self._keys = keys

    @writes
    def sign_in(
        self, connection: Connection, account_id: int, before: str, now: datetime
    ) -> str | None:
        """A new session's value, ``before`` being the one that the browser had, which ends. None
        when the account is gone."""
        asked = select(account.c.id).where(account.c.id == account_id, account.c.password != "")
        if connection.execute(asked).first() is None:
            return None
        return begin_session(connection, self._keys, account_id, before, now)[0]

    async def find(self, value: str, now: datetime, *, in_use: bool) -> DeskSession | None:
        """The session of a value, unless it is over. ``in_use`` puts off the end of its rest."""
        found = await self._find(value, now)
        if found is not None and in_use and now - found.used_at >= USE_NOTED_EVERY:
            await self._use(found.id, now)
        return found

    @reads
    def _find(self, connection: Connection, value: str, now: datetime) -> DeskSession | None:
        digest = _digest(self._keys, value)
        rows = _sessions(connection, now, session.c.digest == digest)
        return rows[0] if rows else None

    @writes
    def _use(self, connection: Connection, session_id: int, now: datetime) -> None:
        changed = update(session).where(session.c.id == session_id, session.c.used_at < now)
        connection.execute(changed.values(used_at=now))

    @reads
    def of(self, connection: Connection, session_id: int, now: datetime) -> DeskSession | None:
        """The same session, as it stands now; None: it is over."""
        rows = _sessions(connection, now, session.c.id == session_id)
        return rows[0] if rows else None

    @reads
    def every(self, connection: Connection, now: datetime) -> list[DeskSession]:
        """Everybody who is in, the latest first."""
        return _sessions(connection, now)

    @writes
    def leave(self, connection: Connection, session_id: int) -> None:
        """By whoever is in it."""
        connection.execute(delete(session).where(session.c.id == session_id))

    @writes
    def end(
        self,
        connection: Connection,
        session_id: int,
        by: str,
        now: datetime,
        account_id: int | None = None,
    ) -> None:
        """End one, from elsewhere; ``account_id``: only where it is theirs. Ended already, it is
        left so."""
        asked = select(account.c.id, account.c.name).join_from(session, account)
        row = connection.execute(asked.where(session.c.id == session_id)).first()
        if row is None or account_id not in (None, row.id):
            return
        connection.execute(delete(session).where(session.c.id == session_id))
        note(connection, AuditAct.END_SESSION, row.name, by, now)


def _sessions(
    connection: Connection, now: datetime, *which: ColumnElement[bool]
) -> list[DeskSession]:
    joined = (
        select(
            account,
            session.c.id.label("session_id"),
            session.c.begun_at,
            session.c.used_at,
            session.c.asked_at,
        )
        .join_from(session, account)
        .where(session.c.begun_at > now - SESSION_LASTS, session.c.used_at > now - SESSION_IDLE)
        .where(*which)
        .order_by(session.c.used_at.desc(), session.c.id)
    )
    return [
        DeskSession(
            id=row.session_id,
            account=account_of(row),
            begun_at=row.begun_at,
            used_at=row.used_at,
            asked_at=row.asked_at,
        )
        for row in connection.execute(joined)
    ]


def begin_session(
    connection: Connection, keys: Keys, account_id: int, before: str, now: datetime
) -> tuple[str, int]:
    """A new one's value and its row; ``before``, and those that are over, are forgotten."""
    over = or_(session.c.begun_at <= now - SESSION_LASTS, session.c.used_at <= now - SESSION_IDLE)
    old = session.c.digest == _digest(keys, before)
    connection.execute(delete(session).where(or_(over, old)))
    value = secrets.token_urlsafe(32)
    values = {
        "digest": _digest(keys, value),
        "account_id": account_id,
        "begun_at": now,
        "used_at": now,
    }
    made = connection.execute(insert(session).values(values).returning(session.c.id))
    return value, int(made.scalar_one())


def _digest(keys: Keys, value: str) -> str:
    return keys.digest(_SESSION, value).hex()
