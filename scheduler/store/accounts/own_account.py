"""What somebody's account has besides a password: a second code, and the address of an agenda. Each
method is one transaction."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, select, update

from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import KeysError
from scheduler.domain.roles import Role
from scheduler.domain.second_code import make_secret, step_of_code
from scheduler.domain.values import frozen
from scheduler.store.accounts.account_rows import note
from scheduler.store.database import Database
from scheduler.store.schema.desk_tables import account, session
from scheduler.store.transactions import reads, writes

if TYPE_CHECKING:
    from scheduler.store.keys.sealing import Keys

_CODE, _AGENDA = "account-code", "account-agenda"


@frozen
class OwnAccount:
    """As its holder sees it."""

    id: int
    name: str
    #: It signs in by a password of its own, which a code may stand beside.
    is_local: bool
    #: A second code is asked for.
    has_code: bool
    #: The secret of a code that was begun, and not yet proven to work.
    begun: bytes | None
    has_agenda: bool


class OwnAccountLedger:
    def __init__(self, database: Database, keys: "Keys") -> None:
        self.database = database
        self._keys = keys

    @reads
    def of(self, connection: Connection, account_id: int) -> OwnAccount | None:
        row = _row(connection, account_id)
        if row is None:
            return None
        has_code = row.code_since is not None
        return OwnAccount(
            id=row.id,
            name=row.name,
            is_local=not row.subject,
            has_code=has_code,
            begun=None if has_code else self._secret(row),
            has_agenda=bool(row.agenda),
        )

    # The code

    @writes
    def begin_code(self, connection: Connection, account_id: int) -> None:
        """A fresh secret, which is asked for once it is proven. One that is proven stays."""
        sealed = self._keys.seal(_CODE, make_secret(), _bound(account_id))
        connection.execute(
            update(account)
            .where(account.c.id == account_id, account.c.subject == "")
            .where(account.c.code_since.is_(None))
            .values(code_key=sealed, code_step=0)
        )

    @writes
    def prove_code(
        self, connection: Connection, account_id: int, typed: str, now: datetime, here: int = 0
    ) -> bool:
        """By a code that it makes: from now on it is asked for. The account's sessions end, but
        for the one that it is proven in (``here``): they began by the password alone."""
        row = _row(connection, account_id)
        if row is None or row.code_since is not None:
            return False
        step = self._step(row, typed, now)
        if step is None:
            return False
        changed = update(account).where(account.c.id == row.id, account.c.code_since.is_(None))
        connection.execute(changed.values(code_since=now, code_step=step))
        others = (session.c.account_id == row.id, session.c.id != here)
        connection.execute(delete(session).where(*others))
        note(connection, AuditAct.ADD_CODE, row.name, row.name, now)
        return True

    @writes
    def remove_code(
        self, connection: Connection, account_id: int, typed: str, now: datetime
    ) -> bool:
        """By its holder, who has the device still."""
        row = _row(connection, account_id)
        if row is None or row.code_since is None or not self._use(connection, row, typed, now):
            return False
        forget_code(connection, row.id)
        note(connection, AuditAct.REMOVE_CODE, row.name, row.name, now)
        return True

    @writes
    def passes(self, connection: Connection, account_id: int, typed: str, now: datetime) -> bool:
        """Whether somebody with the right password is let in: their account asks for no code, or
        this is one that was never used."""
        row = _row(connection, account_id)
        if row is None:
            return False
        return row.code_since is None or self._use(connection, row, typed, now)

    @reads
    def asks_for_code(self, connection: Connection, account_id: int) -> bool:
        row = _row(connection, account_id)
        return row is not None and row.code_since is not None

    def _use(self, connection: Connection, row: Row[Any], typed: str, now: datetime) -> bool:
        """Two at once with one code: one of them is let in."""
        step = self._step(row, typed, now)
        if step is None:
            return False
        used = (
            update(account)
            .where(account.c.id == row.id, account.c.code_step < step)
            .values(code_step=step)
            .returning(account.c.id)
        )
        return connection.execute(used).first() is not None

    def _step(self, row: Row[Any], typed: str, now: datetime) -> int | None:
        secret = self._secret(row)
        return step_of_code(secret, typed, now, row.code_step) if secret else None

    def _secret(self, row: Row[Any]) -> bytes | None:
        """None, too, where the keys it was sealed with are gone: a new link mends it."""
        if row.code_key is None:
            return None
        try:
            return self._keys.open(_CODE, row.code_key, _bound(row.id))
        except KeysError:
            return None

    # The agenda

    @writes
    def make_agenda(self, connection: Connection, account_id: int, now: datetime) -> str | None:
        """Another address, the one before being good for nothing; None: the account is gone."""
        value = secrets.token_urlsafe(32)
        changed = (
            update(account)
            .where(account.c.id == account_id)
            .values(agenda=self._digest(value))
            .returning(account.c.name)
        )
        row = connection.execute(changed).first()
        if row is None:
            return None
        note(connection, AuditAct.MAKE_AGENDA, row.name, row.name, now)
        return value

    @writes
    def end_agenda(self, connection: Connection, account_id: int, by: str, now: datetime) -> None:
        """Ended already, it is left so."""
        changed = (
            update(account)
            .where(account.c.id == account_id, account.c.agenda != "")
            .values(agenda="")
            .returning(account.c.name)
        )
        row = connection.execute(changed).first()
        if row is not None:
            note(connection, AuditAct.END_AGENDA, row.name, by, now)

    @reads
    def opens_agenda(self, connection: Connection, value: str) -> bool:
        """Whether this is somebody's address, who has a role still."""
        asked = select(account.c.roles).where(account.c.agenda == self._digest(value))
        roles = connection.execute(asked).scalar()
        return roles is not None and bool(set(roles.split()) & set(Role))

    def _digest(self, value: str) -> str:
        return self._keys.digest(_AGENDA, value).hex()


def forget_code(connection: Connection, account_id: int) -> None:
    """Its holder lost the device, or wants none."""
    changed = update(account).where(account.c.id == account_id)
    connection.execute(changed.values(code_key=None, code_since=None, code_step=0))


def _bound(account_id: int) -> bytes:
    return str(account_id).encode()


def _row(connection: Connection, account_id: int) -> Row[Any] | None:
    return connection.execute(select(account).where(account.c.id == account_id)).first()
