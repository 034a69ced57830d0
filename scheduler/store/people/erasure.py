"""Emptying people: at their own wish, for good, or because their time is over.

What stays of somebody is a contact without a field, their deliveries as counts, and the digests of
their addresses, which opt-outs hang on.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
    update,
)

from scheduler.domain.consent.optout import by_erasure
from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.people.person import ContactCard
from scheduler.store.freezing import GONE
from scheduler.store.optouts.rows import Objection, suppress_all
from scheduler.store.people.forgotten import keep_objections
from scheduler.store.schema.burst_tables import refusal
from scheduler.store.schema.list_tables import listed
from scheduler.store.schema.newcomer_tables import newcomer
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.record_tables import subscription_request as asked
from scheduler.store.schema.states import is_awaited, is_on_the_wire
from scheduler.store.schema.tables import address, consent, contact, delivery, event, suppression

IN_FLIGHT = (DeliveryState.WAITING, DeliveryState.SENDING)
#: What an address becomes when nobody has it any more: not even its servers are told.
EMPTIED = {"sealed": None, "destination": "", "domain": ""}


def erase(
    connection: Connection, card: ContactCard, now: datetime, *, keep_source_key: bool = False
) -> tuple[list[int], Sequence[OptOutRecord]]:
    """Empty a contact and close its addresses for good, on every channel; their ids, and what the
    journal is to know with the key that is kept."""
    closed = _addresses_at_the_end(connection, card)
    ends = [Objection(address=one, contact=card.contact, act=by_erasure(now)) for one in closed]
    suppress_all(connection, ends)
    _forget_words(connection, closed)
    return closed, forget(connection, [card.contact], now, keep_source_key=keep_source_key)


def forget(
    connection: Connection,
    contacts: Sequence[int],
    now: datetime,
    *,
    keep_source_key: bool = False,
) -> Sequence[OptOutRecord]:
    """Empty contacts, 1000 at most, and every address, former ones too, that is nobody else's.

    Opt-outs stay, each with its address; with ``keep_source_key`` also the keyed digest of the key
    that a file names the person by, and what the journal is to know of it is returned. What waits
    for these people is left out; what is being sent
    ends as it ends.
    """
    addresses = _addresses_of(connection, contacts)
    records = keep_objections(connection, contacts, keep_source_key=keep_source_key)
    theirs = delivery.c.contact_id.in_(contacts)
    connection.execute(update(delivery).where(theirs).values(consent_id=None, provider_id=""))
    connection.execute(
        update(delivery)
        .where(theirs, delivery.c.state == DeliveryState.WAITING)
        .values(state=DeliveryState.LEFT_OUT, reason=LeftOut.OPTED_OUT, at=now)
    )
    learnt = event.c.delivery_id.in_(select(delivery.c.id).where(theirs))
    connection.execute(update(event).where(learnt).values(detail=""))
    connection.execute(consent.delete().where(consent.c.contact_id.in_(contacts)))
    connection.execute(listed.delete().where(listed.c.contact_id.in_(contacts)))
    connection.execute(newcomer.delete().where(newcomer.c.contact_id.in_(contacts)))
    _forget_requests(connection, contacts)
    _empty_contacts(connection, contacts)
    _forget_addresses(connection, addresses, contacts)
    return records


def _addresses_at_the_end(connection: Connection, card: ContactCard) -> list[int]:
    """Those on the card, and those that an import gave them since it was drawn."""
    today = select(contact.c.email_id, contact.c.phone_id).where(contact.c.id == card.contact)
    row = connection.execute(today.with_for_update()).first() or (None, None)
    found = dict.fromkeys((card.email_id, card.phone_id, *row))
    return [one for one in found if one is not None]


def _hold(connection: Connection, addresses: Collection[int]) -> None:
    """Nobody comes to have one of these between the look whether anybody has it and its emptying:
    an import holds each address that it names."""
    held = select(address.c.id).where(address.c.id.in_(addresses)).order_by(address.c.id)
    connection.execute(held.with_for_update())


def empty_if_unused(connection: Connection, address_id: int) -> None:
    """Empty an address that no contact has and no message waits for."""
    _hold(connection, [address_id])
    connection.execute(update(address).where(address.c.id == address_id, ~in_use()).values(EMPTIED))


def in_use(but: Collection[int] = ()) -> ColumnElement[bool]:
    """Of an address: a contact has it, or a message to it, but for these contacts', is to end."""
    held = exists().where(
        or_(contact.c.email_id == address.c.id, contact.c.phone_id == address.c.id)
    )
    awaited = [
        select(delivery.c.address_id).where(
            in_flight, delivery.c.address_id.is_not(None), delivery.c.contact_id.not_in(but)
        )
        for in_flight in (is_awaited(), is_on_the_wire())
    ]
    return or_(held, address.c.id.in_(union_all(*awaited)))


