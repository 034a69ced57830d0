"""An address that somebody erased had once is its next holder's, whole; on both databases."""

from datetime import UTC, datetime

from sqlalchemy import select

from scheduler.store.schema.tables import address
from tests.samples.ledger import PATIENTS, Book, person

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


async def test_a_former_address_of_somebody_erased_is_sealed_for_its_next_holder(
    book: Book,
) -> None:
    await book.take_in(PATIENTS, person(1))
    moved = person(9, key="K1")
    await book.take_in(PATIENTS, moved)
    (card,) = await book.people.find("K1", None)
    await book.people.erase(card, "Camille", NOW)

    await book.take_in(PATIENTS, person(1, key="R99"), at=NOW)

    (found,) = await book.people.find("R99", None)
    assert (found.email, found.phone) == ("p1@example.org", "+33639980001")


async def test_somebodys_erasure_closes_nobody_elses_emptied_address(book: Book) -> None:
    """Of several at once in one file, the erased person's last address alone stays closed."""
    await book.take_in(PATIENTS, person(1))
    await book.take_in(PATIENTS, person(9, key="K1"))
    (card,) = await book.people.find("K1", None)
    await book.people.erase(card, "Camille", NOW)
    rows = [person(1, key="R99"), person(9, key="R98")]

    told = await book.contact_files.count_opted_out(rows)
    await book.take_in(PATIENTS, *rows, at=NOW)

    sealed = {
        row.id: row.sealed is not None
        for row in await book.rows(select(address).order_by(address.c.id))
    }
    assert [sealed[one] for one in (card.email_id, card.phone_id)] == [False, False]
    assert sum(sealed.values()) == 2
    # What stays closed is what the import tells.
    assert told == 2
