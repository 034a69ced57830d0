"""What the rows of a contact file meet in the ledger, before anything of them is written."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.optout import Reason
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.identity import is_same_name, names_in
from scheduler.domain.people.source_keys import apart
from scheduler.store.keys.known import has_nobody, known_addresses, known_people, person_digests
from scheduler.store.keys.sealing import Keys, open_fields, seal_fields
from scheduler.store.people.consents import GivenProof, known_proofs
from scheduler.store.schema.tables import address, contact, suppression
from scheduler.store.statements.many import address_is, among

#: Values in one question.
SOME = 5000


def strangers(
    connection: Connection, keys: Keys, audience: Audience, rows: Sequence[Row]
) -> set[int]:
    """The numbers of the rows whose key is another person's: another name, another address.

    Only who has none of the addresses that the key's holder had is opened.
    """
    if has_nobody(connection, audience.source):
        return set()
    digests = known_people(connection, keys, audience.source, {row.key for row in rows})
    known = _holders(connection, audience.source, list(digests.values()))
    moved = [
        (row, known[digest])
        for row in rows
        if (digest := digests[row.key]) in known and _has_moved(keys, row, known[digest])
    ]
    names = _names(connection, keys, audience, [holder.id for _, holder in moved])
    return {
        row.number
        for row, holder in moved
        if not is_same_name(names[holder.id], names_in(row.fields, audience))
    }


def refusing_names(
    connection: Connection, keys: Keys, audience: Audience
) -> Sequence[Sequence[str]]:
    """The names of those of a source, members or not, whose own objection holds."""
    reasons = (Reason.OPTED_OUT, Reason.COMPLAINED, Reason.LEFT_SERIES)
    theirs = (
        select(suppression.c.contact_id)
        .join(contact, contact.c.id == suppression.c.contact_id)
        .where(contact.c.audience == audience.source, contact.c.sealed.is_not(None))
        .where(suppression.c.lifted_at.is_(None), suppression.c.reason.in_(reasons))
        .distinct()
    )
    found = list(connection.execute(theirs).scalars())
    return list(_names(connection, keys, audience, found).values())


def _holders(connection: Connection, source: str, digests: Sequence[bytes]) -> dict[bytes, Any]:
    email, phone = address.alias("email"), address.alias("phone")
    columns = (
        contact.c.id,
        contact.c.source_key,
        email.c.digest.label("email"),
        phone.c.digest.label("phone"),
    )
    joined = contact.outerjoin(email, email.c.id == contact.c.email_id).outerjoin(
        phone, phone.c.id == contact.c.phone_id
    )
    found: dict[bytes, Any] = {}
    for start in range(0, len(digests), SOME):
        statement = select(*columns).select_from(joined).where(contact.c.audience == source)
        some = among(connection, contact.c.source_key, digests[start : start + SOME])
        found |= {bytes(row.source_key): row for row in connection.execute(statement.where(some))}
    return found


def _has_moved(keys: Keys, row: Row, holder: Any) -> bool:
    """Both have an address, and none is the same."""
    theirs = {bytes(digest) for digest in (holder.email, holder.phone) if digest is not None}
    mine = [digest for kind, identity in _addresses(row) for digest in keys.digests(kind, identity)]
    return bool(theirs) and bool(mine) and theirs.isdisjoint(mine)


def _addresses(row: Row) -> list[tuple[AddressKind, str]]:
    both = [(AddressKind.EMAIL, row.email.identity)] if row.email else []
    return both + ([(AddressKind.PHONE, row.phone)] if row.phone else [])


def _names(
    connection: Connection, keys: Keys, audience: Audience, contacts: Sequence[int]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(contacts), SOME):
        some = among(connection, contact.c.id, contacts[start : start + SOME])
        for row in connection.execute(select(contact).where(some)).all():
            found[row.id] = names_in(_fields(keys, row), audience)
    return found


def _fields(keys: Keys, row: Any) -> dict[str, str]:
    sealed: Mapping[str, str] = {}
    if row.sealed is not None:
        sealed = open_fields(keys, row.audience, bytes(row.sealed), bytes(row.source_key))
    return {**row.segment, **sealed}


def kept_apart(connection: Connection, keys: Keys, source: str, typed: Collection[str]) -> set[str]:
    """Those of these keys that are somebody's as they are typed, beside another's who has the same
    but for its zeros, its case or its blanks."""
    of = {digest: key for key in typed for digest in person_digests(keys, [apart(key)])}
    return {of[digest] for digest in _holders(connection, source, list(of))}


def count_lacking(
    connection: Connection,
    keys: Keys,
    audience: Audience,
    rows: Sequence[Row],
    channels: Collection[str],
) -> dict[str, int]:
    """By channel, the rows that no proof will speak for once they are taken in: neither one that
    comes with them, nor one that the ledger has for the address they have today."""
    if has_nobody(connection, audience.source):
        return {name: sum(name not in row.proofs for row in rows) for name in channels}
    digests = known_people(connection, keys, audience.source, {row.key for row in rows})
    ids = {
        digest: holder.id
        for digest, holder in _holders(connection, audience.source, list(digests.values())).items()
    }
    known = known_proofs(connection, ids.values())
    addresses = _address_ids(connection, keys, rows)
    lacking = dict.fromkeys(channels, 0)
    for row in rows:
        contact_id = ids.get(digests[row.key], 0)
        for channel in channels:
            mine = addresses.get(row.address_on(channel))
            held = known.holds(contact_id, channel, mine)
            if not held and (proof := row.proofs.get(channel)) is not None:
                given = GivenProof(contact=contact_id, channel=channel, proof=proof, address=mine)
                held = known.speaks_for(given)
            lacking[channel] += not held
    return lacking


def _address_ids(
    connection: Connection, keys: Keys, rows: Sequence[Row]
) -> dict[tuple[AddressKind, str], int]:
    """Of those that the ledger has."""
    wanted = {one for row in rows for one in _addresses(row)}
    digests = known_addresses(connection, keys, wanted)
    every = list(digests.values())
    ids: dict[tuple[str, bytes], int] = {}
    for start in range(0, len(every), SOME):
        some = address_is(connection, every[start : start + SOME])
        found = select(address.c.kind, address.c.digest, address.c.id).where(some)
        ids |= {(row.kind, bytes(row.digest)): row.id for row in connection.execute(found).all()}
    return {one: ids[one[0], digests[one]] for one in wanted if (one[0], digests[one]) in ids}


def give_key_away(
    connection: Connection, keys: Keys, source: str, source_keys: Sequence[bytes], free: Any
) -> None:
    """End the membership of those who had these keys: from now on they are somebody else's.

    ``free`` makes a key that nothing looks up, in place of the one that was theirs.
    """
    for row in _rows_of(connection, source, source_keys):
        key = free()
        blob = row.sealed
        if blob is not None:
            fields = open_fields(keys, source, bytes(blob), bytes(row.source_key))
            blob = seal_fields(keys, source, fields, key)
        connection.execute(
            update(contact)
            .where(contact.c.id == row.id)
            .values(source_key=key, sealed=blob, active=False)
        )


def still_named(
    connection: Connection, source: str, source_keys: Sequence[bytes], import_id: int
) -> None:
    """A file names them, though nothing of it was taken: it doesn't end them."""
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        theirs = (contact.c.audience == source, contact.c.active == 1, some)
        earlier = update(contact).where(*theirs, contact.c.import_id < import_id)
        connection.execute(earlier.values(import_id=import_id))


def _rows_of(connection: Connection, source: str, source_keys: Sequence[bytes]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        found += connection.execute(select(contact).where(contact.c.audience == source, some))
    return found
