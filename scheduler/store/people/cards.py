"""One person, opened: found by address, by key or by number, and what of it is sealed."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import ContactCard
from scheduler.store.keys.known import typed_digests
from scheduler.store.keys.sealing import Keys, open_fields
from scheduler.store.schema.tables import address, contact

#: How a contact's number in the ledger is written.
ROW = re.compile(r"#([0-9]{1,18})")
#: Contacts opened at a time: memory stays flat however many there are.
PAGE = 1000


def page(connection: Connection, keys: Keys, source: str, after: int) -> list[ContactCard]:
    """The living contacts after a number, of one audience or of all; none after the last."""
    opened = contact.c.sealed.is_not(None)
    statement = with_addresses().where(contact.c.active == 1, opened, contact.c.id > after)
    if source:
        statement = statement.where(contact.c.audience == source)
    return _opened(connection, keys, statement.order_by(contact.c.id).limit(PAGE))


def of(connection: Connection, keys: Keys, contacts: Sequence[int]) -> list[ContactCard]:
    """These people, members or not, but for those who are emptied."""
    theirs = with_addresses().where(contact.c.id.in_(contacts), contact.c.sealed.is_not(None))
    return _opened(connection, keys, theirs)


def find(
    connection: Connection, keys: Keys, who: str, kind: AddressKind | None
) -> list[ContactCard]:
    """Who has an address in its identity form; with no kind, whose key or number it is."""
    if kind is not None:
        column = contact.c.email_id if kind is AddressKind.EMAIL else contact.c.phone_id
        holders = select(address.c.id).where(
            address.c.kind == kind, address.c.digest.in_(keys.digests(kind, who))
        )
        return _filled(connection, keys, with_addresses().where(column.in_(holders)))
    if row := ROW.fullmatch(who):
        return _filled(connection, keys, with_addresses().where(contact.c.id == int(row[1])))
    for digests in typed_digests(keys, who):
        named = with_addresses().where(contact.c.source_key.in_(digests))
        if found := _filled(connection, keys, named):
            return found
    return []


def with_addresses() -> Select[Any]:
    """Contacts as they are sealed, each with its e-mail address and its number."""
    email, phone = address.alias("email"), address.alias("phone")
    return select(
        contact,
        email.c.sealed.label("email_sealed"),
        email.c.digest.label("email_digest"),
        phone.c.sealed.label("phone_sealed"),
        phone.c.digest.label("phone_digest"),
    ).select_from(
        contact.outerjoin(email, email.c.id == contact.c.email_id).outerjoin(
            phone, phone.c.id == contact.c.phone_id
        )
    )


def source_key(keys: Keys, row: Any) -> str:
    """The key of the person an opt-out is about, empty once erased."""
    if row.contact_sealed is None:
        return ""
    sealed, digest = bytes(row.contact_sealed), bytes(row.contact_source_key)
    return open_fields(keys, row.contact_audience, sealed, digest).get("", "")


def address_of(keys: Keys, sealed: bytes | None, digest: bytes | None) -> str:
    """An address in clear, empty once erased."""
    if sealed is None or digest is None:
        return ""
    return keys.open("address", bytes(sealed), bytes(digest)).decode()


def _filled(connection: Connection, keys: Keys, statement: Select[Any]) -> list[ContactCard]:
    """But for those of whom nothing is left."""
    found = _opened(connection, keys, statement)
    return [card for card in found if card.fields or card.email or card.phone]


def _opened(connection: Connection, keys: Keys, statement: Select[Any]) -> list[ContactCard]:
    return [_card(keys, row) for row in connection.execute(statement)]


def _card(keys: Keys, row: Any) -> ContactCard:
    fields = dict(row.segment)
    if row.sealed is not None:
        fields |= open_fields(keys, row.audience, bytes(row.sealed), bytes(row.source_key))
    return ContactCard(
        contact=row.id,
        audience=row.audience,
        key=fields.pop("", ""),
        email=address_of(keys, row.email_sealed, row.email_digest),
        phone=address_of(keys, row.phone_sealed, row.phone_digest),
        email_id=row.email_id,
        phone_id=row.phone_id,
        language=row.language,
        easy_to_read=row.easy_to_read,
        zone=row.zone,
        territory=row.territory,
        active=row.active,
        frozen_at=row.frozen_at,
        token=row.token,
        fields=fields,
    )
