"""Contacts in the ledger: taken in from a file, counted, ended.

Nothing personal is stored in clear but the fields an audience marks as segments: the rest of a
contact is one sealed blob, an address is a keyed digest and a sealed value.
"""

import os
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, insert, or_, select, update

from scheduler.domain.answers.bursts import domain_of
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import is_fictional
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.source_keys import APART
from scheduler.store import audit
from scheduler.store.freezing import is_frozen
from scheduler.store.known import known_addresses, known_people
from scheduler.store.many import address_is, among, put
from scheduler.store.notes import KEYS_APART, note
from scheduler.store.people import consents
from scheduler.store.people.arrivals import give_key_away
from scheduler.store.people.consents import GivenProof
from scheduler.store.people.destinations import nothing_to_walk
from scheduler.store.people.erasure import closed_by_erasure
from scheduler.store.people.forgotten import come_again, emptied, were_erased
from scheduler.store.people.rejoining import wait_again, who_left
from scheduler.store.planning.one_slot import refresh_statistics
from scheduler.store.schema.tables import address, consent, contact, import_
from scheduler.store.sealing import Keys, seal_fields
from scheduler.store.upserts import insert_or_ignore

#: No letter or digit that is taken for another.
SHORT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORT_LENGTH = 8
#: Values in one question.
SOME = 5000
#: Each octet's letter: as many octets stand for one letter as for any other.
_LETTERS = bytes(ord(SHORT_ALPHABET[octet % len(SHORT_ALPHABET)]) for octet in range(256))


def make_short_tokens(count: int) -> list[str]:
    """Each of 32^8 possibilities, from the system's random source, asked once."""
    letters = os.urandom(count * SHORT_LENGTH).translate(_LETTERS).decode()
    return [letters[at : at + SHORT_LENGTH] for at in range(0, len(letters), SHORT_LENGTH)]


def begin_import(connection: Connection, start: ImportStart, now: datetime) -> int:
    values = {
        "audience": start.audience.source,
        "file_hash": start.file_hash,
        "origin": start.origin,
        "own": start.own_file,
        "basis": start.basis,
        "mode": start.mode,
        "at": now,
        "counts": {},
    }
    statement = insert(import_).values(values).returning(import_.c.id)
    number = int(connection.execute(statement).scalar_one())
    if start.by:
        detail: dict[str, str | int] = {
            "import": number,
            "file": start.file_hash,
            "mode": start.mode,
        }
        detail |= _settled(start)
        name = start.audience.source
        act = Act(actor=start.by, act=AuditAct.IMPORT, subject=name, detail=detail)
        audit.append(connection, [act], now)
    return number


def _settled(start: ImportStart) -> dict[str, str | int]:
    """How many keys in doubt a person decided of, each way; their names are in no log."""
    decided = {"same_person": start.settled.same, "other_person": start.settled.other}
    return {name: len(found) for name, found in decided.items() if found}


def finish_import(
    connection: Connection, import_id: int, counts: Mapping[str, int], now: datetime
) -> None:
    connection.execute(
        update(import_)
        .where(import_.c.id == import_id)
        .values(counts=dict(counts), finished_at=now)
    )
    refresh_statistics(connection, address, contact, consent)


def take_in(
    connection: Connection,
    keys: Keys,
    destinations: Destinations,
    audience: Audience,
    rows: Sequence[Row],
    import_id: int | None,
    now: datetime,
    given_away: Collection[str] = (),
) -> None:
    """Add or renew the contacts of one group of rows (``import_id`` None: came by itself).

    Whoever had left and is named again gets what that had cost them and may leave still.
    Keys of ``given_away`` were somebody else's: whoever had them leaves the audience, and the row
    is a person of its own.

    Of somebody who was erased only a row without a field comes back: it is counted, and never
    written to.
    """
    theirs = {row.key: row.typed for row in rows if row.key not in given_away}
    erased = were_erased(connection, keys, audience.source, theirs)
    rows = [emptied(row) if row.key in erased else row for row in rows]
    ids = take_in_addresses(connection, keys, destinations, rows)
    closed = _closed(connection, list(ids.values()))
    open_rows = [row for row in rows if not (row.key in erased or _is_erased(row, ids, closed))]
    known = {row.key for row in open_rows}
    digests = known_people(connection, keys, audience.source, [row.key for row in rows])
    others = [digests[row.key] for row in rows if row.key in given_away]
    give_key_away(connection, keys, audience.source, others, lambda: secrets.token_bytes(32))
    latest = {"imported_at": now, "import_id": import_id}
    people = [
        _contact(keys, audience, row, ids, digests[row.key], erased=row.key not in known)
        | {"token": token, **latest}
        for row, token in zip(rows, make_short_tokens(len(rows)), strict=True)
    ]
    if any(row.key.startswith(APART) for row in rows):
        note(connection, KEYS_APART, "done")
    gone = who_left(connection, audience.source, [digests[key] for key in known])
    put(connection, contact, _upsert_contact(connection), people)
    wait_again(connection, gone, now)
    come_again(connection, keys, audience.source, theirs)
    of_rows = {digests[row.key]: row for row in open_rows if row.proofs}
    _keep_proofs(connection, audience.source, of_rows, ids, import_id, now)


