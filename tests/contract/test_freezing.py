"""A frozen person (GDPR article 18): nothing is sent to them, and nothing of them erased."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from scheduler.domain.answers.replies import Reply
from scheduler.domain.errors import Frozen
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.person import ContactCard
from scheduler.domain.people.retention import RetentionRules
from scheduler.flow.people.retention import Retention
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.record_tables import audit, reply
from scheduler.store.schema.tables import address, consent, contact, delivery
from tests.contract.test_retention import Rehearsed
from tests.samples.ledger import DUE, PATIENTS, STAFF, Book, person

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
RULES = RetentionRules(
    contacts_years=3,
    leavers_days=30,
    proofs_years=5,
    deliveries_months=12,
    replies_months=6,
    rehearsal_days=7,
)


async def card_of(book: Book, who: str) -> ContactCard:
    (card,) = await book.people.find(who, None)
    return card


async def freeze(book: Book, who: str = "K1") -> ContactCard:
    card = await card_of(book, who)
    assert await book.people.freeze(card, "Dominique", NOW)
    return card


async def test_a_frozen_person_is_left_out_when_a_slot_is_planned(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await freeze(book)

    await book.plan()

    assert await book.states() == {"left-out frozen": 1, "waiting": 1}


async def test_a_freeze_after_planning_holds_at_the_intent(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan()
    await freeze(book)
    claim = await book.claim()

    rows = [row.id for row in await book.rows(delivery)]
    taken = await book.ledger.take_intents(claim, rows, DUE)

    assert len(taken) == 1
    assert await book.states() == {"left-out frozen": 1, "sending": 1}


async def test_nobody_gives_way_to_somebody_frozen(book: Book) -> None:
    await book.take_in(STAFF, person(1), replace(person(2), email=person(1).email))
    await freeze(book)

    await book.plan()

    assert await book.states() == {"left-out frozen": 1, "waiting": 1}


async def test_an_import_changes_nothing_of_a_frozen_person(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    before = await freeze(book)

    changed = person(1, email="autre@example.org", phone="+33639989999", language="en")
    await book.take_in(STAFF, replace(changed, fields={"prenom": "Autre"}), at=NOW)

    after = await card_of(book, "K1")
    assert replace(after, frozen_at=None) == before


async def test_an_erasure_is_refused_in_words_until_the_freeze_is_lifted(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    card = await freeze(book)

    with pytest.raises(Frozen, match=r"frozen since 2026-10-05 .*contacts unfreeze"):
        await book.people.erase(card, "Camille", NOW)
    assert (await card_of(book, "K1")).email == "p1@example.org"

    assert await book.people.unfreeze(card, "Dominique", NOW)
    await book.people.erase(card, "Camille", NOW)
    assert await book.people.find("K1", None) == []


async def test_retention_erases_nothing_of_a_frozen_person(book: Book) -> None:
    await book.take_in(PATIENTS, person(1), person(2))
    await book.take_in(STAFF, person(1), person(2))
    await book.plan(audience=PATIENTS)
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    for number in (1, 2):
        said = Reply(
            channel="sms",
            provider_id=f"SM{number}",
            sender=f"+3363998{number:04}",
            text="Bonjour à vous",
        )
        await replies.take(said, Hearing(kind=ReplyKind.OTHER), NOW, answerable=False)
    await book.ledger.database.write(
        lambda one: one.execute(update(delivery).values(state="sent", reason=""))
    )
    for card in await book.people.find("K1", None):
        await book.people.freeze(card, "Dominique", NOW)
    # A former address of theirs, which nobody has any more.
    await book.ledger.database.write(
        lambda one: one.execute(
            update(contact).where(contact.c.frozen_at.is_not(None)).values(email_id=None)
        )
    )
    # The staff's complete file names neither.
    start = ImportStart(
        audience=STAFF, file_hash="0" * 64, origin="un essai", basis="consent", mode="replace"
    )
    number = await book.contact_files.begin_import(start, NOW)
    await book.contact_files.finish_import(number, {}, NOW, complete=STAFF)

    ledger = RetentionLedger(book.ledger.database, {"patients"})
    step = Retention(rules=RULES, ledger=ledger, rehearsal=Rehearsed())
    await step.run(NOW + timedelta(days=4 * 366), "Camille")

    people = await book.rows(select(contact.c.sealed, contact.c.frozen_at))
    assert {(row.sealed is None, row.frozen_at is None) for row in people} == {
        (False, False),
        (True, True),
    }
    assert len(await book.rows(consent)) == 4
    rows = await book.rows(delivery)
    assert [row.contact_id is None for row in rows] == [False, True]
    assert [row.sealed is None for row in await book.rows(reply)] == [False, True]
    emails = await book.rows(select(address.c.sealed).where(address.c.kind == "email"))
    assert sorted(row.sealed is None for row in emails) == [False, True]


async def test_freezing_may_be_said_twice_and_the_first_day_counts(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    card = await freeze(book)

    assert not await book.people.freeze(card, "Dominique", NOW + timedelta(days=1))

    assert (await card_of(book, "K1")).frozen_at == NOW
    assert await book.people.unfreeze(card, "Dominique", NOW)
    assert not await book.people.unfreeze(card, "Dominique", NOW)
    acts = [(row.act, row.actor, row.subject) for row in await book.rows(audit)]
    assert acts == [
        ("freeze", "Dominique", f"contact {card.contact}"),
        ("unfreeze", "Dominique", f"contact {card.contact}"),
    ]
