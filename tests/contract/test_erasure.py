"""Erasing somebody: what is left of them, in the tables and in the bytes of the files."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url

from scheduler.domain.answers.replies import Reply
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.subscriptions import Subscription
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import DeliveryId
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.people.person import ContactCard
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people.retention import PERSONAL
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.schema.record_tables import reply, subscription_request
from scheduler.store.schema.tables import address, consent, contact, delivery, event
from tests.samples.ledger import DUE, PATIENTS, STAFF, Book, person

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
CANARY = "Canari des Iles"


async def card_of(book: Book, who: str) -> ContactCard:
    (card,) = await book.people.find(who, None)
    return card


async def fill(book: Book, audience: Audience = STAFF) -> ContactCard:
    """A person with something in every table, among others."""
    others = [person(number) for number in range(2, 300)]
    canary = replace(person(1), fields={"prenom": "Zoé", "service": CANARY})
    await book.take_in(audience, *others[:150], canary, *others[150:])
    card = await card_of(book, "K1")
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    heard = Reply(channel="sms", provider_id="SM1", sender=card.phone, text="Bonjour à vous")
    await replies.take(heard, Hearing(kind=ReplyKind.OTHER), NOW, answerable=False)
    wish = Subscription(
        audience=audience.name,
        email=normalise_email(card.email),
        variant="fr",
        wording="J’accepte.",
        version="1",
    )
    requests = SubscriptionLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    await requests.ask(wish, audience, NOW)
    return card


async def sealed_values(book: Book, card: ContactCard) -> list[bytes]:
    """What the ledger's files hold of this person, as bytes."""
    found = [CANARY.encode(), card.token.encode()]
    rows = await book.rows(select(contact.c.sealed).where(contact.c.id == card.contact))
    rows += await book.rows(
        select(address.c.sealed).where(address.c.id.in_([card.email_id, card.phone_id]))
    )
    rows += await book.rows(select(reply.c.sealed))
    return found + [bytes(row.sealed) for row in rows]


async def test_only_digests_and_counts_are_left(book: Book) -> None:
    card = await fill(book)
    await book.plan("email", STAFF)
    claim = await book.claim()
    await book.ledger.take_intents(claim, [150, 151], DUE)
    sent = Outcome(
        delivery_id=DeliveryId(151), state=DeliveryState.SENT, at=DUE, provider_id="SM-1"
    )
    await book.ledger.record([sent])
    before = await book.states()

    await book.people.erase(card, "Camille", NOW)

    (row,) = await book.rows(select(contact).where(contact.c.id == card.contact))
    assert (row.sealed, row.segment, row.email_id, row.phone_id) == (None, {}, None, None)
    assert (row.active, row.language) == (False, "")
    assert row.token != card.token
    theirs = select(address).where(address.c.id.in_([card.email_id, card.phone_id]))
    assert [one.sealed for one in await book.rows(theirs)] == [None, None]
    assert await book.rows(select(consent).where(consent.c.contact_id == card.contact)) == []
    assert [one.sealed for one in await book.rows(reply)] == [None]
    assert await book.rows(subscription_request) == []
    assert {one.provider_id for one in await book.rows(delivery)} == {""}
    assert {one.detail for one in await book.rows(event)} <= {""}
    assert sum((await book.states()).values()) == sum(before.values())


async def test_an_address_that_is_being_sent_to_is_emptied_too(book: Book) -> None:
    card = await fill(book)
    await book.plan("email", STAFF)
    claim = await book.claim()
    rows = select(delivery.c.id).where(delivery.c.contact_id == card.contact)
    ((mine,),) = await book.rows(rows)
    assert await book.ledger.take_intents(claim, [mine], DUE) == {mine}

    await book.people.erase(card, "Camille", NOW)

    theirs = select(address.c.sealed).where(address.c.id == card.email_id)
    assert [one.sealed for one in await book.rows(theirs)] == [None]
    given_back = Outcome(delivery_id=mine, state=DeliveryState.WAITING, at=DUE, next_at=DUE)
    await book.ledger.record([given_back])
    due = {one.delivery_id: one for one in await book.ledger.due(claim, NOW, 1000)}
    assert due[mine].to == ""
    assert mine not in await book.ledger.take_intents(claim, list(due), DUE)
    (row,) = await book.rows(select(delivery).where(delivery.c.id == mine))
    assert (row.state, row.reason) == ("left-out", "opted-out")


async def test_nothing_of_them_is_sealed_again_when_a_file_still_names_them(book: Book) -> None:
    card = await fill(book)
    await book.people.erase(card, "Camille", NOW)
    row = replace(person(1), fields={"prenom": "Zoé", "service": CANARY})

    for _ in range(2):
        await book.take_in(STAFF, row, at=NOW)

    theirs = select(address.c.sealed).where(address.c.id.in_([card.email_id, card.phone_id]))
    assert [one.sealed for one in await book.rows(theirs)] == [None, None]
    (again,) = await book.rows(select(contact).where(contact.c.email_id == card.email_id))
    assert (again.sealed, again.segment) == (None, {})
    assert await book.rows(select(consent).where(consent.c.contact_id == again.id)) == []
    assert await book.contact_files.count_opted_out([row]) == 2
    assert await book.people.find("K1", None) == []
    assert len([one async for one in book.people.contacts("staff")]) == 298


async def test_a_new_number_of_theirs_is_kept_and_the_closed_address_is_not(book: Book) -> None:
    card = await fill(book)
    await book.people.erase(card, "Camille", NOW)

    await book.take_in(STAFF, replace(person(1), phone="+33639989999"), at=NOW)

    again = await card_of(book, "K1")
    assert (again.email, again.phone) == ("", "+33639989999")


async def test_somebody_else_at_the_address_keeps_what_is_theirs(book: Book) -> None:
    card = await fill(book)
    await book.take_in(PATIENTS, person(1, key="R1", phone=None))

    await book.people.erase(card, "Camille", NOW)
    await book.take_in(PATIENTS, person(1, key="R1", phone=None))

    other = await card_of(book, "R1")
    assert other.email == "p1@example.org"
    assert other.fields == {"prenom": "Prénom 1"}


async def test_the_files_forget_the_bytes(book: Book, ledger_url: str) -> None:
    card = await fill(book)
    await book.plan("email", STAFF)
    values = await sealed_values(book, card)
    file = Path(make_url(ledger_url).database or "")
    files = [file, file.with_name(f"{file.name}-wal")] if book.ledger.database.is_sqlite else []
    written = b"".join(one.read_bytes() for one in files)
    assert all(value in written for value in values) or not files

    await book.people.erase(card, "Camille", NOW)

    assert await book.ledger.database.scrub(PERSONAL)
    left = b"".join(one.read_bytes() for one in files)
    assert [value for value in values if value in left] == []
