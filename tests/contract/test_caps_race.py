"""A person's cap, when two daemons plan at the same moment."""

import asyncio
from datetime import date
from pathlib import Path

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.measure.caps import CapLimit
from scheduler.store.planning.one_slot import plan_some
from tests.samples.ledger import DUE, MADE, STAFF, Book, open_book, person

ONCE = [CapLimit(since=MADE, messages=1)]
OTHER = Occurrence(campaign="rappel", episode="octobre", season="2026-10", date=date(2026, 10, 5))


async def test_two_planners_at_once_never_both_pass_a_persons_cap(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    first = await book.slot_plan("email", caps=ONCE)
    second = await book.slot_plan("email", one=OTHER, caps=ONCE)

    with book.ledger.database.writing() as connection:
        assert plan_some(connection, first, DUE)
        planning = asyncio.create_task(elsewhere.ledger.plan(second, DUE))
        _, waiting = await asyncio.wait([planning], timeout=0.3)
    count = await planning

    assert waiting
    assert count is not None
    assert (count.waiting, count.left_out) == (0, 1)
    assert await book.states() == {"waiting": 1, "left-out cap": 1}


async def test_a_persons_cap_holds_after_a_restart(
    book: Book, ledger_url: str, keys_file: Path
) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", caps=ONCE)

    again = await open_book(ledger_url, keys_file)
    await again.plan("email", one=OTHER, caps=ONCE)
    await again.ledger.close()

    assert await book.states() == {"waiting": 1, "left-out cap": 1}
