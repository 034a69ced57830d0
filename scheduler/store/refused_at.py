"""What was refused at an address: found by its keyed digest, which outlives the address."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from scheduler.domain.message import AddressKind
from scheduler.domain.person import Refusal
from scheduler.store.tables import address, suppression


def of_address(
    connection: Connection, kind: AddressKind, digests: Sequence[bytes]
) -> list[Refusal]:
    """By any key of the ring, oldest first."""
    statement = (
        select(suppression, address.c.digest, address.c.key_id, address.c.sealed)
        .join(address, address.c.id == suppression.c.address_id)
        .where(address.c.kind == kind, address.c.digest.in_(digests))
        .order_by(suppression.c.at, suppression.c.id)
    )
    return [
        Refusal(
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
        for row in connection.execute(statement)
    ]
