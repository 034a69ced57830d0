"""More acts at the same moment, on SQLite and PostgreSQL: on one person, on one number."""

import asyncio
from datetime import UTC, datetime, timedelta
from inspect import unwrap

from sqlalchemy import select

from scheduler.domain.answers.decisions import ReplyDecision
from scheduler.domain.answers.replies import Reply
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.consent.optout import by_sms
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import Frozen
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import ContactCard
from scheduler.domain.people.retention import Kept
from scheduler.store import freezing
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people import erasure
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.tables import contact, suppression
from scheduler.store.steering import acts as steering
from tests.interleaved import both
from tests.samples.ledger import DUE, FIRST_SUNDAY, MADE, STAFF, Book, person

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
ANA = "+33639980001"


async def card_of(book: Book, who: str = "K1") -> ContactCard:
    (card,) = await book.people.find(who, None)
    return card


def replies_of(book: Book) -> ReplyLedger:
    return ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


def said(number: int) -> Reply:
    return Reply(channel="sms", provider_id=f"SM{number}", sender=ANA, text="bof")


async def doubt(book: Book, number: int) -> None:
    hearing = Hearing(kind=ReplyKind.DOUBT)
    await replies_of(book).take(said(number), hearing, NOW, answerable=True)


async def is_held(book: Book) -> bool:
    return await book.people.has_opted_out(AddressKind.PHONE, ANA, "sms")


# One person


async def test_who_is_frozen_while_they_are_erased_is_not_erased(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book)

    found = await both(
        book,
        lambda c: freezing.freeze(c, card.contact, NOW),
        lambda: elsewhere.people.erase(card, "Camille", NOW),
    )

    assert isinstance(found, Frozen)
    assert (await card_of(book)).email == "p1@example.org"


async def test_who_is_erased_while_they_are_frozen_is_not_said_to_be_frozen(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book)

    found = await both(
        book,
        lambda c: erasure.erase(c, card, NOW),
        lambda: elsewhere.people.freeze(card, "Dominique", NOW),
    )

    assert found is False
    assert [row.frozen_at for row in await book.rows(contact)] == [None]


