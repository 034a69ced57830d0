"""Where people of the desk get trials: an address and a number of their own, sealed, by their name.

They never type it themselves: whoever could would send to anybody. Each method is one transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from scheduler.domain.accounts import plain_name
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import KeysError
from scheduler.domain.message import AddressKind
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.desk_tables import own_address
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reads, writes

if TYPE_CHECKING:
    from scheduler.store.keys.sealing import Keys

_PURPOSE = "own-address"
_c = own_address.c


class OwnAddressLedger:
    def __init__(self, database: Database, keys: "Keys") -> None:
        self.database = database
        self._keys = keys

    @reads
    def of(self, connection: Connection, name: str) -> Mapping[AddressKind, str]:
        """Of somebody who signs in by this name; what was sealed with keys that are gone is typed
        anew."""
        return own_addresses(connection, self._keys, name)

    @reads
    def noted(self, connection: Connection) -> frozenset[str]:
        """Whose there are (``plain_name``), and not which."""
        return frozenset(connection.execute(select(_c.folded)).scalars())

    @writes
    def put(
        self,
        connection: Connection,
        name: str,
        kind: AddressKind,
        identity: str,
        by: str,
        now: datetime,
    ) -> None:
        """In place of the one before; empty: there is none any more. Said twice, it is noted
        once."""
        put_own_address(connection, self._keys, name, kind, identity, by, now)


def own_addresses(connection: Connection, keys: "Keys", name: str) -> dict[AddressKind, str]:
    folded = plain_name(name)
    found = {}
    if folded:
        for row in connection.execute(select(own_address).where(_c.folded == folded)):
            try:
                opened = keys.open(_PURPOSE, row.sealed, _bound(folded, row.kind))
            except KeysError:
                continue
            found[AddressKind(row.kind)] = opened.decode()
    return found


def put_own_address(
    connection: Connection,
    keys: "Keys",
    name: str,
    kind: AddressKind,
    identity: str,
    by: str,
    now: datetime,
) -> None:
    """In the caller's transaction."""
    folded = plain_name(name)
    if own_addresses(connection, keys, name).get(kind, "") == identity:
        return
    mine = (_c.folded == folded, _c.kind == kind.value)
    if identity:
        sealed = keys.seal(_PURPOSE, identity.encode(), _bound(folded, kind.value))
        told = {"sealed": sealed, "at": now}
        values = {"folded": folded, "kind": kind.value, **told}
        adding = insert_or_ignore(connection, own_address).values(values)
        connection.execute(
            adding.on_conflict_do_update(index_elements=("folded", "kind"), set_=told)
        )
    else:
        connection.execute(delete(own_address).where(*mine))
    detail = {"kind": kind.value, "there": "yes" if identity else "no"}
    entry = Act(actor=by, act=AuditAct.SET_OWN_ADDRESS, subject=f"account {name}", detail=detail)
    audit.append(connection, [entry], now)


def forget_own_addresses(connection: Connection, name: str) -> None:
    """With their account, in the caller's transaction."""
    connection.execute(delete(own_address).where(_c.folded == plain_name(name)))


def _bound(folded: str, kind: str) -> bytes:
    return f"{folded} {kind}".encode()
