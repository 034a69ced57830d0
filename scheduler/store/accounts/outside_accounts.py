"""Whom an OpenID provider names: accounts and sessions, each method one transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.domain.accounts import (
    ROLES_ASKED_AGAIN,
    ROLES_ASKED_EVERY,
    SIGN_IN_LASTS,
    plain_name,
)
from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import AccountRefused
from scheduler.domain.message import AddressKind
from scheduler.domain.roles import Role
from scheduler.store.accounts.account_rows import note, role_words
from scheduler.store.accounts.own_addresses import put_own_address
from scheduler.store.accounts.sessions import begin_session
from scheduler.store.database import Database
from scheduler.store.schema.desk_tables import account, session, spent_sign_in
from scheduler.store.transactions import writes

if TYPE_CHECKING:
    from scheduler.store.keys.sealing import Keys

#: Who gives these roles, for the audit log.
BY = "oidc"
_RENEWAL, _SPENT = "desk-renewal", "spent-sign-in"


class OutsideLedger:
    def __init__(self, database: Database, keys: "Keys") -> None:
        self.database = database
        self._keys = keys

    def derived(self, kind: str, value: str) -> str:
        """A value that whoever has ``value`` alone can't make; on every replica the same."""
        return self._keys.digest(f"sign-in {kind}", value).hex()

    async def spend(self, value: str, now: datetime) -> bool:
        """False: this sign-in was answered before."""
        try:
            await self._spend(self._keys.digest(_SPENT, value).hex(), now)
        except IntegrityError:
            return False
        return True

    @writes
    def _spend(self, connection: Connection, digest: str, now: datetime) -> None:
        old = spent_sign_in.c.at <= now - 2 * SIGN_IN_LASTS
        connection.execute(delete(spent_sign_in).where(old))
        connection.execute(insert(spent_sign_in).values(digest=digest, at=now))

    @writes
    def enter(
        self,
        connection: Connection,
        subject: str,
        name: str,
        roles: frozenset[Role],
        renewal: str,
        before: str,
        now: datetime,
        email: str = "",
    ) -> str:
        """A new session's value, ``before`` being the one that the browser had, which ends.
        ``email``: their own, as the provider says it; empty: it says none.

        Whoever comes first gets an account of that name, and keeps the name: two names would be
        two people. Raises AccountRefused where it is somebody else's.
        """
        row = connection.execute(select(account).where(account.c.subject == subject)).first()
        if row is None:
            account_id = _make(connection, subject, name, roles, now)
        else:
            account_id = row.id
            name = row.name
            _give(connection, account_id, roles, now)
        if email:
            put_own_address(connection, self._keys, name, AddressKind.EMAIL, email, BY, now)
        value, session_id = begin_session(connection, self._keys, account_id, before, now)
        self._keep(connection, session_id, renewal, now)
        return value

    @writes
    def claim(
        self, connection: Connection, session_id: int, asked_at: datetime, now: datetime
    ) -> str | None:
        """What asks the provider again for this session, for one request alone; None: another
        request asks. Empty: there is nothing to ask with.

        Until ``renew`` says what came of it, it is asked again after a minute: whoever asks may be
        killed meanwhile."""
        claimed = (
            update(session)
            .where(session.c.id == session_id, session.c.asked_at == asked_at)
            .values(asked_at=now - ROLES_ASKED_EVERY + ROLES_ASKED_AGAIN)
            .returning(session.c.renewal)
        )
        row = connection.execute(claimed).first()
        if row is None:
            return None
        bound = str(session_id).encode()
        return self._keys.open(_RENEWAL, row.renewal, bound).decode() if row.renewal else ""

    @writes
    def renew(
        self,
        connection: Connection,
        session_id: int,
        roles: frozenset[Role],
        renewal: str,
        asked_at: datetime,
        now: datetime,
    ) -> None:
        """What was answered; or, without roles and with an earlier ``asked_at``, that nothing was:
        it is asked again soon."""
        found = connection.execute(select(session.c.account_id).where(session.c.id == session_id))
        account_id = found.scalar()
        if account_id is not None:
            self._keep(connection, session_id, renewal, asked_at)
            _give(connection, account_id, roles, now)

    def _keep(
        self, connection: Connection, session_id: int, renewal: str, asked_at: datetime
    ) -> None:
        sealed = None
        if renewal:
            sealed = self._keys.seal(_RENEWAL, renewal.encode(), str(session_id).encode())
        values = {"renewal": sealed, "asked_at": asked_at}
        connection.execute(update(session).where(session.c.id == session_id).values(values))


def _make(
    connection: Connection, subject: str, name: str, roles: frozenset[Role], now: datetime
) -> int:
    folded = plain_name(name)
    taken = select(account.c.id).where(account.c.folded == folded)
    if connection.execute(taken).first() is not None:
        raise AccountRefused(f"there is an account {name!r} already")
    values = {
        "name": name,
        "folded": folded,
        "roles": role_words(roles),
        "subject": subject,
        "made_at": now,
    }
    made = connection.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
    note(connection, AuditAct.ADD_ACCOUNT, name, BY, now, roles=role_words(roles))
    return int(made)


def _give(connection: Connection, account_id: int, roles: frozenset[Role], now: datetime) -> None:
    changed = (
        update(account)
        .where(account.c.id == account_id, account.c.roles != role_words(roles))
        .values(roles=role_words(roles))
        .returning(account.c.name)
    )
    if row := connection.execute(changed).first():
        note(connection, AuditAct.GIVE_ROLES, row.name, BY, now, roles=role_words(roles))
