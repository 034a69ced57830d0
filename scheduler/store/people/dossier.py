"""Everything the ledger holds on one person (GDPR article 15), and nothing on anybody else.

Some rows hang on an address rather than on a person. What came from an address that another contact
holds too may be the other's: of such a reply only the fact is given, and a request for another
audience is left out.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select

from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.people.person import ContactCard
from scheduler.domain.values import frozen
from scheduler.store.keys.sealing import Keys
from scheduler.store.schema.burst_tables import domain_burst, refusal
from scheduler.store.schema.list_tables import listed, recipient_list
from scheduler.store.schema.newcomer_tables import newcomer
from scheduler.store.schema.record_tables import audit, reply, subscription_request
from scheduler.store.schema.tables import (
    address,
    consent,
    contact,
    content,
    delivery,
    event,
    import_,
    occurrence,
    suppression,
)


@frozen
class _Addresses:
    #: Theirs now, and the former ones that nobody else holds.
    own: Collection[int]
    #: Those of them that another contact holds too.
    shared: Collection[int]


def dossier(connection: Connection, keys: Keys, card: ContactCard) -> dict[str, Any]:
    """JSON-ready; instants in ISO 8601, UTC."""
    addresses = _addresses(connection, card)
    return {
        "id": card.contact,
        "audience": card.audience,
        "key": card.key,
        "email": card.email,
        "destination_group": _destination(connection, card),
        "phone": card.phone,
        "language": card.language,
        "easy_to_read": card.easy_to_read,
        "zone": card.zone,
        "territory": card.territory,
        "active": card.active,
        "frozen_at": _plain(card.frozen_at),
        "fields": dict(card.fields),
        "short_link": card.token,
        "chosen_at": _chosen_at(connection, card),
        "source": _rows(connection, _source(card)),
        "consents": _consents(connection, keys, card),
        "opt_outs": _rows(connection, _opt_outs(card, addresses)),
        "refusals": _rows(connection, _refusals(addresses)),
        "requests": _requests(connection, card, addresses),
        "replies": _replies(connection, keys, addresses),
        "messages": _messages(connection, keys, card),
        "entry": _rows(connection, _entry(card)),
        "lists": _rows(connection, _lists(card)),
        "acts": _rows(connection, _acts(card)),
    }


def addresses_of(connection: Connection, contact_id: int) -> set[int]:
    """Every address a contact has, or was written to at."""
    current = select(contact.c.email_id, contact.c.phone_id).where(contact.c.id == contact_id)
    former = select(delivery.c.address_id).where(delivery.c.contact_id == contact_id).distinct()
    found = {one for row in connection.execute(current) for one in row}
    agreed = select(consent.c.address_id).where(consent.c.contact_id == contact_id).distinct()
    found |= {row.address_id for row in connection.execute(former.union(agreed))}
    return {one for one in found if one is not None}


def shared_among(connection: Connection, addresses: Collection[int], contact_id: int) -> set[int]:
    """Those of these addresses that another contact holds."""
    held = or_(contact.c.email_id.in_(addresses), contact.c.phone_id.in_(addresses))
    statement = select(contact.c.email_id, contact.c.phone_id).where(held)
    rows = connection.execute(statement.where(contact.c.id != contact_id))
    return {one for row in rows for one in row if one in addresses}


def _addresses(connection: Connection, card: ContactCard) -> _Addresses:
    every = addresses_of(connection, card.contact)
    shared = shared_among(connection, every, card.contact)
    current = {card.email_id, card.phone_id}
    own = {one for one in every if one in current or one not in shared}
    return _Addresses(own=own, shared=shared)


def _destination(connection: Connection, card: ContactCard) -> str:
    """The mail servers that the ledger has put their address down to; empty: none it knows."""
    mine = select(address.c.destination).where(address.c.id == card.email_id)
    return connection.execute(mine).scalar() or ""


def _chosen_at(connection: Connection, card: ContactCard) -> Any:
    statement = select(contact.c.chosen_at).where(contact.c.id == card.contact)
    return _plain(connection.execute(statement).scalar())


def _source(card: ContactCard) -> Any:
    return (
        select(
            import_.c.origin,
            import_.c.own.label("own_file"),
            import_.c.basis,
            import_.c.file_hash,
            import_.c.at.label("latest_import_at"),
            contact.c.imported_at,
        )
        .select_from(contact.outerjoin(import_, import_.c.id == contact.c.import_id))
        .where(contact.c.id == card.contact)
    )


def _consents(connection: Connection, keys: Keys, card: ContactCard) -> list[dict[str, Any]]:
    """Each with the address it was given with; empty where that is nobody's any more."""
    names = ("channel", "act", "wording", "version", "how", "at", "recorded_at")
    columns = [consent.c[name] for name in names]
    statement = (
        select(*columns, import_.c.file_hash, address.c.sealed, address.c.digest)
        .select_from(
            consent.outerjoin(import_, import_.c.id == consent.c.import_id).outerjoin(
                address, address.c.id == consent.c.address_id
            )
        )
        .where(consent.c.contact_id == card.contact)
        .order_by(consent.c.id)
    )
    return [
        {
            **{name: _plain(getattr(row, name)) for name in (*names, "file_hash")},
            "address": _opened(keys, row),
        }
        for row in connection.execute(statement)
    ]


def _opened(keys: Keys, row: Any) -> str:
    if row.sealed is None:
        return ""
    return keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()