def _closed(connection: Connection, addresses: Sequence[int]) -> set[int]:
    """Those of these addresses whose holder was erased, and which nobody else has."""
    closed: set[int] = set()
    for start in range(0, len(addresses), SOME):
        mine = among(connection, address.c.id, addresses[start : start + SOME])
        some = select(address.c.id).where(mine)
        closed |= set(connection.execute(some.where(closed_by_erasure())).scalars())
    return closed


def _is_erased(row: Row, ids: Mapping[tuple[str, str], int], closed: set[int]) -> bool:
    """Every address of the row is one of theirs."""
    theirs = []
    if row.email:
        theirs.append(ids[AddressKind.EMAIL, row.email.identity])
    if row.phone:
        theirs.append(ids[AddressKind.PHONE, row.phone])
    return bool(theirs) and closed.issuperset(theirs)


def take_in_addresses(
    connection: Connection, keys: Keys, destinations: Destinations, rows: Sequence[Row]
) -> dict[tuple[str, str], int]:
    """Ids of every address and number of these rows; an erased person's stay empty."""
    to = {
        (AddressKind.EMAIL.value, one.email.identity): one.email.send_to
        for one in rows
        if one.email
    }
    to |= {(AddressKind.PHONE.value, one.phone): one.phone for one in rows if one.phone}
    if not to:
        return {}
    nothing_to_walk(connection, destinations)
    digests = known_addresses(connection, keys, to)
    wanted = {
        one: _wanted(keys, destinations, one[0], to[one], digest) for one, digest in digests.items()
    }
    _hold(connection, list(digests.values()))
    statement = insert_or_ignore(connection, address)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "digest"],
        set_={
            "sealed": _unless_erased(func.coalesce(address.c.sealed, statement.excluded.sealed)),
            "destination": _unless_erased(statement.excluded.destination, ""),
            "domain": _unless_erased(statement.excluded.domain, ""),
        },
    )
    put(connection, address, statement, list(wanted.values()))
    return _address_ids(connection, wanted)


def _hold(connection: Connection, digests: Sequence[bytes]) -> None:
    """Wait for whoever empties one of these, in a statement of its own: the next ones see why it
    was emptied. On SQLite every writing transaction waits for the others."""
    if connection.dialect.name != "postgresql":
        return
    for start in range(0, len(digests), SOME):
        some = address_is(connection, digests[start : start + SOME])
        held = select(address.c.id).where(some).order_by(address.c.id).with_for_update()
        connection.execute(held)


def _unless_erased(value: Any, nothing: str | None = None) -> Any:
    return case((closed_by_erasure(), nothing), else_=value)


def _wanted(
    keys: Keys, destinations: Destinations, kind: str, send_to: str, digest: bytes
) -> dict[str, Any]:
    return {
        "kind": kind,
        "digest": digest,
        "key_id": keys.current.id,
        "sealed": keys.seal("address", send_to.encode(), digest),
        "fictional": kind == AddressKind.PHONE and is_fictional(send_to),
        "destination": destinations.of(send_to),
        "domain": keys.domain(domain_of(send_to)) if kind == AddressKind.EMAIL else "",
    }


