"""Contacts in the ledger: taken in from a file, shown, listed, erased.

Nothing personal is stored in clear but the fields an audience marks as segments: the rest of a
contact is one sealed blob, an address is a keyed digest and a sealed value.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from scheduler.domain.campaigns import Audience
from scheduler.domain.contacts import Row
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.imports import ImportStart
from scheduler.domain.message import AddressKind
from scheduler.domain.optout import by_erasure
from scheduler.domain.people import is_fictional
from scheduler.domain.person import ContactCard
from scheduler.store.optouts import suppress
from scheduler.store.planning import insert_or_ignore, refresh_statistics
from scheduler.store.sealing import Keys, seal_fields
from scheduler.store.tables import address, consent, contact, delivery, import_

#: No letter or digit that is taken for another.
SHORT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORT_LENGTH = 8


def make_short_token() -> str:
    """32^8 possibilities, from the system's random source."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _ in range(SHORT_LENGTH))


def begin_import(connection: Connection, start: ImportStart, now: datetime) -> int:
    values = {
        "audience": start.audience.source,
        "file_hash": start.file_hash,
        "origin": start.origin,
        "basis": start.basis,
        "mode": start.mode,
        "at": now,
        "counts": {},
    }
    statement = insert(import_).values(values).returning(import_.c.id)
    return int(connection.execute(statement).scalar_one())


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
    audience: Audience,
    rows: Sequence[Row],
    import_id: int,
    now: datetime,
) -> None:
    """Add or renew the contacts of one group of rows. Repeating it changes nothing."""
    digests = _take_in_addresses(connection, keys, rows)
    people = [_contact(keys, audience, row, import_id, now, digests) for row in rows]
    connection.execute(_upsert_contact(connection), people)
    _keep_proofs(connection, keys, audience.source, rows, import_id, now)


def _take_in_addresses(
    connection: Connection, keys: Keys, rows: Iterable[Row]
) -> dict[tuple[str, str], int]:
    """Ids of every address and number of these rows; sealed again where a person was erased."""
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if row.email:
            _want(wanted, keys, AddressKind.EMAIL, row.email.identity, row.email.send_to)
        if row.phone:
            _want(wanted, keys, AddressKind.PHONE, row.phone, row.phone)
    if not wanted:
        return {}
    statement = insert_or_ignore(connection, address)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "digest"],
        set_={"sealed": func.coalesce(address.c.sealed, statement.excluded.sealed)},
    )
    connection.execute(statement, list(wanted.values()))
    return _address_ids(connection, wanted)


def _want(
    wanted: dict[tuple[str, str], dict[str, Any]],
    keys: Keys,
    kind: AddressKind,
    identity: str,
    send_to: str,
) -> None:
    digest = keys.digest(kind, identity)
    wanted[kind, identity] = {
        "kind": kind.value,
        "digest": digest,
        "key_id": keys.oldest.id,
        "sealed": keys.seal("address", send_to.encode(), digest),
        "fictional": kind is AddressKind.PHONE and is_fictional(send_to),
    }


