"""Opt-outs: one row an act, on an address rather than a person, so that they outlive both."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from scheduler.domain.message import AddressKind
from scheduler.domain.optout import ALL_CHANNELS, OptOut
from scheduler.domain.optout_record import OptOutRecord
from scheduler.store.known import known_addresses
from scheduler.store.planning import insert_or_ignore
from scheduler.store.sealing import Keys
from scheduler.store.tables import address, contact, import_, suppression

#: What a person can take back by themselves; what a bounce suppressed is not theirs to lift.
THEIR_OWN = ("opted-out", "complained")
#: Values in one IN.
SOME = 500

#: An act on an address, by the address's id.
Acts = Sequence[tuple[int, OptOut]]


def suppress(connection: Connection, address_id: int, act: OptOut) -> bool:
    """Record an opt-out; False when the same one holds already (it may be repeated at will)."""
    return suppress_all(connection, [(address_id, act)]) == [True]


def suppress_all(connection: Connection, acts: Acts) -> list[bool]:
    """The same of many, in three statements: which are new."""
    known = _held(connection, {address_id for address_id, _ in acts})
    rows, new = [], []
    for address_id, act in acts:
        subject = (address_id, act.channel, act.scope, act.reason)
        new.append(subject not in known)
        if new[-1]:
            known.add(subject)
            rows.append(_values(address_id, act))
    if rows:
        connection.execute(insert(suppression), rows)
    return new


def _values(address_id: int, act: OptOut) -> dict[str, Any]:
    return {
        "address_id": address_id,
        "channel": act.channel,
        "scope": act.scope,
        "reason": act.reason,
        "route": act.route,
        "at": act.at,
    }


def _held(connection: Connection, addresses: Collection[int]) -> set[tuple[int, str, str, str]]:
    """What holds of these addresses."""
    columns = suppression.c
    held: set[tuple[int, str, str, str]] = set()
    for some in _some(list(addresses)):
        statement = select(columns.address_id, columns.channel, columns.scope, columns.reason)
        statement = statement.where(columns.address_id.in_(some), columns.lifted_at.is_(None))
        held |= {tuple(row) for row in connection.execute(statement)}
    return held


def lift(
    connection: Connection,
    address_id: int,
    channel: str,
    now: datetime,
    *,
    only_channel: bool = False,
) -> list[OptOut]:
    """The person's own way back on a channel: every opt-out of theirs there, now ended.

    What they asked for on all channels at once ends too, unless ``only_channel``.
    """
    channels = [channel] if only_channel else [channel, ALL_CHANNELS]
    lifted = connection.execute(
        suppression.update()
        .where(suppression.c.address_id == address_id, suppression.c.lifted_at.is_(None))
        .where(suppression.c.channel.in_(channels), suppression.c.reason.in_(THEIR_OWN))
        .values(lifted_at=now)
        .returning(suppression)
    )
    return [
        OptOut(channel=row.channel, scope=row.scope, reason=row.reason, route=row.route, at=row.at)
        for row in lifted
    ]


def records_of(connection: Connection, acts: Acts) -> list[OptOutRecord | None]:
    """Each act as the journal keeps it; None for an address that isn't in the ledger."""
    rows: dict[int, Any] = {}
    for some in _some(list({address_id for address_id, _ in acts})):
        statement = select(address.c.id, address.c.kind, address.c.digest, address.c.key_id)
        found = connection.execute(statement.where(address.c.id.in_(some)))
        rows.update({row.id: row for row in found})
    return [
        _record(rows[address_id], act) if address_id in rows else None for address_id, act in acts
    ]


def _record(row: Any, act: OptOut) -> OptOutRecord:
    return OptOutRecord(
        kind=AddressKind(row.kind),
        digest=bytes(row.digest).hex(),
        key_id=row.key_id,
        channel=act.channel,
        scope=act.scope,
        reason=act.reason,
        route=act.route,
        at=act.at,
    )


def address_row(connection: Connection, keys: Keys, kind: AddressKind, identity: str) -> int:
    """The id of an address; a tombstone is made for one that was never imported."""
    digest = known_addresses(connection, keys, [(kind, identity)])[kind, identity]
    found = select(address.c.id).where(address.c.kind == kind, address.c.digest == digest)
    known = (connection.execute(found)).scalar()
    if known is not None:
        return int(known)
    values = {"kind": kind.value, "digest": digest, "key_id": keys.current.id}
    statement = insert_or_ignore(connection, address).values(values).on_conflict_do_nothing()
    connection.execute(statement)
    return int((connection.execute(found)).scalar_one())


def contact_of_token(connection: Connection, token: str) -> Any | None:
    """The contact behind a short link: id, phone_id, language and where they came from (None: by
    themselves); None for an unknown one."""
    statement = select(
        contact.c.id, contact.c.phone_id, contact.c.language, import_.c.origin
    ).outerjoin(import_, import_.c.id == contact.c.import_id)
    return (connection.execute(statement.where(contact.c.token == token))).first()


def language_of(connection: Connection, contact_id: int) -> str:
    """The language of a contact; French for one that is gone."""
    statement = select(contact.c.language).where(contact.c.id == contact_id)
    return (connection.execute(statement)).scalar() or "fr"


def is_suppressed(connection: Connection, address_id: int, channel: str) -> bool:
    """Whether any opt-out of this address holds on a channel."""
    statement = select(suppression.c.id).where(
        suppression.c.address_id == address_id,
        suppression.c.channel.in_([channel, ALL_CHANNELS]),
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
    for some in _some(digests):
        statement = (
            select(func.count(address.c.id.distinct()))
            .join(suppression, suppression.c.address_id == address.c.id)
            .where(address.c.digest.in_(some))
            .where(suppression.c.lifted_at.is_(None))
        )
        total += (connection.execute(statement)).scalar_one()
    return total


def _some(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + SOME] for start in range(0, len(values), SOME))
