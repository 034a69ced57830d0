"""Opt-outs: one row an act, on an address rather than a person, so that they outlive both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from scheduler.domain.message import AddressKind
from scheduler.domain.optout import OptOut
from scheduler.store.planning import insert_or_ignore
from scheduler.store.sealing import Keys
from scheduler.store.tables import address, contact, suppression


def suppress(connection: Connection, address_id: int, act: OptOut) -> bool:
    """Record an opt-out; False when the same one holds already (it may be repeated at will)."""
    held = _held(address_id, act)
    if (connection.execute(held)).first() is not None:
        return False
    connection.execute(
        insert(suppression).values(
            address_id=address_id,
            channel=act.channel,
            scope=act.scope,
            reason=act.reason,
            route=act.route,
            at=act.at,
        )
    )
    return True


def _held(address_id: int, act: OptOut) -> Any:
    return select(suppression.c.id).where(
        suppression.c.address_id == address_id,
        suppression.c.channel == act.channel,
        suppression.c.scope == act.scope,
        suppression.c.reason == act.reason,
        suppression.c.lifted_at.is_(None),
    )


def lift(connection: Connection, address_id: int, channel: str, now: datetime) -> int:
    """The person's own way back on a channel: every opt-out of theirs there; how many.

    What a bounce suppressed is not theirs to lift.
    """
    lifted = connection.execute(
        suppression.update()
        .where(suppression.c.address_id == address_id, suppression.c.lifted_at.is_(None))
        .where(suppression.c.channel.in_([channel, "all"]))
        .where(suppression.c.reason.in_(["opted-out", "complained"]))
        .values(lifted_at=now)
    )
    return lifted.rowcount


def suppress_identity(
    connection: Connection, keys: Keys, kind: AddressKind, identity: str, act: OptOut
) -> bool:
    """The same by address or number, which need not belong to anybody known."""
    return suppress(connection, _address_row(connection, keys, kind, identity), act)


def lift_identity(
    connection: Connection,
    keys: Keys,
    kind: AddressKind,
    identity: str,
    channel: str,
    now: datetime,
) -> int:
    """The same by address or number."""
    return lift(connection, _address_row(connection, keys, kind, identity), channel, now)


def _address_row(connection: Connection, keys: Keys, kind: AddressKind, identity: str) -> int:
    """The id of an address; a tombstone is made for one that was never imported."""
    digest = keys.digest(kind, identity)
    found = select(address.c.id).where(address.c.kind == kind, address.c.digest == digest)
    known = (connection.execute(found)).scalar()
    if known is not None:
        return int(known)
    values = {"kind": kind.value, "digest": digest, "key_id": keys.oldest.id}
    statement = insert_or_ignore(connection, address).values(values).on_conflict_do_nothing()
    connection.execute(statement)
    return int((connection.execute(found)).scalar_one())


def contact_of_token(connection: Connection, token: str) -> Any | None:
    """The contact behind a short link: id, phone_id, language; None for an unknown one."""
    statement = select(contact.c.id, contact.c.phone_id, contact.c.language)
    return (connection.execute(statement.where(contact.c.token == token))).first()


def language_of(connection: Connection, contact_id: int) -> str:
    """The language of a contact; French for one that is gone."""
    statement = select(contact.c.language).where(contact.c.id == contact_id)
    return (connection.execute(statement)).scalar() or "fr"


def is_suppressed(connection: Connection, address_id: int, channel: str) -> bool:
    """Whether any opt-out of this address holds on a channel."""
    statement = select(suppression.c.id).where(
        suppression.c.address_id == address_id,
        suppression.c.channel.in_([channel, "all"]),
        suppression.c.lifted_at.is_(None),
    )
    return (connection.execute(statement.limit(1))).first() is not None


def listed(connection: Connection) -> Sequence[Any]:
    """Every opt-out that holds, oldest first, with its address's digest and sealed value."""
    statement = (
        select(suppression, address.c.kind, address.c.digest, address.c.sealed)
        .join(address, address.c.id == suppression.c.address_id)
        .where(suppression.c.lifted_at.is_(None))
        .order_by(suppression.c.id)
    )
    return (connection.execute(statement)).all()


def count_suppressed(connection: Connection, digests: Sequence[bytes]) -> int:
    """How many of these addresses have an opt-out that holds."""
    total = 0
    for start in range(0, len(digests), 500):
        statement = (
            select(func.count(address.c.id.distinct()))
            .join(suppression, suppression.c.address_id == address.c.id)
            .where(address.c.digest.in_(digests[start : start + 500]))
            .where(suppression.c.lifted_at.is_(None))
        )
        total += (connection.execute(statement)).scalar_one()
    return total
