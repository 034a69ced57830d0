"""An occurrence that ended without anybody waits again for its mended date; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.store.schema.tables import batch, content, delivery, event, slot
from tests.samples.ledger import DUE, FIRST_SUNDAY, STAFF, Book, person

LATER = replace(FIRST_SUNDAY, date=date(2026, 10, 11))
NOW = DUE + timedelta(days=3)


async def nobody_reached(book: Book, state: OccurrenceState) -> int:
    await book.take_in(STAFF, person(1), person(2, email=None))
    await book.ledger.plan(await book.slot_plan(no_window=True), DUE)
    (row,) = await book.ledger.occurrences()
    await book.ledger.set_state(row.occurrence_id, state)
    return row.occurrence_id


async def replan(book: Book, one: object = LATER) -> list[tuple[str, str]]:
    return await book.ledger.replan([one], NOW.date(), NOW)  # type: ignore[list-item]


@pytest.mark.parametrize("state", [OccurrenceState.FINISHED, OccurrenceState.MISSED])
async def test_where_the_day_was_why_it_waits_again(book: Book, state: OccurrenceState) -> None:
    number = await nobody_reached(book, state)

    assert await replan(book) == [("cybermois/1-porte/2026-10-04", "cybermois/1-porte/2026-10-11")]
    assert await replan(book) == []

    (row,) = await book.ledger.occurrences()
    assert (row.occurrence_id, row.date, row.state) == (
        number,
        LATER.date,
        OccurrenceState.SCHEDULED,
    )
    for table in (slot, delivery, content, batch):
        assert await book.rows(table) == []
    assert [one.act.act for one in await book.hand.audit_entries(5)] == ["replan"]


async def test_on_the_same_day_or_on_one_that_is_over_nothing_changes(book: Book) -> None:
    await nobody_reached(book, OccurrenceState.MISSED)

    assert await replan(book, FIRST_SUNDAY) == []
    assert await replan(book, replace(LATER, date=date(2026, 10, 6))) == []


@pytest.mark.parametrize("state", [one for one in DeliveryState if one != DeliveryState.LEFT_OUT])
async def test_where_one_may_have_got_it_nothing_comes_back(
    book: Book, state: DeliveryState
) -> None:
    await nobody_reached(book, OccurrenceState.FINISHED)
    first = (await book.rows(delivery))[0].id
    of_first = update(delivery).where(delivery.c.id == first).values(state=state)
    await book.ledger.database.write(lambda connection: connection.execute(of_first))

    assert await replan(book) == []


async def test_where_something_was_heard_of_it_nothing_comes_back(book: Book) -> None:
    await nobody_reached(book, OccurrenceState.MISSED)
    heard = insert(event).values(
        delivery_id=(await book.rows(delivery))[0].id, kind="bounced", at=NOW
    )
    await book.ledger.database.write(lambda connection: connection.execute(heard))

    assert await replan(book) == []


async def test_where_people_were_why_it_stays_finished(book: Book) -> None:
    await book.take_in(STAFF, person(1, email=None))
    await book.ledger.plan(await book.slot_plan(), DUE)
    (row,) = await book.ledger.occurrences()
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.FINISHED)

    assert await replan(book) == []


async def test_what_a_person_cancelled_stays_cancelled(book: Book) -> None:
    await nobody_reached(book, OccurrenceState.CANCELLED)

    assert await replan(book) == []
