"""Opt-outs: one row an act, of a person and on an address, so that they outlive both."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, or_, select, text

from scheduler.domain.consent.optout import ALL_CHANNELS, OptOut
from scheduler.domain.consent.optout_record import OptOutRecord, Person
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen
from scheduler.store.keys.known import known_addresses
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.tables import address, consent, contact, import_, suppression, way_back
from scheduler.store.statements.numbers import is_one_of
from scheduler.store.statements.upserts import insert_or_ignore

#: PostgreSQL's advisory locks for those who write opt-outs, and how many there are of them.
_LOCK = 7_305_004
_TURNS = 64
_TAKE_TURNS = text(
    "SELECT pg_advisory_xact_lock(CAST(:lock AS int), turn) FROM unnest(CAST(:turns AS int[])) turn"
)

#: Made once, and told a list as one value: a group's are asked in a few microseconds an act.
_ADDRESSES = select(*(address.c[name] for name in ("id", "kind", "digest", "key_id"))).where(
    is_one_of(address.c.id, "ids")
)
_PEOPLE = select(contact.c.id, contact.c.token).where(is_one_of(contact.c.id, "ids"))
_HELD = select(
    *(suppression.c[name] for name in ("address_id", "contact_id", "channel", "scope", "reason"))
).where(
    is_one_of(suppression.c.address_id, "addresses"),
    suppression.c.lifted_at.is_(None),
    *(
        ~exists().where(
            or_(
                since.c.address_id == suppression.c.address_id,
                since.c.contact_id == suppression.c.contact_id,
            ),
            since.c.at > suppression.c.at,
        )
        for since in (consent, way_back)
    ),
)

#: An act on an address, by the address's id.
Acts = Sequence[tuple[int, OptOut]]
#: What another act must be about to be the same: address, person, channel, scope, reason.
Subject = tuple[int, int | None, str, str, str]


@frozen
class Objection:
    """An act, on an address, by a contact; None: by somebody who has the address."""

    address: int
    contact: int | None
    act: OptOut

    @property
    def subject(self) -> Subject:
        return (self.address, self.contact, self.act.channel, self.act.scope, self.act.reason)


def suppress_all(connection: Connection, acts: Sequence[Objection]) -> list[bool]:
    """Record opt-outs, in three statements: which are new. One that holds already isn't."""
    take_turns(connection, {one.address for one in acts})
    known = _held(connection, {one.address for one in acts})
    rows, new = [], []
    for one in acts:
        new.append(one.subject not in known)
        if new[-1]:
            known.add(one.subject)
            rows.append(_values(one))
    if rows:
        connection.execute(insert(suppression), rows)
    return new


def take_turns(connection: Connection, addresses: Collection[int]) -> None:
    """What two say of one address at once is compared, not written twice. On SQLite every writing
    transaction waits for the others."""
    if connection.dialect.name == "postgresql":
        # In one order for all; few enough for the server's table of locks.
        turns = sorted({one % _TURNS for one in addresses})
        connection.execute(_TAKE_TURNS, {"lock": _LOCK, "turns": turns})


def _values(one: Objection) -> dict[str, Any]:
    return {
        "address_id": one.address,
        "contact_id": one.contact,
        "channel": one.act.channel,
        "scope": one.act.scope,
        "reason": one.act.reason,
        "route": one.act.route,
        "at": one.act.at,
    }


def _held(connection: Connection, addresses: Collection[int]) -> set[Subject]:
    """What holds of these addresses, for everybody. Who came back from it since, by a proof or by
    their own word, and says no again, does something new."""
    return {tuple(row) for row in connection.execute(_HELD, {"addresses": addresses})}


def records_of(connection: Connection, acts: Sequence[Objection]) -> list[OptOutRecord]:
    """Each act as the journal keeps it."""
    addresses = _by_id(connection, _ADDRESSES, {one.address for one in acts})
    people = _by_id(connection, _PEOPLE, {one.contact for one in acts if one.contact})
    return [
        OptOutRecord(
            kind=AddressKind(row.kind),
            digest=bytes(row.digest).hex(),
            key_id=row.key_id,
            person=person_of(one.contact, people[one.contact].token) if one.contact else None,
            channel=one.act.channel,
            scope=one.act.scope,
            reason=one.act.reason,
            route=one.act.route,
            at=one.act.at,
        )
        for one in acts
        for row in [addresses[one.address]]
    ]


def person_of(contact_id: int, token: str) -> Person:
    """A contact as the journal names them. Too little of their token to find it by."""
    return Person(contact=ContactId(contact_id), check=sha256(token.encode()).hexdigest()[:4])


def known_ids(connection: Connection, addresses: Collection[int]) -> set[int]:
    """Those of these addresses that the ledger has."""
    return set(_by_id(connection, _ADDRESSES, addresses))


def _by_id(connection: Connection, statement: Select[Any], ids: Collection[int]) -> dict[int, Any]:
    return {row.id: row for row in connection.execute(statement, {"ids": ids})} if ids else {}


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
    """The contact behind a short link: id, phone_id, language, where they came from (None: by
    themselves), their audience, and whether that file was our own; None for an unknown one."""
    statement = select(
        contact.c.id,
        contact.c.phone_id,
        contact.c.language,
        import_.c.origin,
        contact.c.audience,
        import_.c.own,
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