def _opt_outs(card: ContactCard, addresses: _Addresses) -> Any:
    """What they asked for, at whatever address; and what is known by an address of theirs alone.

    Of an address that somebody else has too it isn't said that they asked: another may have.
    """
    names = ("channel", "scope", "reason", "route", "at", "lifted_at")
    columns = [suppression.c[name] for name in names]
    own = suppression.c.contact_id == card.contact
    alone = and_(
        suppression.c.contact_id.is_(None), suppression.c.address_id.not_in(addresses.shared)
    )
    # Who closed it and isn't them need not be told, nor that it was somebody else.
    by_whom = case((or_(own, alone), "person"), else_="address").label("by")
    return (
        select(address.c.kind.label("address"), by_whom, *columns)
        .join(address, address.c.id == suppression.c.address_id)
        .where(or_(own, suppression.c.address_id.in_(addresses.own)))
        .order_by(suppression.c.id)
    )


def _refusals(addresses: _Addresses) -> Any:
    """What their mail's own side refused these months; ``waits``: with its whole domain."""
    waits = and_(domain_burst.c.id.is_not(None), domain_burst.c.ended_at.is_(None))
    return (
        select(refusal.c.at, refusal.c.route, refusal.c.blames_address, waits.label("waits"))
        .outerjoin(domain_burst, domain_burst.c.id == refusal.c.burst_id)
        .where(refusal.c.address_id.in_(addresses.own))
        .order_by(refusal.c.id)
    )


def _requests(
    connection: Connection, card: ContactCard, addresses: _Addresses
) -> list[dict[str, Any]]:
    asked = subscription_request
    names = ("channel", "language", "wording", "version", "asked_at", "written_at", "confirmed_at")
    mine = or_(asked.c.audience == card.audience, asked.c.address_id.not_in(addresses.shared))
    statement = select(asked.c.audience, *(asked.c[name] for name in names)).where(
        asked.c.address_id.in_(addresses.own), mine
    )
    return _rows(connection, statement.order_by(asked.c.id))


def _replies(connection: Connection, keys: Keys, addresses: _Addresses) -> list[dict[str, Any]]:
    statement = select(reply).where(reply.c.address_id.in_(addresses.own)).order_by(reply.c.id)
    return [_reply(keys, addresses, row) for row in connection.execute(statement)]


def _reply(keys: Keys, addresses: _Addresses, row: Any) -> dict[str, Any]:
    shared = row.address_id in addresses.shared
    text = ""
    if row.sealed is not None and not shared:
        opened = keys.open("reply", bytes(row.sealed), row.provider_id.encode())
        text = json.loads(opened)["text"]
    names = ("channel", "kind", "at", "answered_at", "decision", "decided_at")
    return {
        **{name: _plain(getattr(row, name)) for name in names},
        "text": text,
        "shared_number": shared,
    }


def _messages(connection: Connection, keys: Keys, card: ContactCard) -> list[dict[str, Any]]:
    events = _events(connection, card)
    names = ("channel", "state", "reason", "basis", "at", "attempts")
    statement = (
        select(
            delivery.c.id,
            delivery.c.content_id,
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.season,
            occurrence.c.local_date,
            *(delivery.c[name] for name in names),
            address.c.sealed,
            address.c.digest,
            content.c.fingerprint,
        )
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .outerjoin(address, address.c.id == delivery.c.address_id)
        .outerjoin(content, content.c.id == delivery.c.content_id)
        .where(delivery.c.contact_id == card.contact)
        .order_by(delivery.c.id)
    )
    return [
        {
            "occurrence": printed_id(row.campaign, row.episode, row.season, row.local_date),
            **{name: _plain(getattr(row, name)) for name in names},
            "to": _opened(keys, row),
            "text": row.fingerprint or "",
            "content": row.content_id,
            "events": events.get(row.id, []),
        }
        for row in connection.execute(statement)
    ]


def _events(connection: Connection, card: ContactCard) -> Mapping[int, list[dict[str, Any]]]:
    statement = (
        select(event)
        .join(delivery, delivery.c.id == event.c.delivery_id)
        .where(delivery.c.contact_id == card.contact)
        .order_by(event.c.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(statement):
        learnt = {"kind": row.kind, "code": row.code, "detail": row.detail, "at": _plain(row.at)}
        found.setdefault(row.delivery_id, []).append(learnt)
    return found


def _entry(card: ContactCard) -> Any:
    """The day on which they came, while it is kept, and whether they are greeted for it."""
    names = ("entered_on", "state", "at")
    mine = select(*(newcomer.c[name] for name in names))
    return mine.where(newcomer.c.contact_id == card.contact)


def _lists(card: ContactCard) -> Any:
    """Lists of people that a message went to, with them in it."""
    names = ("campaign", "episode", "season", "at")
    return (
        select(*(recipient_list.c[name] for name in names))
        .join(listed, listed.c.list_id == recipient_list.c.id)
        .where(listed.c.contact_id == card.contact)
        .order_by(recipient_list.c.id)
    )


def _acts(card: ContactCard) -> Any:
    """What was done with their data by hand; by whom is the organisation's to say."""
    statement = select(audit.c.act, audit.c.at).where(audit.c.subject == subject_of(card.contact))
    return statement.order_by(audit.c.id)


def subject_of(contact_id: int) -> str:
    """How the audit log names a person."""
    return f"contact {contact_id}"


def _rows(connection: Connection, statement: Any) -> list[dict[str, Any]]:
    rows = connection.execute(statement).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