def closed_by_erasure() -> ColumnElement[bool]:
    """Of an address: its holder was erased, and nobody else has it."""
    # No EXISTS: in the SET of an upsert nothing is correlated, and anybody's erasure would do.
    erased = select(suppression.c.address_id).where(
        suppression.c.reason == "erased", suppression.c.lifted_at.is_(None)
    )
    return and_(address.c.sealed.is_(None), address.c.id.in_(erased))


def _addresses_of(connection: Connection, contacts: Sequence[int]) -> list[int]:
    now = select(contact.c.email_id, contact.c.phone_id).where(contact.c.id.in_(contacts))
    then = select(delivery.c.address_id).where(delivery.c.contact_id.in_(contacts)).distinct()
    found = {one for row in connection.execute(now) for one in row}
    found |= set(connection.execute(then).scalars())
    agreed = select(consent.c.address_id).where(consent.c.contact_id.in_(contacts)).distinct()
    found |= set(connection.execute(agreed).scalars())
    return [one for one in found if one is not None]


def _forget_requests(connection: Connection, contacts: Sequence[int]) -> None:
    """What they asked for themselves; somebody else at the address may have asked for more."""
    theirs = exists().where(
        contact.c.id.in_(contacts),
        contact.c.email_id == asked.c.address_id,
        contact.c.audience == asked.c.audience,
    )
    connection.execute(asked.delete().where(theirs))


def _empty_contacts(connection: Connection, contacts: Sequence[int]) -> None:
    statement = (
        update(contact)
        .where(contact.c.id == bindparam("row"))
        .values(
            source_key=bindparam("key"),
            token=bindparam("nobody"),
            email_id=None,
            phone_id=None,
            active=False,
            segment={},
            sealed=None,
            language="",
            easy_to_read=False,
            chosen_at=None,
        )
    )
    rows = [
        {"row": one, "key": secrets.token_bytes(32), "nobody": f"{GONE}{secrets.token_hex(8)}"}
        for one in contacts
    ]
    connection.execute(statement, rows)


#: Values in one IN.
SOME = 500


def _forget_addresses(
    connection: Connection, addresses: Sequence[int], contacts: Sequence[int]
) -> None:
    for start in range(0, len(addresses), SOME):
        some = addresses[start : start + SOME]
        _hold(connection, some)
        gone = update(address).where(address.c.id.in_(some), ~in_use(contacts))
        emptied = list(connection.execute(gone.values(EMPTIED).returning(address.c.id)).scalars())
        _forget_words(connection, emptied)
        connection.execute(asked.delete().where(asked.c.address_id.in_(emptied)))
        connection.execute(refusal.delete().where(refusal.c.address_id.in_(emptied)))


def _forget_words(connection: Connection, addresses: Sequence[int]) -> None:
    """What was written to us from these numbers."""
    theirs = update(reply).where(reply.c.address_id.in_(addresses))
    connection.execute(theirs.values(sealed=None, address_id=None))
