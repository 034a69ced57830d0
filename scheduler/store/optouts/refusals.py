"""Who refuses, read again: for the list, for an import's report, before a trial."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from scheduler.domain.consent.optout import ALL_CHANNELS, Reason
from scheduler.domain.message import AddressKind
from scheduler.store.rules import reopened
from scheduler.store.schema.tables import address, contact, suppression
from scheduler.store.statements.many import address_is, among

#: Values in one question.
SOME = 5000


def listed(connection: Connection) -> Sequence[Any]:
    """Every opt-out that holds, oldest first, with its address's digest and sealed value, and the
    person's sealed fields where it is known whose it is."""
    theirs = ("audience", "source_key", "sealed")
    statement = (
        select(
            suppression,
            address.c.kind,
            address.c.digest,
            address.c.sealed,
            *(contact.c[name].label(f"contact_{name}") for name in theirs),
        )
        .join(address, address.c.id == suppression.c.address_id)
        .outerjoin(contact, contact.c.id == suppression.c.contact_id)
        .where(suppression.c.lifted_at.is_(None))
        .order_by(suppression.c.id)
    )
    return connection.execute(statement).all()


def has_none(connection: Connection) -> bool:
    """Nobody was ever barred from anything."""
    return connection.execute(select(suppression.c.id).limit(1)).first() is None


def count_addresses(connection: Connection, digests: Collection[bytes]) -> int:
    """How many of these addresses have an opt-out that holds."""
    total = 0
    for some in _some(list(digests)):
        statement = (
            select(func.count(address.c.id.distinct()))
            .join(suppression, suppression.c.address_id == address.c.id)
            .where(address_is(connection, some))
            .where(suppression.c.lifted_at.is_(None))
        )
        total += connection.execute(statement).scalar_one()
    return total


def people_who_refuse(
    connection: Connection, source: str, source_keys: Collection[bytes]
) -> set[bytes]:
    """Those of these people of a source who have an opt-out of their own that holds, whatever
    their address; somebody forgotten, of whom that was kept, among them."""
    found: set[bytes] = set()
    held = suppression.c.lifted_at.is_(None)
    for some in _some(list(source_keys)):
        theirs = (
            select(contact.c.source_key)
            .join(suppression, suppression.c.contact_id == contact.c.id)
            .where(contact.c.audience == source, held)
            .where(among(connection, contact.c.source_key, some))
        )
        kept = select(suppression.c.source_key).where(
            suppression.c.source == source, held, among(connection, suppression.c.source_key, some)
        )
        for statement in (theirs, kept):
            found |= {bytes(one) for one in connection.execute(statement).scalars()}
    return found


def has_refused(
    connection: Connection, kind: AddressKind, digests: Sequence[bytes], channel: str
) -> bool:
    """Whether somebody asked for no more at this address on a channel, or whoever has it did at
    another; who came back to it since has not."""
    ids = select(address.c.id).where(address.c.kind == kind, address.c.digest.in_(digests))
    column = contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id
    held = and_(
        suppression.c.lifted_at.is_(None),
        suppression.c.channel.in_([channel, ALL_CHANNELS]),
        suppression.c.reason != Reason.BOUNCED,
    )
    here = suppression.c.address_id.in_(ids)
    theirs = or_(suppression.c.address_id == column, suppression.c.contact_id == contact.c.id)
    by_holder = (
        select(contact.c.id)
        .join(suppression, theirs)
        .where(column.in_(ids), held, ~reopened(suppression, contact.c.id, column, channel))
    )
    somebody = exists().where(column.in_(ids))
    by_address = select(suppression.c.id).where(here, held, ~somebody)
    return any(
        connection.execute(one.limit(1)).first() is not None for one in (by_holder, by_address)
    )


def _some(values: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (values[start : start + SOME] for start in range(0, len(values), SOME))
