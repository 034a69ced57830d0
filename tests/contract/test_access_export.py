"""A person's own data, whole, and nothing of anybody else's (GDPR article 15)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.answers.replies import Reply
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import DeliveryId
from scheduler.domain.message import AddressKind
from scheduler.domain.people.imports import SAMPLE_ORIGIN
from scheduler.domain.people.person import ContactCard
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.schema.record_tables import audit, subscription_request
from scheduler.store.schema.tables import delivery
from tests.samples.ledger import AGREED, DUE, MADE, PATIENTS, STAFF, Book, person

LATER = datetime(2026, 10, 5, 9, tzinfo=UTC)


async def card_of(book: Book, who: str) -> ContactCard:
    (card,) = await book.people.find(who, None)
    return card


async def look(book: Book, who: str) -> dict[str, Any]:
    return await book.people.dossier(await card_of(book, who), "Camille", LATER)


async def answer(book: Book, number: str, text: str) -> None:
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    heard = Reply(channel="sms", provider_id=f"SM{number}{text}", sender=number, text=text)
    await replies.take(heard, Hearing(kind=ReplyKind.OTHER), LATER, answerable=False)


async def ask(book: Book, address_id: int | None, audience: str) -> None:
    values = {
        "address_id": address_id,
        "audience": audience,
        "channel": "email",
        "language": "fr",
        "wording": f"J’accepte ({audience}).",
        "asked_at": MADE,
    }
    await book.ledger.database.write(
        lambda connection: connection.execute(insert(subscription_request).values(values))
    )


async def test_everything_the_ledger_holds_on_somebody_is_in_it(book: Book) -> None:
    given = replace(AGREED, wording="Oui, par courriel.")
    row = replace(person(1), proofs={"email": given, "sms": AGREED})
    await book.take_in(STAFF, row)
    await book.plan("email", STAFF)
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1], DUE)
    await book.ledger.note_event(
        Event(
            delivery_id=DeliveryId(1),
            provider_id="",
            kind=EventKind.DELIVERED,
            code="",
            detail="",
            at=LATER,
        )
    )
    card = await card_of(book, "K1")
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(LATER, one_click=True))
    await answer(book, card.phone, "Merci de m’appeler")
    await ask(book, card.email_id, "staff")

    found = await look(book, "K1")

    assert (found["email"], found["phone"]) == ("p1@example.org", "+33639980001")
    assert (found["key"], found["fields"]) == ("K1", {"prenom": "Prénom 1"})
    assert found["short_link"] == card.token
    assert found["source"][0]["origin"] == SAMPLE_ORIGIN
    assert found["source"][0]["file_hash"] == "0" * 64
    assert {one["wording"] for one in found["consents"]} == {"Oui, par courriel.", "J’accepte."}
    assert all({"version", "how", "at", "file_hash"} <= set(one) for one in found["consents"])
    assert [one["route"] for one in found["opt_outs"]] == ["one-click"]
    assert [one["text"] for one in found["replies"]] == ["Merci de m’appeler"]
    assert [one["wording"] for one in found["requests"]] == ["J’accepte (staff)."]
    (message,) = found["messages"]
    assert message["occurrence"] == "cybermois/1-porte/2026-10-04"
    assert (message["basis"], message["to"]) == ("legitimate-interest", "p1@example.org")
    assert message["text"] == "f1"
    assert [one["kind"] for one in message["events"]] == ["delivered"]


async def test_two_contacts_of_one_address_see_only_what_is_theirs(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    # No token, made of letters and figures by chance, holds such a key.
    other = person(2, email="p1@example.org", phone="+33639980001", key="Réf. 2")
    await book.take_in(PATIENTS, replace(other, fields={"prenom": "Dominique"}))
    card = await card_of(book, "K1")
    await answer(book, card.phone, "Ma consultation de jeudi")
    await ask(book, card.email_id, "patients")
    await book.plan("email", STAFF)

    found = await look(book, "K1")

    assert "Dominique" not in str(found)
    assert "patients" not in str(found)
    assert "Réf. 2" not in str(found)
    assert [(one["text"], one["shared_number"]) for one in found["replies"]] == [("", True)]
    assert found["requests"] == []
    assert len(found["messages"]) == 1


async def test_a_former_address_that_is_another_s_now_is_not_looked_into(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", STAFF)
    await book.take_in(
        STAFF, person(1, email="moved@example.org"), person(2, email="p1@example.org")
    )
    (taken,) = await book.people.find("p1@example.org", AddressKind.EMAIL)
    assert taken.email_id is not None
    await book.people.opt_out(taken.email_id, by_email_link(LATER, one_click=True))

    assert (await look(book, "K1"))["opt_outs"] == []
    assert len((await look(book, "K2"))["opt_outs"]) == 1


async def test_each_look_and_each_erasure_is_written_down_without_a_name(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book, "K1")

    await book.people.dossier(card, "Camille", LATER)
    again = await book.people.dossier(card, "Camille", LATER + timedelta(hours=1))
    await book.people.erase(card, "Sacha", LATER)

    entries = await book.rows(audit)
    assert [(row.actor, row.act, row.subject) for row in entries] == [
        ("Camille", "show", "contact 1"),
        ("Camille", "show", "contact 1"),
        ("Sacha", "erase", "contact 1"),
    ]
    assert [one["act"] for one in again["acts"]] == ["show"]
    assert (await book.hand.verify_audit()).broken_at is None


async def test_a_message_that_names_no_text_or_address_is_told_too(book: Book) -> None:
    await book.take_in(STAFF, person(1, phone=None))
    await book.plan("sms", STAFF)
    await book.ledger.database.write(
        lambda connection: connection.execute(update(delivery).values(content_id=None))
    )

    (message,) = (await look(book, "K1"))["messages"]

    assert (message["state"], message["reason"]) == ("left-out", "no-address")
    assert (message["to"], message["text"]) == ("", "")
