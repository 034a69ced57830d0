"""How many a channel can reach: looked at each time, and where they are very many kept a minute."""

import asyncio
import gc
from weakref import ref

from scheduler.domain.message import AddressKind
from scheduler.domain.showing.desk import Reach
from scheduler.store.database import Database
from scheduler.store.reading.reached import KeptReach, kept_reach
from tests.samples.ledger import STAFF, Book, person

CHANNELS = {"email": AddressKind.EMAIL}


def members(found: list[Reach]) -> int:
    return sum(one.members for one in found)


async def test_few_are_looked_at_each_time(book: Book) -> None:
    reach = KeptReach(book.ledger.database)
    await book.take_in(STAFF, person(1))
    assert members(await reach.of(STAFF, CHANNELS)) == 1

    await _end_all(book)

    assert members(await reach.of(STAFF, CHANNELS)) == 0


async def test_very_many_are_kept_for_a_minute_and_then_renewed_behind_the_page(
    book: Book,
) -> None:
    now = [0.0]
    reach = KeptReach(book.ledger.database, many=1, clock=lambda: now[0])
    await book.take_in(STAFF, person(1), person(2), person(3))
    assert members(await reach.of(STAFF, CHANNELS)) == 3
    await _end_all(book)

    now[0] = 59.0
    assert members(await reach.of(STAFF, CHANNELS)) == 3

    now[0] = 60.0
    assert members(await reach.of(STAFF, CHANNELS)) == 3
    await _renewed(reach)
    assert members(await reach.of(STAFF, CHANNELS)) == 0


async def test_after_an_import_they_are_looked_at_at_once(book: Book) -> None:
    reach = KeptReach(book.ledger.database, many=1, moment=30, clock=lambda: 0.0)
    await book.take_in(STAFF, person(1), person(2))
    assert members(await reach.of(STAFF, CHANNELS)) == 2

    await book.take_in(STAFF, person(3))

    assert members(await reach.of(STAFF, CHANNELS)) == 3


async def test_a_page_waits_a_moment_for_whom_an_import_brought_and_the_next_has_them(
    book: Book,
) -> None:
    reach = KeptReach(book.ledger.database, many=1, moment=0, clock=lambda: 0.0)
    await book.take_in(STAFF, person(1), person(2))
    await reach.of(STAFF, CHANNELS)
    await book.take_in(STAFF, person(3))

    assert members(await reach.of(STAFF, CHANNELS)) == 2
    await _renewed(reach)
    assert members(await reach.of(STAFF, CHANNELS)) == 3


async def test_whoever_asks_while_they_are_looked_at_gets_the_same_answer(book: Book) -> None:
    reach = KeptReach(book.ledger.database, many=1, clock=lambda: 0.0)
    await book.take_in(STAFF, person(1), person(2))

    first, second = await asyncio.gather(reach.of(STAFF, CHANNELS), reach.of(STAFF, CHANNELS))

    assert first is second


async def test_what_was_found_outlives_the_configuration(book: Book) -> None:
    assert kept_reach(book.ledger.database) is kept_reach(book.ledger.database)


def test_what_was_found_goes_with_its_ledger() -> None:
    database = Database("sqlite://")
    kept_reach(database)
    gone = ref(database)

    del database
    gc.collect()

    assert gone() is None


async def test_other_channels_are_another_question(book: Book) -> None:
    reach = KeptReach(book.ledger.database, many=1)
    await book.take_in(STAFF, person(1), person(2))
    await reach.of(STAFF, CHANNELS)

    (found,) = await reach.of(STAFF, {"sms": AddressKind.PHONE})

    assert set(found.reachable) == {"sms"}


async def test_a_look_that_was_broken_off_leaves_what_was_known(book: Book) -> None:
    now = [0.0]
    reach = KeptReach(book.ledger.database, many=1, clock=lambda: now[0])
    await book.take_in(STAFF, person(1), person(2))
    await reach.of(STAFF, CHANNELS)
    now[0] = 61.0

    await reach.of(STAFF, CHANNELS)
    for one in reach._renewing.values():
        one.cancel()
    await _renewed(reach)

    assert members(await reach.of(STAFF, CHANNELS)) == 2
    await _renewed(reach)


async def _end_all(book: Book) -> None:
    """As a person's erasure or a directory's change does: no import says it."""
    await book.ledger.database.write(
        lambda connection: connection.exec_driver_sql("UPDATE contact SET active = 0")
    )


async def _renewed(reach: KeptReach) -> None:
    await asyncio.gather(*reach._renewing.values(), return_exceptions=True)
    await asyncio.sleep(0)
    assert not reach._renewing
