"""Whom a file brought in and no message told: named after 25 days, within the month of the law."""

from datetime import timedelta

from sqlalchemy import Connection, update

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.people.imports import UNTOLD_AFTER
from scheduler.store.schema.tables import delivery
from tests.samples.ledger import MADE, STAFF, Book, person

LATE = MADE + UNTOLD_AFTER
DIRECTORY = "l’annuaire de la région"


async def told(book: Book) -> list[tuple[str, str, int]]:
    found = await book.ledger.never_told(LATE)
    return [(one.audience, one.origin, one.people) for one in found]


async def test_an_import_is_named_with_those_who_wait(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2), origin=DIRECTORY)
    await book.take_in(STAFF, person(3), origin="une liste", at=MADE + timedelta(seconds=1))

    assert await told(book) == [("staff", DIRECTORY, 2)]


async def test_who_has_got_a_message_is_told(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2), origin=DIRECTORY)
    await book.plan()
    first, _ = await book.rows(delivery)

    def sent(connection: Connection) -> None:
        one = update(delivery).where(delivery.c.id == first.id)
        connection.execute(one.values(state=DeliveryState.SENT))

    await book.ledger.database.write(sent)

    assert await told(book) == [("staff", DIRECTORY, 1)]


async def test_our_own_file_and_the_samples_wait_for_nobody(book: Book) -> None:
    await book.take_in(STAFF, person(1), origin="les RH", own_file=True)
    await book.take_in(STAFF, person(2))

    assert await told(book) == []


async def test_who_has_no_address_can_be_told_nothing_here(book: Book) -> None:
    await book.take_in(STAFF, person(1, email=None, phone=None), origin=DIRECTORY)

    assert await told(book) == []
