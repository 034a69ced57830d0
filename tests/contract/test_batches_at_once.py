"""A batch that is given back while an answer of it is written: what waits is never forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from scheduler.domain.delivery import BatchState, DeliveryState, OccurrenceState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Claim, Lane
from scheduler.store.schema.tables import batch, occurrence
from scheduler.store.sending.claiming import release
from scheduler.store.sending.intents import record
from tests.interleaved import both
from tests.samples.ledger import DUE, STAFF, Book, person

EMAIL = Lane(channel="email")
LATER = DUE + timedelta(minutes=2)
REFUSED = Outcome(
    delivery_id=DeliveryId(1), state=DeliveryState.WAITING, at=DUE, reason="451 come back"
)


@pytest.fixture
async def claim(book: Book) -> Claim:
    """Somebody's only message is under way."""
    await book.take_in(STAFF, person(1))
    await book.plan()
    claim = await book.claim()
    assert await book.ledger.take_intents(claim, [1], DUE) == {1}
    return claim


async def may_be_claimed(book: Book) -> bool:
    return bool(await book.ledger.open_slots(EMAIL, LATER))


async def finish(book: Book) -> None:
    """As a look at the calendar does where nothing waits and nothing is under way."""
    await book.ledger.database.write(
        lambda c: c.execute(update(occurrence).values(state=OccurrenceState.FINISHED))
    )


async def test_it_is_given_back_while_a_refusal_for_now_is_written(
    book: Book, elsewhere: Book, claim: Claim
) -> None:
    await both(book, lambda c: record(c, [REFUSED], None), lambda: elsewhere.ledger.release(claim))

    assert await may_be_claimed(book)


async def test_a_refusal_for_now_is_written_while_it_is_given_back(
    book: Book, elsewhere: Book, claim: Claim
) -> None:
    await both(
        book, lambda c: release(c, claim), lambda: elsewhere.ledger.record([REFUSED], [], [])
    )

    assert await may_be_claimed(book)


async def test_a_start_opens_what_was_called_done_too_early(book: Book, claim: Claim) -> None:
    await book.ledger.enter("one", "host:1", DUE)
    await book.ledger.record([REFUSED], [], [])
    await book.ledger.database.write(
        lambda c: c.execute(update(batch).values(state=BatchState.DONE, owner=None))
    )
    await finish(book)
    assert not await may_be_claimed(book)

    await book.ledger.recover([], LATER)

    assert await may_be_claimed(book)


async def test_what_a_silent_replica_gave_back_leaves_though_the_rest_is_over(
    book: Book, claim: Claim
) -> None:
    await book.ledger.release(claim)
    await finish(book)

    await book.ledger.record([REFUSED], [], [])

    assert await may_be_claimed(book)
