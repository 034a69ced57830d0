"""Two acts at the same moment, on SQLite and PostgreSQL: the first is half done when the second
comes. Each leaves what it would alone, and nobody is lost between them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select, update

from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import LedgerError
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.retention import Kept
from scheduler.domain.planning import KeptText
from scheduler.store import stopping
from scheduler.store.answers.uncertain import UncertainLedger
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people import erasure, taking_in
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.planning.one_slot import plan_some
from scheduler.store.schema.tables import address, contact, content, delivery
from scheduler.store.steering import acts as steering
from tests.interleaved import both
from tests.samples.ledger import (
    DUE,
    FIRST_SUNDAY,
    MADE,
    PATIENTS,
    STAFF,
    Book,
    person,
)

LATER = MADE + timedelta(days=60)


async def start_of(book: Book, mode: str = "add") -> int:
    start = ImportStart(audience=STAFF, file_hash="d", origin="x", basis="contract", mode=mode)
    return await book.contact_files.begin_import(start, LATER)


async def test_two_audiences_brought_forward_at_once_are_both(book: Book, elsewhere: Book) -> None:
    await book.occurrence()

    await both(
        book,
        lambda c: steering.bring_forward(c, FIRST_SUNDAY, ["staff"], "Ana", MADE),
        lambda: elsewhere.hand.bring_forward(FIRST_SUNDAY, ["patients"], "Camille", MADE),
    )

    (row,) = await book.ledger.occurrences()
    assert sorted(row.forced) == ["patients", "staff"]


async def test_cancelled_while_it_is_brought_forward_it_is_over(
    book: Book, elsewhere: Book
) -> None:
    row = await book.occurrence()

    found = await both(
        book,
        lambda c: steering.cancel(c, row, "Ana", MADE),
        lambda: elsewhere.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", MADE),
    )

    assert found.state is OccurrenceState.CANCELLED
    assert [one.forced for one in await book.ledger.occurrences()] == [{}]


async def test_allowed_by_two_at_once_it_is_allowed_once(book: Book, elsewhere: Book) -> None:
    asked = Approval(
        message="fuite",
        occurrence=Occurrence(campaign="fuite", episode="avis", season="un", date=DUE.date()),
        fingerprint="f" * 64,
        audiences=("staff",),
        asked_by="Camille",
        asked_at=DUE,
    )
    await book.hand.ask_approval(asked)

    found = await asyncio.gather(
        book.hand.allow(asked, "Dominique", DUE), elsewhere.hand.allow(asked, "Sacha", DUE)
    )

    assert sorted(one is None for one in found) == [False, True]
    (row,) = await book.ledger.occurrences()
    assert sorted(row.forced) == ["staff"]


async def texts_of(book: Book, said: str) -> list[tuple[KeptText, str, str]]:
    row = await book.occurrence()
    return [(one, said, f'"{said}"') for one in await book.hand.kept_texts(row.occurrence_id)]


async def test_two_who_take_new_texts_at_once_take_one(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan()
    row, ana, camille = (
        await book.occurrence(),
        await texts_of(book, "ana"),
        await texts_of(book, "camille"),
    )

    found = await both(
        book,
        lambda c: steering.refresh(c, row, ana, "Ana", DUE),
        lambda: elsewhere.hand.refresh(row, camille, "Camille", DUE),
    )

    assert isinstance(found, LedgerError)
    assert [one.fingerprint for one in await book.rows(content)] == ["f1", "ana"]


async def test_a_slot_planned_while_texts_are_renewed_has_the_new_ones(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    await book.take_in(PATIENTS, person(2))
    await book.plan()
    row, new = await book.occurrence(), await texts_of(book, "new")
    plan = await elsewhere.slot_plan("email", STAFF, forced=True)
    await book.take_in(STAFF, person(3), at=MADE)

    await both(
        book,
        lambda c: steering.refresh(c, row, new, "Ana", DUE),
        lambda: elsewhere.ledger.plan(plan, DUE),
    )
    # And the other way round: what is planned is there to be renewed.
    again = await texts_of(book, "newer")
    await book.take_in(STAFF, person(4), at=MADE)
    await both(
        book,
        lambda c: plan_some(c, plan, DUE),
        lambda: elsewhere.hand.refresh(row, again, "Ana", DUE),
    )

    said = {one.id: one.fingerprint for one in await book.rows(content)}
    assert [said[one.content_id] for one in await book.rows(delivery)] == ["newer"] * 3


async def test_stopped_by_two_at_once_it_is_stopped_once(book: Book, elsewhere: Book) -> None:
    second = await both(
        book,
        lambda c: stopping.stop_all(c, "Ana", MADE),
        lambda: elsewhere.hand.stop_all("Camille", MADE),
    )
    gone_on = await both(
        book,
        lambda c: stopping.resume_all(c, "Ana", MADE),
        lambda: elsewhere.hand.resume_all("Camille", MADE),
    )

    assert (second, gone_on) == (False, False)


# What forgets people, beside what names them


async def test_who_is_named_while_leavers_are_forgotten_is_not(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in (1, 2)))
    complete = await start_of(book, "replace")
    await book.contact_files.take_in(STAFF, [person(9)], complete, MADE)
    await book.contact_files.finish_import(complete, {}, MADE, complete=STAFF)
    retention = RetentionLedger(elsewhere.ledger.database, ())
    named = await start_of(book)

    forgotten = await both(
        book,
        lambda c: _take_in(book, c, [person(1)], named),
        lambda: retention.forget_some(Kept.LEAVERS, LATER + timedelta(days=1), 0, LATER),
    )

    assert forgotten[0] == 1
    assert [card.key async for card in book.people.contacts()] == ["K1", "K9"]
    assert (await book.people.find("K1", None))[0].email == "p1@example.org"


async def test_forgotten_by_two_at_once_they_are_counted_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, 6)))
    complete = await start_of(book, "replace")
    await book.contact_files.finish_import(complete, {}, MADE, complete=STAFF)
    limit = LATER + timedelta(days=1)

    found = await asyncio.gather(
        *(
            RetentionLedger(one.ledger.database, ()).forget_some(Kept.LEAVERS, limit, 0, LATER)
            for one in (book, elsewhere)
        )
    )

    assert sum(count for count, _ in found) == 5


async def test_an_address_that_somebody_comes_to_have_is_not_emptied(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1, phone=None))
    await book.take_in(STAFF, person(1, email="new@example.org", phone=None))
    retention = RetentionLedger(elsewhere.ledger.database, ())
    named = await start_of(book)

    await both(
        book,
        lambda c: _take_in(book, c, [person(2, email="p1@example.org", phone=None)], named),
        lambda: retention.forget_some(Kept.ADDRESSES, LATER, 0, LATER),
    )

    (card,) = await book.people.find("K2", None)
    assert card.email == "p1@example.org"


async def test_an_address_that_somebody_else_comes_to_have_outlives_an_erasure(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    (card,) = await book.people.find("K1", None)
    shared = replace(person(2), email=person(1).email)
    named = await start_of(book)

    await both(
        book,
        lambda c: _take_in(book, c, [shared], named),
        lambda: elsewhere.people.erase(card, "Camille", LATER),
    )

    rows = await book.rows(select(address.c.sealed).where(address.c.id == card.email_id))
    assert rows[0].sealed is not None


async def test_erased_while_an_import_moves_them_they_are_gone_at_both_addresses(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1, phone=None))
    (card,) = await book.people.find("K1", None)
    moved = await start_of(book)

    await both(
        book,
        lambda c: _take_in(book, c, [person(1, email="new@example.org", phone=None)], moved),
        lambda: elsewhere.people.erase(card, "Camille", LATER),
    )
    await book.take_in(STAFF, person(1, email="new@example.org", phone=None), at=LATER)

    assert await book.people.find("new@example.org", AddressKind.EMAIL) == []
    assert all(row.sealed is None for row in await book.rows(address))


async def test_an_import_that_comes_upon_an_erasure_brings_nobody_back(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1, phone=None))
    (card,) = await book.people.find("K1", None)
    named = await start_of(book)

    await both(
        book,
        lambda c: erasure.erase(c, card, LATER),
        lambda: elsewhere.contact_files.take_in(STAFF, [person(1, phone=None)], named, LATER),
    )

    assert all(row.sealed is None for row in await book.rows(contact))
    assert all(row.sealed is None for row in await book.rows(address))


def _take_in(book: Book, connection: Connection, rows: Sequence[Row], number: int) -> None:
    """One group of an import, within the caller's transaction."""
    taking_in.take_in(connection, book.ledger.keys, Destinations(), STAFF, rows, number, LATER)


async def test_paused_and_cancelled_at_once_it_is_cancelled(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan()
    row = await book.occurrence()
    live = [OccurrenceState.RUNNING]

    changed = await both(
        book,
        lambda c: steering.cancel(c, row, "Ana", DUE),
        lambda: elsewhere.hand.change(row, OccurrenceState.PAUSED, live, "Camille", DUE),
    )

    assert changed is False
    assert await book.states() == {"cancelled": 1}


async def test_doubt_decided_by_two_at_once_is_decided_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan()
    await book.ledger.database.write(
        lambda connection: connection.execute(update(delivery).values(state="uncertain"))
    )
    (row,) = await book.rows(delivery)
    ledgers = [
        UncertainLedger(one.ledger.database, one.ledger.keys, OptOutWriter(one.ledger.database))
        for one in (book, elsewhere)
    ]

    resent, closed = await asyncio.gather(
        ledgers[0].resend([row.id], "Ana", DUE),
        ledgers[1].close([row.id], ClosedAs.SENT, "Camille", DUE),
    )

    assert sorted(one.refused is None for one in (*resent, *closed)) == [False, True]
