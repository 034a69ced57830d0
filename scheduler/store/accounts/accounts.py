"""Accounts of the desk and their sessions: each method is one transaction."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, or_, select, update

from scheduler.domain.accounts import (
    LINK_LASTS,
    SESSION_IDLE,
    SESSION_LASTS,
    Account,
    DeskSession,
    no_account,
    plain_name,
)
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Role
from scheduler.store import audit
from scheduler.store.accounts.own_account import forget_code
from scheduler.store.accounts.own_addresses import forget_own_addresses
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.desk_tables import account, session
from scheduler.store.transactions import reads, writes

_SESSION, _LINK, _FORMS = "desk-session", "account-link", "desk-forms"
#: A session's use is written down so often, and no oftener.
USE_NOTED_EVERY = timedelta(minutes=1)
_ANYBODY = select(exists().where(account.c.password != ""))


class AccountLedger:
    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self._keys = keys

    @writes
    def add(
        self, connection: Connection, name: str, roles: frozenset[Role], by: str, now: datetime
    ) -> str:
        """A new account; the value of the link that sets its password. Raises AccountRefused for
        a name that there is."""
        if _row(connection, name) is not None:
            raise AccountRefused(f"there is an account {name!r} already")
        return self._add(connection, name, roles, by, now)

    def _add(
        self, connection: Connection, name: str, roles: frozenset[Role], by: str, now: datetime
    ) -> str:
        value = secrets.token_urlsafe(32)
        values = {
            "name": name,
            "folded": plain_name(name),
            "roles": role_words(roles),
            "link": self._digest(_LINK, value),
            "link_until": now + LINK_LASTS,
            "made_at": now,
        }
        connection.execute(insert(account).values(values))
        _note(connection, AuditAct.ADD_ACCOUNT, name, by, now, roles=role_words(roles))
        return value

    @writes
    def first(
        self, connection: Connection, name: str, roles: frozenset[Role], by: str, now: datetime
    ) -> str:
        """The link of the first person who may sign in, made again as often as it is lost. Raises
        AccountRefused once somebody has a password, and for a name that a provider gave."""
        if connection.execute(_ANYBODY).scalar():
            raise AccountRefused("somebody may sign in already")
        if _row(connection, name) is not None:
            _remove(connection, _local(connection, name).id)
        return self._add(connection, name, roles, by, now)

    @writes
    def renew_link(self, connection: Connection, name: str, by: str, now: datetime) -> str:
        """Another link for somebody who lost theirs, or their password, which ends with their
        sessions. Raises NotFound."""
        row = _local(connection, name)
        value = secrets.token_urlsafe(32)
        values = {
            "password": "",
            "link": self._digest(_LINK, value),
            "link_until": now + LINK_LASTS,
        }
        connection.execute(update(account).where(account.c.id == row.id).values(values))
        # Whoever lost the device of their second code has no other way back.
        forget_code(connection, row.id)
        connection.execute(delete(session).where(session.c.account_id == row.id))
        _note(connection, AuditAct.RENEW_ACCOUNT, row.name, by, now)
        return value

    @writes
    def give_roles(
        self, connection: Connection, name: str, roles: frozenset[Role], by: str, now: datetime
    ) -> None:
        """They hold at the next request. Raises NotFound."""
        row = _local(connection, name)
        changed = update(account).where(account.c.id == row.id).values(roles=role_words(roles))
        connection.execute(changed)
        _note(connection, AuditAct.GIVE_ROLES, row.name, by, now, roles=role_words(roles))

    @writes
    def remove(self, connection: Connection, name: str, by: str, now: datetime) -> None:
        """With its sessions. Raises NotFound."""
        row = _found(connection, name)
        _remove(connection, row.id)
        forget_own_addresses(connection, row.name)
        _note(connection, AuditAct.REMOVE_ACCOUNT, row.name, by, now)

    @reads
    def every(self, connection: Connection) -> list[Account]:
        """By name."""
        rows = connection.execute(select(account).order_by(account.c.folded))
        return [_account(row) for row in rows]

    @reads
    def anybody(self, connection: Connection) -> bool:
        """Whether somebody could sign in: an account with a password."""
        return bool(connection.execute(_ANYBODY).scalar())

    @reads
    def password_of(self, connection: Connection, name: str) -> tuple[int, str] | None:
        """The account and its hash; None for a name without, which tells nobody so."""
        row = _row(connection, name)
        return (row.id, row.password) if row is not None and row.password else None

    @reads
    def linked(self, connection: Connection, value: str, now: datetime) -> str | None:
        """Whose link it is, while it is good for something."""
        digest = self._digest(_LINK, value)
        asked = select(account.c.name).where(account.c.link == digest, account.c.link_until > now)
        return connection.execute(asked).scalar()

    @writes
    def set_password(
        self, connection: Connection, value: str, hashed: str, now: datetime
    ) -> int | None:
        """By a link, once; the account, None when the link is spent or too old."""
        digest = self._digest(_LINK, value)
        changed = (
            update(account)
            .where(account.c.link == digest, account.c.link_until > now)
            .values(password=hashed, link="", link_until=None)
            .returning(account.c.id, account.c.name)
        )
        row = connection.execute(changed).first()
        if row is None:
            return None
        connection.execute(delete(session).where(session.c.account_id == row.id))
        _note(connection, AuditAct.SET_PASSWORD, row.name, row.name, now)
        return int(row.id)

    def form_key(self, name: str) -> bytes:
        """What proves the forms of somebody whom a portal names: on every replica the same."""
        return self._keys.digest(_FORMS, name)

    # Sessions

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
        digest = self._digest(_SESSION, value)
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
    def sessions(self, connection: Connection, now: datetime) -> list[DeskSession]:
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
        _note(connection, AuditAct.END_SESSION, row.name, by, now)

    def _digest(self, kind: str, value: str) -> str:
        return self._keys.digest(kind, value).hex()


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
            account=_account(row),
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
    old = session.c.digest == keys.digest(_SESSION, before).hex()
    connection.execute(delete(session).where(or_(over, old)))
    value = secrets.token_urlsafe(32)
    values = {
        "digest": keys.digest(_SESSION, value).hex(),
        "account_id": account_id,
        "begun_at": now,
        "used_at": now,
    }
    made = connection.execute(insert(session).values(values).returning(session.c.id))
    return value, int(made.scalar_one())


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(account).where(account.c.folded == plain_name(name))).first()


def _found(connection: Connection, name: str) -> Row[Any]:
    row = _row(connection, name)
    if row is None:
        raise no_account(name)
    return row


def _local(connection: Connection, name: str) -> Row[Any]:
    row = _found(connection, name)
    if row.subject:
        raise AccountRefused(
            f"{row.name!r} signs in by the OpenID provider, which gives their roles"
        )
    return row


def _remove(connection: Connection, account_id: int) -> None:
    connection.execute(delete(session).where(session.c.account_id == account_id))
    connection.execute(delete(account).where(account.c.id == account_id))


def _account(row: Row[Any]) -> Account:
    known = set(Role)
    return Account(
        id=row.id,
        name=row.name,
        # A role of another version is none of ours.
        roles=frozenset(Role(word) for word in row.roles.split() if word in known),
        has_password=bool(row.password),
        made_at=row.made_at,
        subject=row.subject,
    )


def role_words(roles: frozenset[Role]) -> str:
    return " ".join(role for role in Role if role in roles)


def _note(
    connection: Connection, act: AuditAct, name: str, by: str, now: datetime, **detail: str
) -> None:
    entry = Act(actor=by, act=act, subject=f"account {name}", detail=detail)
    audit.append(connection, [entry], now)
