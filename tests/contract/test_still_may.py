"""What has an intent and isn't begun is asked again, and the ledger says who may still be told."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.message import AddressKind
from scheduler.domain.optout import by_email_link, by_operator
from scheduler.domain.sending import Claim
from tests.samples.ledger import DUE, STAFF, Book, person

NOW = DUE + timedelta(minutes=1)


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

    sent = Outcome(delivery=3, state=DeliveryState.SENT, at=NOW)
    await book.ledger.record([sent])

    assert await still_may(book, claim) == {1, 2}


@pytest.mark.parametrize("act", [by_email_link(NOW, one_click=True), by_operator("email", NOW)])
async def test_who_refused_may_not_and_is_left_out_at_the_next_intent(
    book: Book, claim: Claim, act: object
) -> None:
    await book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", act)  # type: ignore[arg-type]

    assert await still_may(book, claim) == {1, 3}

    back = Outcome(delivery=2, state=DeliveryState.WAITING, at=NOW, next_at=NOW)
    await book.ledger.record([back])
    assert await book.ledger.take_intents(claim, [2], NOW) == set()
    assert await book.states() == {"sending": 2, "left-out opted-out": 1}


async def pause(book: Book) -> None:
    row = await book.occurrence()
    await book.ledger.set_state(row.row, OccurrenceState.PAUSED)


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