async def test_who_is_frozen_while_leavers_are_forgotten_stays(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.contact_files.end_absent(STAFF, 0)
    card = await card_of(book)
    retention = RetentionLedger(elsewhere.ledger.database, ())
    late = NOW + timedelta(days=400)

    forgotten = await both(
        book,
        lambda c: freezing.freeze(c, card.contact, NOW),
        lambda: retention.forget_some(Kept.LEAVERS, late, 0, late),
    )

    assert forgotten[0] <= 1
    assert (await card_of(book)).email == "p1@example.org"


async def test_erased_by_two_at_once_they_are_gone_and_refused_for_good(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book)

    await asyncio.gather(
        book.people.erase(card, "Ana", NOW), elsewhere.people.erase(card, "Camille", NOW)
    )

    rows = await book.rows(select(suppression.c.address_id).where(suppression.c.reason == "erased"))
    assert {one for (one,) in rows} == {card.email_id, card.phone_id}
    assert await book.people.find("K1", None) == []


async def test_an_opt_out_while_they_are_erased_holds_beside_the_erasure(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book)
    number = card.phone_id or 0

    await both(
        book,
        lambda c: erasure.erase(c, card, NOW),
        lambda: elsewhere.ledger.optouts.opt_out(number, by_sms(NOW)),
    )

    assert await is_held(book)
    await book.take_in(STAFF, person(2, phone=ANA))
    assert await is_held(book)


# One number

close = unwrap(ReplyLedger.close_reply)
take = unwrap(ReplyLedger.take)


async def test_two_doubts_of_a_number_decided_at_once_hold_it_no_more(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    await doubt(book, 1)
    await doubt(book, 2)
    first, second = [row.id for row in await book.rows(reply)]
    assert await is_held(book)

    await both(
        book,
        lambda c: close(replies_of(book), c, first, ReplyDecision.NOTED, "Ana", NOW),
        lambda: replies_of(elsewhere).close_reply(second, ReplyDecision.NOTED, "Camille", NOW),
    )

    assert not await is_held(book)


async def test_a_doubt_that_comes_while_another_is_decided_holds_the_number(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    await doubt(book, 1)
    (first,) = [row.id for row in await book.rows(reply)]

    await both(
        book,
        lambda c: close(replies_of(book), c, first, ReplyDecision.NOTED, "Ana", NOW),
        lambda: doubt(elsewhere, 2),
    )

    assert await is_held(book)


async def test_a_doubt_decided_while_another_comes_holds_the_number(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    await doubt(book, 1)
    (first,) = [row.id for row in await book.rows(reply)]

    await both(
        book,
        lambda c: take(
            replies_of(book), c, said(2), Hearing(kind=ReplyKind.DOUBT), NOW, answerable=True
        ),
        lambda: replies_of(elsewhere).close_reply(first, ReplyDecision.NOTED, "Camille", NOW),
    )

    assert await is_held(book)


async def test_decided_by_two_at_once_a_reply_is_decided_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    await doubt(book, 1)
    (number,) = [row.id for row in await book.rows(reply)]

    second = await both(
        book,
        lambda c: close(replies_of(book), c, number, ReplyDecision.NOTED, "Ana", NOW),
        lambda: replies_of(elsewhere).close_reply(number, ReplyDecision.OPT_OUT, "Camille", NOW),
    )

    assert second is False
    assert not await is_held(book)


async def test_two_texts_of_a_number_at_once_are_answered_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))

    second = await both(
        book,
        lambda c: take(
            replies_of(book), c, said(1), Hearing(kind=ReplyKind.HELP), NOW, answerable=True
        ),
        lambda: replies_of(elsewhere).take(
            said(2), Hearing(kind=ReplyKind.HELP), NOW, answerable=True
        ),
    )

    assert second.answer is False
    assert [row.answered_at is not None for row in await book.rows(reply)] == [True, False]


# One occurrence


async def test_allowed_while_it_is_cancelled_it_is_over(book: Book, elsewhere: Book) -> None:
    row = await book.occurrence()
    asked = Approval(
        message="porte",
        occurrence=FIRST_SUNDAY,
        fingerprint="f" * 64,
        audiences=("staff",),
        asked_by="Camille",
        asked_at=DUE,
    )
    await book.hand.ask_approval(asked)

    found = await both(
        book,
        lambda c: steering.cancel(c, row, "Ana", DUE),
        lambda: elsewhere.hand.allow(asked, "Dominique", DUE),
    )

    assert found.state is OccurrenceState.CANCELLED
    assert [one.forced for one in await book.ledger.occurrences()] == [{}]


async def test_cancelled_while_it_is_allowed_it_is_over(book: Book, elsewhere: Book) -> None:
    row = await book.occurrence()

    await both(
        book,
        lambda c: steering.bring_forward(c, FIRST_SUNDAY, ["staff"], "Dominique", MADE),
        lambda: elsewhere.hand.cancel(row, "Ana", DUE),
    )

    (found,) = await book.ledger.occurrences()
    assert found.state is OccurrenceState.CANCELLED


async def test_brought_forward_twice_at_once_everybody_has_one_row(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1), person(2))
    plan = await elsewhere.slot_plan("email", STAFF, forced=True)

    await both(
        book,
        lambda c: steering.bring_forward(c, FIRST_SUNDAY, ["staff"], "Ana", DUE),
        lambda: elsewhere.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", DUE),
    )
    await asyncio.gather(book.ledger.plan(plan, DUE), elsewhere.ledger.plan(plan, DUE))

    assert await book.states() == {"waiting": 2}
    assert len(await book.ledger.occurrences()) == 1
