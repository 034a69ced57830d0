"""Addresses that a refusal closed, opened again: by their domain, or by a person.

Only what a far end said is taken back here; what a holder said is theirs.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from scheduler.domain.consent.optout import OptOut, Reason
from scheduler.domain.message import AddressKind
from scheduler.store.optouts.rows import Objection
from scheduler.store.schema.tables import address, suppression

#: Values in one IN.
SOME = 500


def lift_bounced(
    connection: Connection,
    addresses: Collection[int],
    now: datetime,
    *,
    since: datetime | None = None,
) -> list[Objection]:
    """End what refusals (since then) said of these addresses; what it was."""
    wanted = sorted(addresses)
    lifted: list[Objection] = []
    for start in range(0, len(wanted), SOME):
        ended = (
            suppression.update()
            .where(suppression.c.address_id.in_(wanted[start : start + SOME]))
            .where(suppression.c.reason == Reason.BOUNCED, suppression.c.lifted_at.is_(None))
        )
        if since is not None:
            ended = ended.where(suppression.c.at >= since)
        for row in connection.execute(ended.values(lifted_at=now).returning(suppression)):
            act = OptOut(
                channel=row.channel, scope=row.scope, reason=row.reason, route=row.route, at=row.at
            )
            lifted.append(Objection(address=row.address_id, contact=row.contact_id, act=act))
    return lifted


def closed_of_domain(connection: Connection, domain: str, since: datetime) -> list[int]:
    """The addresses of a domain (its digest) that refusals closed since then."""
    statement = (
        select(address.c.id)
        .join(suppression, suppression.c.address_id == address.c.id)
        .where(address.c.kind == AddressKind.EMAIL, address.c.domain == domain)
        .where(suppression.c.reason == Reason.BOUNCED, suppression.c.lifted_at.is_(None))
        .where(suppression.c.at >= since)
    )
    return list(connection.execute(statement.distinct()).scalars())


def closed_at(connection: Connection, address_id: int) -> datetime | None:
    """Since when a refusal has closed an address; None where none does."""
    found: datetime | None = connection.execute(
        select(func.min(suppression.c.at)).where(
            suppression.c.address_id == address_id,
            suppression.c.reason == Reason.BOUNCED,
            suppression.c.lifted_at.is_(None),
        )
    ).scalar()
    return found


def opened_at(connection: Connection, address_id: int) -> datetime | None:
    """When it was last opened again; None where it never was."""
    found: datetime | None = connection.execute(
        select(func.max(suppression.c.lifted_at)).where(
            suppression.c.address_id == address_id, suppression.c.reason == Reason.BOUNCED
        )
    ).scalar()
    return found
