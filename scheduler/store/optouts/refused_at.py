"""What was refused at an address, or by the one person who has it: found by the keyed digest, which
outlives the address."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import Refusal
from scheduler.store.keys.sealing import Keys
from scheduler.store.optouts.holders import holders_of, persons_at
from scheduler.store.schema.tables import address, suppression


def of_address(
    connection: Connection, keys: Keys, kind: AddressKind, identity: str
) -> list[Refusal]:
    """By any key of the ring, oldest first; what was lifted since included. A wish that stands on
    several contacts of one person is one wish."""
    ids = addresses_of(connection, keys, kind, identity)
    people = persons_of(connection, keys, ids)
    statement = (
        select(suppression, address.c.digest, address.c.key_id, address.c.sealed)
        .join(address, address.c.id == suppression.c.address_id)
        .where(or_(suppression.c.address_id.in_(ids), suppression.c.contact_id.in_(people)))
        .order_by(suppression.c.at, suppression.c.id)
    )
    return list(dict.fromkeys(_refusal(row) for row in connection.execute(statement)))


def addresses_of(connection: Connection, keys: Keys, kind: AddressKind, identity: str) -> list[int]:
    digests = keys.digests(kind, identity)
    known = select(address.c.id).where(address.c.kind == kind, address.c.digest.in_(digests))
    return list(connection.execute(known).scalars())


def persons_of(connection: Connection, keys: Keys, addresses: Sequence[int]) -> list[int]:
    """The contacts of the one person who has these addresses; none where several people do."""
    holders = holders_of(connection, addresses)
    return [row for one in addresses for row in persons_at(keys, holders, one, None)]


def _refusal(row: Any) -> Refusal:
    return Refusal(
        digest=bytes(row.digest).hex(),
        key_id=row.key_id,
        channel=row.channel,
        scope=row.scope,
        reason=row.reason,
        route=row.route,
        at=row.at,
        lifted_at=row.lifted_at,
        forgotten=row.sealed is None,
    )
