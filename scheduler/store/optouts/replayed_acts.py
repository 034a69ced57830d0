"""The journal's acts, into a ledger that may have them, or later ones, already.

Nothing is undone: an act counts unless the ledger knows a later one of the same person about the
same thing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from scheduler.domain.consent.optout_record import OptOutRecord, Person
from scheduler.store.optouts.rows import person_of
from scheduler.store.optouts.ways_back import open_again
from scheduler.store.schema.tables import address, contact, suppression
from scheduler.store.statements.many import address_is
from scheduler.store.statements.upserts import insert_or_ignore


def apply(connection: Connection, records: Sequence[OptOutRecord]) -> tuple[int, int]:
    """How many opt-outs were added, and how many lifted; what was kept of forgotten people is given
    back its key."""
    ids = _addresses(connection, records)
    persons, named = _persons(connection, records), _named_by_key(connection, records)
    known = _known(connection, ids)
    over, back, keyed = [], [], []
    missing: dict[tuple[Any, ...], dict[str, Any]] = {}
    for record in records:
        address_id = ids[record.kind, record.digest]
        person = persons.get(record.person) if record.person else None
        if person is None and record.source_key:
            person = named.get((record.source, record.source_key))
        rows = known.get((address_id, record.channel, record.scope, record.reason), [])
        same = [row for row in rows if _is_same(row, record, person)]
        if record.back:
            back += [(person, address_id, record.channel, record.at)] if person else []
        elif record.lifted:
            over += [(row.id, record.at) for row in same if _still_holds(row, record)]
        elif not any(_is_later(row, record) for row in same):
            _add(missing, _values(address_id, person, record))
        elif record.source_key:
            keyed += [_key_of(row, record) for row in same if _lacks_key(row, record)]
    if missing:
        connection.execute(insert(suppression), list(missing.values()))
    if keyed:
        connection.execute(_WITH_KEY, keyed)
    for row_id, at in over:
        ended = update(suppression).where(suppression.c.id == row_id)
        connection.execute(ended.values(lifted_at=at))
    open_again(connection, back)
    return len(missing), len(over)


def _is_same(row: Any, record: OptOutRecord, person: int | None) -> bool:
    """A row of the ledger is about what a record is about, by the same person.

    A version that knew no persons spoke for everybody at the address; what such a one, or somebody
    forgotten since, did at an instant is there under whatever name.
    """
    if person is not None:
        forgotten = bool(record.source_key) and row.contact_id is None and row.at == record.at
        return forgotten or bool(row.contact_id == person)
    if record.nameless and record.lifted:
        return True
    return row.contact_id is None or (row.at == record.at and not record.lifted)


def _still_holds(row: Any, lift: OptOutRecord) -> bool:
    return row.lifted_at is None and row.at <= lift.at


def _is_later(row: Any, record: OptOutRecord) -> bool:
    """It holds, or was ended after this act: the ledger has the last word."""
    return row.lifted_at is None or row.lifted_at > record.at


def _add(missing: dict[tuple[Any, ...], dict[str, Any]], values: dict[str, Any]) -> None:
    """One row an act: what was kept of somebody forgotten takes the place of the same without."""
    act = tuple(values[name] for name in _ACT)
    if values["source_key"] is None:
        if not any(one[: len(act)] == act for one in missing):
            missing[(*act, None)] = values
        return
    missing.pop((*act, None), None)
    missing[(*act, values["source_key"])] = values


_ACT = ("address_id", "contact_id", "channel", "scope", "reason", "at")


def _lacks_key(row: Any, record: OptOutRecord) -> bool:
    return row.source_key is None and row.at == record.at


def _key_of(row: Any, record: OptOutRecord) -> dict[str, Any]:
    return {"row": row.id, "of": record.source, "named": bytes.fromhex(record.source_key)}


_WITH_KEY = (
    update(suppression)
    .where(suppression.c.id == bindparam("row"))
    .values(source=bindparam("of"), source_key=bindparam("named"))
)


def _persons(connection: Connection, records: Sequence[OptOutRecord]) -> dict[Person, int]:
    """The contacts that are who the journal means. Whoever it names and the ledger hasn't, or has
    forgotten, is known by the address alone."""
    named = {record.person for record in records if record.person is not None}
    ids = [person.contact for person in named]
    statement = select(contact.c.id, contact.c.token).where(contact.c.id.in_(ids))
    there = {person_of(row.id, row.token) for row in connection.execute(statement)}
    return {person: person.contact for person in named & there}


def _named_by_key(
    connection: Connection, records: Sequence[OptOutRecord]
) -> dict[tuple[str, str], int]:
    """The contacts of today whom a file names by a key that was kept of somebody forgotten."""
    wanted = {bytes.fromhex(record.source_key) for record in records if record.source_key}
    if not wanted:
        return {}
    statement = select(contact.c.id, contact.c.audience, contact.c.source_key)
    rows = connection.execute(statement.where(contact.c.source_key.in_(wanted)))
    return {(row.audience, bytes(row.source_key).hex()): row.id for row in rows}


def _addresses(
    connection: Connection, records: Sequence[OptOutRecord]
) -> dict[tuple[str, str], int]:
    """Ids by kind and digest; tombstones are made for those that the ledger hasn't."""
    wanted = {
        (record.kind.value, record.digest): {
            "kind": record.kind.value,
            "digest": bytes.fromhex(record.digest),
            "key_id": record.key_id,
        }
        for record in records
    }
    statement = insert_or_ignore(connection, address).on_conflict_do_nothing()
    connection.execute(statement, list(wanted.values()))
    digests = [bytes.fromhex(record.digest) for record in records]
    found = select(address.c.id, address.c.kind, address.c.digest)
    rows = connection.execute(found.where(address_is(connection, digests)))
    return {(row.kind, bytes(row.digest).hex()): row.id for row in rows}


def _known(
    connection: Connection, ids: dict[tuple[str, str], int]
) -> dict[tuple[int, str, str, str], list[Any]]:
    """Everything the ledger has of these addresses, by what it is about."""
    known: dict[tuple[int, str, str, str], list[Any]] = {}
    statement = select(suppression).where(suppression.c.address_id.in_(ids.values()))
    for row in connection.execute(statement):
        known.setdefault((row.address_id, row.channel, row.scope, row.reason), []).append(row)
    return known


def _values(address_id: int, person: int | None, record: OptOutRecord) -> dict[str, Any]:
    return {
        "address_id": address_id,
        "contact_id": person,
        "channel": record.channel,
        "scope": record.scope,
        "reason": record.reason,
        "route": record.route,
        "at": record.at,
        "source": record.source,
        "source_key": bytes.fromhex(record.source_key) if record.source_key else None,
    }
