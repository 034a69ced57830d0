"""Bringing every address to the destination groups in force, after these have changed, and to its
domain, where an older version took it in.

Some addresses a transaction, while everything else goes on. How far the walk is stays in the
ledger: cut short, it goes on from there; with other groups again, it begins anew.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from scheduler.domain.answers.bursts import domain_of
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.store.database import Database
from scheduler.store.notes import note, note_of
from scheduler.store.schema.tables import address
from scheduler.store.sealing import Keys

#: Addresses opened in one transaction: some milliseconds.
SOME = 500
#: The groups that addresses are brought to, and the last one that was looked at.
_NAME = "destinations"
_DONE = "done"


class Regrouping:
    def __init__(self, database: Database, keys: Keys, destinations: Destinations) -> None:
        self.database = database
        self._keys = keys
        self._destinations = destinations

    async def finish(self) -> int:
        """What is left of the walk, if anything; how many addresses changed their group.

        Two processes may do it at once. Raises KeysError.
        """
        changed = 0
        while (found := await self.database.write(self.portion)) is not None:
            changed += found
        return changed

    def portion(self, connection: Connection) -> int | None:
        """One portion; None when there was nothing left."""
        after = _reached(connection, self._fingerprint)
        if after is None:
            return None
        rows = _after(connection, after)
        moved = [
            {"of": row.id, "group": group, "mail_domain": domain}
            for row in rows
            for group, domain in [self._place(row)]
            if (group, domain) != (row.destination, row.domain)
        ]
        if moved:
            connection.execute(_MOVE, moved)
        reached = str(rows[-1].id) if len(rows) == SOME else _DONE
        note(connection, _NAME, f"{self._fingerprint} {reached}")
        return len(moved)

    @property
    def _fingerprint(self) -> str:
        """Another one than that of the versions which knew no domains: all is walked again."""
        return f"domains-{self._destinations.fingerprint}"

    def _place(self, row: Any) -> tuple[str, str]:
        to = self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
        return self._destinations.of(to), self._keys.domain(domain_of(to))


_MOVE = (
    update(address)
    # Not of somebody who is erased meanwhile.
    .where(address.c.id == bindparam("of"), address.c.sealed.is_not(None))
    .values(destination=bindparam("group"), domain=bindparam("mail_domain"))
)


def _reached(connection: Connection, fingerprint: str) -> int | None:
    """The last address that these groups were asked for; None: all of them."""
    known, _, after = (note_of(connection, _NAME) or "").partition(" ")
    if known != fingerprint:
        return 0
    return None if after == _DONE else int(after)


def _after(connection: Connection, after: int) -> Sequence[Any]:
    statement = select(
        address.c.id,
        address.c.digest,
        address.c.sealed,
        address.c.destination,
        address.c.domain,
    ).where(
        address.c.kind == AddressKind.EMAIL, address.c.sealed.is_not(None), address.c.id > after
    )
    return connection.execute(statement.order_by(address.c.id).limit(SOME)).all()
