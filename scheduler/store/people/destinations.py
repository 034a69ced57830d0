"""Bringing every address to the destination groups in force, after these have changed, and to its
domain, where an older version took it in.

Some addresses at a time, while everything else goes on: they are read and opened outside any
writing transaction, and only what moves is written. How far the walk is stays in the ledger: cut
short, it goes on from there; with other groups again, it begins anew. Of a ledger whose first
addresses come by an import there is nothing to walk.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from scheduler.domain.answers.bursts import domain_of
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys
from scheduler.store.notes import note, note_first, note_of
from scheduler.store.schema.tables import address

#: Addresses opened at a time: some milliseconds.
SOME = 500
#: Portions in which nothing moves until it is noted how far the walk is.
_NOTED = 20
#: The groups that addresses are brought to, and the last one that was looked at.
_NAME = "destinations"
_DONE = "done"


@frozen
class _Found:
    """What one portion showed."""

    #: Where the walk was before it, and is after it; None: at its end.
    after: int
    reached: int | None
    moved: Sequence[dict[str, Any]]


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
        while (found := await self.portion()) is not None:
            changed += found
        return changed

    async def portion(self) -> int | None:
        """One portion; None when there was nothing left."""
        found = await self.database.read(self._next)
        if found is None:
            return None
        return await self.database.write(self._keep, found)

    def _next(self, connection: Connection) -> _Found | None:
        """The next addresses that are not where they belong; None at the end of the walk."""
        began = _reached(connection, self._fingerprint)
        if began is None:
            return None
        reached: int | None = began
        for _portion in range(_NOTED):
            rows = _after(connection, reached or 0)
            reached = rows[-1].id if len(rows) == SOME else None
            moved = [one for row in rows for one in self._moved(row)]
            if moved or reached is None:
                return _Found(after=began, reached=reached, moved=moved)
        return _Found(after=began, reached=reached, moved=())

    def _moved(self, row: Any) -> list[dict[str, Any]]:
        if row.kind != AddressKind.EMAIL or row.sealed is None:
            return []
        to = self._keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
        group, domain = self._destinations.of(to), self._keys.domain(domain_of(to))
        if (group, domain) == (row.destination, row.domain):
            return []
        return [{"of": row.id, "group": group, "mail_domain": domain}]

    def _keep(self, connection: Connection, found: _Found) -> int:
        if found.moved:
            connection.execute(_MOVE, list(found.moved))
        # Whoever walks beside this one may be further on.
        if _reached(connection, self._fingerprint) == found.after:
            reached = _DONE if found.reached is None else str(found.reached)
            note(connection, _NAME, f"{self._fingerprint} {reached}")
        return len(found.moved)

    @property
    def _fingerprint(self) -> str:
        return _fingerprint(self._destinations)


def nothing_to_walk(connection: Connection, destinations: Destinations) -> None:
    """Before the first address of a ledger is taken in, each with its group and domain."""
    if connection.execute(select(address.c.id).limit(1)).first() is None:
        note_first(connection, {_NAME: f"{_fingerprint(destinations)} {_DONE}"})


def _fingerprint(destinations: Destinations) -> str:
    """Another one than that of the versions which knew no domains: all is walked again."""
    return f"domains-{destinations.fingerprint}"


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
    """Of any kind, and the erased too: asked for one kind, a database without statistics walks the
    index of kinds to its end and sorts it, for each portion."""
    statement = select(
        address.c.id,
        address.c.kind,
        address.c.digest,
        address.c.sealed,
        address.c.destination,
        address.c.domain,
    ).where(address.c.id > after)
    return connection.execute(statement.order_by(address.c.id).limit(SOME)).all()