def _address_ids(
    connection: Connection, wanted: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[tuple[str, str], int]:
    ids: dict[bytes, int] = {}
    digests = [one["digest"] for one in wanted.values()]
    for start in range(0, len(digests), 500):
        some = digests[start : start + 500]
        found = select(address.c.digest, address.c.id).where(address.c.digest.in_(some))
        ids.update({bytes(row.digest): row.id for row in connection.execute(found)})
    return {key: ids[one["digest"]] for key, one in wanted.items()}


def _contact(
    keys: Keys,
    audience: Audience,
    row: Row,
    import_id: int,
    now: datetime,
    addresses: Mapping[tuple[str, str], int],
) -> dict[str, Any]:
    source_key = keys.digest("source", row.key)
    segments = {field.name for field in audience.fields if field.segment}
    sealed = {name: value for name, value in row.fields.items() if name not in segments}
    return {
        "audience": audience.source,
        "source_key": source_key,
        "email_id": addresses[AddressKind.EMAIL, row.email.identity] if row.email else None,
        "phone_id": addresses[AddressKind.PHONE, row.phone] if row.phone else None,
        "token": make_short_token(),
        "language": row.language,
        "easy_to_read": row.easy_to_read,
        "zone": row.zone,
        "territory": row.territory,
        "segment": {name: row.fields[name] for name in sorted(segments & set(row.fields))},
        "sealed": seal_fields(keys, audience.source, {"": row.key, **sealed}, source_key),
        "imported_at": now,
        "import_id": import_id,
    }


#: What an import renews on a contact it knows. Never the token, nor the first import's date.
RENEWED = [
    "email_id",
    "phone_id",
    "language",
    "easy_to_read",
    "zone",
    "territory",
    "segment",
    "sealed",
    "import_id",
]


def _upsert_contact(connection: Connection) -> Any:
    statement = insert_or_ignore(connection, contact)
    return statement.on_conflict_do_update(
        index_elements=["audience", "source_key"],
        set_={name: statement.excluded[name] for name in RENEWED} | {"active": True},
    )


def _keep_proofs(
    connection: Connection,
    keys: Keys,
    source: str,
    rows: Sequence[Row],
    import_id: int,
    now: datetime,
) -> None:
    """Every proof of these rows that the ledger doesn't hold yet."""
    with_proofs = {keys.digest("source", row.key): row for row in rows if row.proofs}
    ids = _contact_ids(connection, source, list(with_proofs))
    proofs = [
        {
            "contact_id": ids[source_key],
            "channel": channel,
            "act": "given",
            "wording": proof.wording,
            "how": proof.how,
            "at": datetime.combine(proof.date, time(), UTC),
            "recorded_at": now,
            "import_id": import_id,
        }
        for source_key, row in with_proofs.items()
        for channel, proof in row.proofs.items()
    ]
    if proofs:
        connection.execute(insert_or_ignore(connection, consent).on_conflict_do_nothing(), proofs)


def _contact_ids(
    connection: Connection, source: str, source_keys: Sequence[bytes]
) -> dict[bytes, int]:
    ids: dict[bytes, int] = {}
    for start in range(0, len(source_keys), 500):
        some = contact.c.source_key.in_(source_keys[start : start + 500])
        found = select(contact.c.source_key, contact.c.id).where(contact.c.audience == source, some)
        ids.update({bytes(row.source_key): row.id for row in connection.execute(found)})
    return ids


def count_active(connection: Connection, source: str) -> int:
    statement = select(func.count()).where(contact.c.audience == source, contact.c.active == 1)
    return int((connection.execute(statement)).scalar_one())


def end_absent(connection: Connection, source: str, import_id: int) -> int:
    """End the membership of those an import did not name; their opt-outs stay. How many."""
    ended = connection.execute(
        update(contact)
        .where(contact.c.audience == source, contact.c.active == 1)
        .where(contact.c.import_id.is_distinct_from(import_id))
        .values(active=False)
    )
    return ended.rowcount


def known_keys(connection: Connection, source: str, source_keys: Sequence[bytes]) -> set[bytes]:
    """Which of these people the ledger has as active members."""
    known: set[bytes] = set()
    for start in range(0, len(source_keys), 500):
        some = source_keys[start : start + 500]
        statement = select(contact.c.source_key).where(
            contact.c.audience == source, contact.c.active == 1, contact.c.source_key.in_(some)
        )
        known |= {bytes(row.source_key) for row in connection.execute(statement)}
    return known


def erase(connection: Connection, card: ContactCard, now: datetime) -> None:
    """Empty a contact and, where nobody else uses them, its addresses, former ones too. Tombstones
    stay, opted out of everything for good; what waits for this person is left out."""
    theirs = delivery.c.contact_id == card.contact
    written_to = select(delivery.c.address_id).where(theirs, delivery.c.address_id.is_not(None))
    addresses = {row.address_id for row in connection.execute(written_to)}
    for address_id in filter(None, (card.email_id, card.phone_id)):
        suppress(connection, address_id, by_erasure(now))
        addresses.add(address_id)
    connection.execute(update(delivery).where(theirs).values(consent_id=None))
    connection.execute(
        update(delivery)
        .where(theirs, delivery.c.state == DeliveryState.WAITING)
        .values(state=DeliveryState.LEFT_OUT, reason=LeftOut.OPTED_OUT, at=now)
    )
    connection.execute(consent.delete().where(consent.c.contact_id == card.contact))
    _empty_contact(connection, card.contact)
    for address_id in addresses:
        _empty_if_unused(connection, address_id)


def _empty_contact(connection: Connection, contact_id: int) -> None:
    connection.execute(
        update(contact)
        .where(contact.c.id == contact_id)
        .values(
            source_key=secrets.token_bytes(32),
            token=f"erased-{secrets.token_hex(8)}",
            email_id=None,
            phone_id=None,
            active=False,
            segment={},
            sealed=None,
            language="",
            easy_to_read=False,
        )
    )


def _empty_if_unused(connection: Connection, address_id: int) -> None:
    held = exists().where(or_(contact.c.email_id == address_id, contact.c.phone_id == address_id))
    awaited = exists().where(
        delivery.c.address_id == address_id,
        delivery.c.state.in_([DeliveryState.WAITING, DeliveryState.SENDING]),
    )
    connection.execute(
        update(address).where(address.c.id == address_id, ~held, ~awaited).values(sealed=None)
    )
