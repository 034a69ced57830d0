"""The addresses and numbers of a group of people, in the ledger: each once, by its digest.

Those that the ledger has are read first. Of a file that is taken in again nothing is sealed or
written then but what has moved; of a first one every row is put without asking for its number.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, case, func, insert, select

from scheduler.domain.answers.bursts import domain_of
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import is_fictional
from scheduler.domain.people.contacts import Row
from scheduler.domain.values import frozen
from scheduler.store.keys.known import known_addresses
from scheduler.store.keys.sealing import Keys
from scheduler.store.people.destinations import nothing_to_walk
from scheduler.store.people.erasure import closed_by_erasure
from scheduler.store.schema.tables import address
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.many import Putting, address_is, among, next_id, putting
from scheduler.store.statements.upserts import insert_on

#: Values in one question.
SOME = 5000
#: An address's kind and identity.
Named = tuple[str, str]
_COLUMNS = ("kind", "digest", "key_id", "sealed", "fictional", "destination", "domain")


@frozen
class Placed:
    """Where the ledger has the addresses of some rows."""

    ids: Mapping[Named, int]
    #: Those of them that may be the tombstones of erased people.
    emptied: Collection[int]

    def closed(self, connection: Connection) -> set[int]:
        """Those whose holder was erased, and which nobody else has."""
        closed: set[int] = set()
        emptied = list(self.emptied)
        for start in range(0, len(emptied), SOME):
            mine = among(connection, address.c.id, emptied[start : start + SOME])
            some = select(address.c.id).where(mine, closed_by_erasure())
            closed |= set(connection.execute(some).scalars())
        return closed


def take_in_addresses(
    connection: Connection, keys: Keys, destinations: Destinations, rows: Sequence[Row]
) -> Placed:
    """Every address and number of these rows; an erased person's stay empty."""
    to = {("email", one.email.identity): one.email.send_to for one in rows if one.email}
    to |= {("phone", one.phone): one.phone for one in rows if one.phone}
    if not to:
        return Placed(ids={}, emptied=())
    nothing_to_walk(connection, destinations)
    digests = known_addresses(connection, keys, to)
    _hold(connection, list(digests.values()))
    there = _there(connection, list(digests.values()))
    where_of = lru_cache(maxsize=1024)(lambda domain: _where(keys, destinations, domain))
    ids: dict[Named, int] = {}
    new: list[Named] = []
    moved: list[Named] = []
    for one, digest in digests.items():
        found = there.get(digest)
        if found is None:
            new.append(one)
            continue
        ids[one] = found.id
        if found.emptied or (found.destination, found.domain) != _of(one, where_of):
            moved.append(one)
    values = _Values(keys=keys, to=to, digests=digests, where_of=where_of)
    _renew(connection, values, moved)
    emptied = {ids[one] for one in moved if there[digests[one]].emptied}
    ids |= _add(connection, values, new)
    if connection.dialect.name == "postgresql":
        # Another import may have brought one of them meanwhile, and it may be a tombstone by now.
        emptied |= {ids[one] for one in new}
    return Placed(ids=ids, emptied=emptied)


def _hold(connection: Connection, digests: Sequence[bytes]) -> None:
    """Wait for whoever empties one of these, in a statement of its own: the next ones see why it
    was emptied. On SQLite every writing transaction waits for the others."""
    if connection.dialect.name != "postgresql":
        return
    for start in range(0, len(digests), SOME):
        some = address_is(connection, digests[start : start + SOME])
        held = select(address.c.id).where(some).order_by(address.c.id).with_for_update()
        connection.execute(held)


def _there(connection: Connection, digests: Sequence[bytes]) -> dict[bytes, Any]:
    """Those that the ledger has."""
    found: dict[bytes, Any] = {}
    for start in range(0, len(digests), SOME):
        statement = select(
            address.c.digest,
            address.c.id,
            address.c.sealed.is_(None).label("emptied"),
            address.c.destination,
            address.c.domain,
        ).where(address_is(connection, digests[start : start + SOME]))
        found |= {bytes(row.digest): row for row in connection.execute(statement).all()}
    return found


@frozen
class _Values:
    """What the rows of some addresses hold."""

    keys: Keys
    to: Mapping[Named, str]
    digests: Mapping[Named, bytes]
    where_of: Any

    def __call__(self, names: Iterable[Named]) -> list[tuple[Any, ...]]:
        keys, key_id = self.keys, self.keys.current.id
        return [
            (
                one[0],
                (digest := self.digests[one]),
                key_id,
                keys.seal("address", (send_to := self.to[one]).encode(), digest),
                int(one[0] == AddressKind.PHONE and is_fictional(send_to)),
                *_of(one, self.where_of),
            )
            for one in names
        ]


def _of(one: Named, where_of: Any) -> tuple[str, str]:
    """Its group of servers and the digest of its domain."""
    if one[0] != AddressKind.EMAIL:
        return "", ""
    found: tuple[str, str] = where_of(one[1].rpartition("@")[2])
    return found


def _where(keys: Keys, destinations: Destinations, domain: str) -> tuple[str, str]:
    return destinations.of(f"@{domain}"), keys.domain(domain_of(f"@{domain}"))


def _renew(connection: Connection, values: _Values, moved: Sequence[Named]) -> None:
    """Those that came to be of another group, or that somebody has again."""
    _upsert(connection.dialect)(connection, values(moved))


def _add(connection: Connection, values: _Values, new: Sequence[Named]) -> dict[Named, int]:
    first = next_id(connection, address)
    if first is not None:
        numbered = [(number, *row) for number, row in enumerate(values(new), first)]
        _insert(connection.dialect)(connection, numbered)
        return {one: number for number, one in enumerate(new, first)}
    _upsert(connection.dialect)(connection, values(new))
    ids = _there(connection, [values.digests[one] for one in new])
    return {one: ids[values.digests[one]].id for one in new}


@once_a_kind(8)
def _insert(dialect: Dialect) -> Putting:
    """Of those that can't be there, with their numbers."""
    return putting(dialect, insert(address), ("id", *_COLUMNS))


@once_a_kind(8)
def _upsert(dialect: Dialect) -> Putting:
    """Made once: compiling it takes as long as putting some hundred rows."""
    statement = insert_on(address, sqlite=dialect.name == "sqlite")
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "digest"],
        set_={
            "sealed": _unless_erased(func.coalesce(address.c.sealed, statement.excluded.sealed)),
            "destination": _unless_erased(statement.excluded.destination, ""),
            "domain": _unless_erased(statement.excluded.domain, ""),
        },
    )
    return putting(dialect, statement, _COLUMNS)


def _unless_erased(value: Any, nothing: str | None = None) -> Any:
    return case((closed_by_erasure(), nothing), else_=value)
