"""Who may sign in on the desk: each method is one transaction."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from scheduler.domain.accounts import (
    LINK_LASTS,
    Account,
    no_account,
    plain_name,
)
from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Role
from scheduler.store.accounts.account_rows import account_of, note, role_words
from scheduler.store.accounts.own_account import forget_code
from scheduler.store.accounts.own_addresses import forget_own_addresses
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.desk_tables import account, session
from scheduler.store.transactions import reads, writes

_LINK, _FORMS = "account-link", "desk-forms"
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
        note(connection, AuditAct.ADD_ACCOUNT, name, by, now, roles=role_words(roles))
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
        note(connection, AuditAct.RENEW_ACCOUNT, row.name, by, now)
        return value

    @writes
    def give_roles(
        self, connection: Connection, name: str, roles: frozenset[Role], by: str, now: datetime
    ) -> None:
        """They hold at the next request. Raises NotFound."""
        row = _local(connection, name)
        changed = update(account).where(account.c.id == row.id).values(roles=role_words(roles))
        connection.execute(changed)
        note(connection, AuditAct.GIVE_ROLES, row.name, by, now, roles=role_words(roles))

    @writes
    def remove(self, connection: Connection, name: str, by: str, now: datetime) -> None:
        """With its sessions. Raises NotFound."""
        row = _found(connection, name)
        _remove(connection, row.id)
        forget_own_addresses(connection, row.name)
        note(connection, AuditAct.REMOVE_ACCOUNT, row.name, by, now)

    @reads
    def every(self, connection: Connection) -> list[Account]:
        """By name."""
        rows = connection.execute(select(account).order_by(account.c.folded))
        return [account_of(row) for row in rows]

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
        note(connection, AuditAct.SET_PASSWORD, row.name, row.name, now)
        return int(row.id)

    def form_key(self, name: str) -> bytes:
        """What proves the forms of somebody whom a portal names: on every replica the same."""
        return self._keys.digest(_FORMS, name)

    def _digest(self, kind: str, value: str) -> str:
        return self._keys.digest(kind, value).hex()


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
