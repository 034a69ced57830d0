"""What has an intent and isn't begun is asked again, and the ledger says who may still be told."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from scheduler.domain.answers.replies import Reply
from scheduler.domain.consent.optout import by_email_link, by_mail, by_operator
from scheduler.domain.consent.preferences import stopped
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import DeliveryId
from scheduler.domain.message import AddressKind
from scheduler.domain.sending import Claim
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.people.preferences import PreferenceLedger
from tests.samples.ledger import DUE, STAFF, Book, person

NOW = DUE + timedelta(minutes=1)
PHONE = "+33639980001"


@pytest.fixture
async def claim(book: Book) -> Claim:
    await book.take_in(STAFF, *(person(number) for number in range(1, 4)))
    await book.plan("email")
    claim = await book.claim()
    assert await book.ledger.take_intents(claim, [1, 2, 3], DUE) == {1, 2, 3}
    return claim


async def still_may(book: Book, claim: Claim) -> set[int]:
    return await book.ledger.still_may(claim, [1, 2, 3], NOW)


async def test_whoever_has_an_intent_may_begin_until_something_is_said(
    book: Book, claim: Claim
) -> None:
    assert await still_may(book, claim) == {1, 2, 3}

    sent = Outcome(delivery_id=DeliveryId(3), state=DeliveryState.SENT, at=NOW)
    await book.ledger.record([sent])

    assert await still_may(book, claim) == {1, 2}


@pytest.mark.parametrize("act", [by_email_link(NOW, one_click=True), by_operator("email", NOW)])
async def test_who_refused_may_not_and_is_left_out_at_the_next_intent(
    book: Book, claim: Claim, act: object
) -> None:
    await book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", act)  # type: ignore[arg-type]

    assert await still_may(book, claim) == {1, 3}

    back = Outcome(delivery_id=DeliveryId(2), state=DeliveryState.WAITING, at=NOW, next_at=NOW)
    await book.ledger.record([back])
    assert await book.ledger.take_intents(claim, [2], NOW) == set()
    assert await book.states() == {"sending": 2, "left-out opted-out": 1}


async def by_reply(book: Book) -> None:
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    heard = Reply(channel="sms", provider_id="SM1", sender=PHONE, text="STOP")
    await replies.take(heard, Hearing(kind=ReplyKind.OPT_OUT), NOW, answerable=False)


async def by_preferences(book: Book) -> None:
    ledger = PreferenceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    holder = await ledger.holder_by_email(card.email_id, card.contact)
    assert holder is not None
    await ledger.change(holder, stopped, NOW)


async def by_mailto(book: Book) -> None:
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.ledger.optouts.opt_out(card.email_id, by_mail(NOW))


async def by_an_operator(book: Book) -> None:
    people = PeopleLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    act = by_operator("email", NOW)
    await people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", act)


@pytest.mark.parametrize("leave", [by_reply, by_preferences, by_mailto, by_an_operator])
async def test_whatever_way_somebody_leaves_what_is_in_hand_hears_of_it_at_once(
    book: Book, leave: Callable[[Book], Awaitable[None]]
) -> None:
    await book.take_in(STAFF, person(1))
    before = book.ledger.heard

    await leave(book)

    assert book.ledger.heard != before


async def test_nobody_hears_of_it_before_the_ledger_says_so(book: Book) -> None:
    """Who asks again at once would otherwise get the answer of before, and believe it."""
    await book.take_in(STAFF, person(1))
    act, before, during = by_email_link(NOW, one_click=True), book.ledger.heard, []
    (card,) = await book.people.find("K1", None)

    def leaving(connection: Connection) -> None:
        assert card.email_id is not None
        book.ledger.optouts.record(connection, [(card.email_id, act)])
        during.append(book.ledger.heard)

    await book.ledger.database.write(leaving)

    assert during == [before] != [book.ledger.heard]


async def pause(book: Book) -> None:
    row = await book.occurrence()
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.PAUSED)


async def stop_all(book: Book) -> None:
    await book.hand.stop_all("Camille", NOW)


async def halt(book: Book) -> None:
    await book.ledger.raise_halt("cybermois", "email", "5.7.26", NOW)


@pytest.mark.parametrize("hold", [pause, stop_all, halt])
async def test_what_is_held_by_hand_or_by_its_provider_does_not_begin(
    book: Book, claim: Claim, hold: Callable[[Book], Awaitable[None]]
) -> None:
    await hold(book)

    assert await still_may(book, claim) == set()


async def test_an_address_changed_meanwhile_or_a_limit_passed_is_no_beginning(
    book: Book, claim: Claim
) -> None:
    await book.take_in(STAFF, person(1, email="neuve@example.org"), at=NOW)

    assert await still_may(book, claim) == {2, 3}
    assert await book.ledger.still_may(claim, [2, 3], claim.not_after + timedelta(hours=1)) == set()