def _address_ids(
    connection: Connection, wanted: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[tuple[str, str], int]:
    ids: dict[bytes, int] = {}
    digests = [one["digest"] for one in wanted.values()]
    for start in range(0, len(digests), SOME):
        some = address_is(connection, digests[start : start + SOME])
        found = select(address.c.digest, address.c.id).where(some)
        ids.update({bytes(row.digest): row.id for row in connection.execute(found)})
    return {key: ids[one["digest"]] for key, one in wanted.items()}


def _contact(
    keys: Keys,
    audience: Audience,
    row: Row,
    addresses: Mapping[tuple[str, str], int],
    source_key: bytes,
    *,
    erased: bool,
) -> dict[str, Any]:
    fields = {} if erased else row.fields
    segments = {field.name for field in audience.fields if field.segment} & set(fields)
    sealed = {name: value for name, value in fields.items() if name not in segments}
    blob = seal_fields(keys, audience.source, {"": row.typed or row.key, **sealed}, source_key)
    return {
        "audience": audience.source,
        "source_key": source_key,
        "email_id": addresses[AddressKind.EMAIL, row.email.identity] if row.email else None,
        "phone_id": addresses[AddressKind.PHONE, row.phone] if row.phone else None,
        "language": row.language,
        "easy_to_read": row.easy_to_read,
        "zone": row.zone,
        "territory": row.territory,
        "segment": {name: fields[name] for name in sorted(segments)},
        "sealed": None if erased else blob,
    }


#: What an import renews on a contact it knows. Never the token, nor the first import's date.
RENEWED = [
    "email_id",
    "phone_id",
    "zone",
    "territory",
    "segment",
    "sealed",
    "import_id",
]
#: The same, until the person chooses for themselves.
CHOSEN = ["language", "easy_to_read"]


def _upsert_contact(connection: Connection) -> Any:
    statement = insert_or_ignore(connection, contact)
    return statement.on_conflict_do_update(
        index_elements=["audience", "source_key"],
        set_={name: _unless_frozen(statement, name) for name in RENEWED}
        | {name: _unless_chosen(statement, name) for name in CHOSEN}
        | {"active": True},
    )


def _unless_frozen(statement: Any, name: str) -> Any:
    """What is frozen stays as it is; which file names them last is no data of theirs."""
    if name == "import_id":
        return statement.excluded[name]
    return case((is_frozen(), contact.c[name]), else_=statement.excluded[name])


def _unless_chosen(statement: Any, name: str) -> Any:
    chosen = or_(contact.c.chosen_at.is_not(None), is_frozen())
    return case((chosen, contact.c[name]), else_=statement.excluded[name])


def _keep_proofs(
    connection: Connection,
    source: str,
    with_proofs: Mapping[bytes, Row],
    addresses: Mapping[tuple[str, str], int],
    import_id: int | None,
    now: datetime,
) -> None:
    """Every proof of these rows, by their source key, that the ledger doesn't hold yet."""
    ids = contact_ids(connection, source, list(with_proofs))
    given = [
        GivenProof(
            contact=ids[source_key],
            channel=channel,
            proof=proof,
            address=addresses.get(row.address_on(channel)),
        )
        for source_key, row in with_proofs.items()
        for channel, proof in row.proofs.items()
    ]
    consents.keep(connection, given, import_id, now)


def contact_ids(
    connection: Connection, source: str, source_keys: Sequence[bytes]
) -> dict[bytes, int]:
    ids: dict[bytes, int] = {}
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        found = select(contact.c.source_key, contact.c.id).where(contact.c.audience == source, some)
        ids.update({bytes(row.source_key): row.id for row in connection.execute(found)})
    return ids


def count_active(connection: Connection, source: str) -> int:
    statement = select(func.count()).where(contact.c.audience == source, contact.c.active == 1)
    return int((connection.execute(statement)).scalar_one())


def end_absent(connection: Connection, source: str, import_id: int) -> int:
    """End the membership of those whom an earlier import named, and neither this one nor a later.
    How many."""
    ended = connection.execute(
        update(contact)
        .where(contact.c.audience == source, contact.c.active == 1)
        .where(contact.c.import_id < import_id)
        .values(active=False)
    )
    return ended.rowcount


def end_named(connection: Connection, source: str, source_keys: Sequence[bytes]) -> int:
    """End the membership of these people, by their source keys. How many had one."""
    ended = 0
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        statement = update(contact).where(contact.c.audience == source, contact.c.active == 1, some)
        ended += connection.execute(statement.values(active=False)).rowcount
    return ended


def known_keys(connection: Connection, source: str, source_keys: Sequence[bytes]) -> set[bytes]:
    """Which of these people the ledger has as active members."""
    known: set[bytes] = set()
    for start in range(0, len(source_keys), SOME):
        some = among(connection, contact.c.source_key, source_keys[start : start + SOME])
        statement = select(contact.c.source_key).where(
            contact.c.audience == source, contact.c.active == 1, some
        )
        known |= {bytes(row.source_key) for row in connection.execute(statement)}
    return known
