"""Refusals that come while something else is half done, on SQLite and PostgreSQL: none is lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from scheduler.domain.answers.decisions import ReportDecision
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.refusal_lists import Said
from scheduler.flow.people.refusing import take_refusals
from scheduler.inbox.reports.reading import read_report
from scheduler.store.answers.bounce_ledger import BounceLedger
from scheduler.store.audit import verify
from scheduler.store.ledger import Ledger
from scheduler.store.optouts import replaying
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.people import taking_in
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.schema.record_tables import audit
from scheduler.store.schema.tables import contact, suppression
from scheduler.store.setup import open_ledger
from tests.interleaved import both
from tests.samples.ledger import MADE, STAFF, Book, person
from tests.samples.report import dsn

LATER = MADE + timedelta(days=30)


def bounces_of(book: Book) -> BounceLedger:
    return BounceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def refuse(book: Book, *texts: str) -> Any:
    rows = [Said(row=row, cells=(text,)) for row, text in enumerate(texts, 1)]
    return await take_refusals(rows, book.people, lambda: LATER)


async def acts(book: Book) -> list[tuple[str, str]]:
    columns = (suppression.c.reason, suppression.c.route)
    rows = await book.rows(select(*columns).where(suppression.c.lifted_at.is_(None)))
    return sorted((row.reason, row.route) for row in rows)


def people_come(book: Book, *numbers: int) -> Any:
    rows = [person(number) for number in numbers]
    keys = book.ledger.keys
    return lambda c: taking_in.take_in(c, keys, Destinations(), STAFF, rows, None, LATER)


async def bars(book: Book, number: int) -> bool:
    return await book.people.has_opted_out(AddressKind.EMAIL, f"p{number}@example.org", "email")


async def test_a_list_taken_over_while_a_file_names_its_people(book: Book, elsewhere: Book) -> None:
    report = await both(
        book, people_come(book, 1, 2), lambda: refuse(elsewhere, "p1@example.org", "p3@example.org")
    )

    assert (report.rows, report.new) == (2, 2)
    await book.contact_files.end_absent(STAFF, 0)
    await book.take_in(STAFF, person(3))
    assert [await bars(book, number) for number in (1, 2, 3)] == [True, False, True]
    assert await acts(book) == [("opted-out", "list")] * 2


async def test_a_file_that_names_people_while_a_list_is_taken_over(
    book: Book, elsewhere: Book
) -> None:
    listed = [f"p{number}@example.org" for number in range(1, 21)]

    async def file() -> None:
        for first in range(1, 21, 5):
            await elsewhere.take_in(STAFF, *map(person, range(first, first + 5)))

    await asyncio.gather(refuse(book, *listed), file())

    assert all([await bars(book, number) for number in range(1, 21)])
    assert len(await book.rows(contact)) == 20


async def test_two_who_take_over_one_list_at_once_say_it_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    listed = ["p1@example.org", "+33 6 39 98 00 09", "K1"]

    found = await asyncio.gather(refuse(book, *listed), refuse(elsewhere, *listed))

    # A row of the list, and the number of whoever the key is.
    assert await acts(book) == [("opted-out", "list")] * 3
    assert sum(report.new for report in found) == 3
    assert (await refuse(book, *listed)).new == 0


async def waiting_report(book: Book) -> int:
    report = read_report(dsn(recipient="p1@example.org"))
    await bounces_of(book).take_unproven([report], LATER)
    (waiting,) = await bounces_of(book).open_reports()
    return waiting.id


async def test_a_report_that_came_before_the_file_closes_the_address_all_the_same(
    book: Book, elsewhere: Book
) -> None:
    number = await waiting_report(book)

    await elsewhere.take_in(STAFF, person(1))
    closed = await bounces_of(book).close_report(number, ReportDecision.BOUNCED, "Ana", LATER)
    again = await bounces_of(book).close_report(number, ReportDecision.BOUNCED, "Luc", LATER)

    assert (closed, again) == (True, False)
    (row,) = await book.rows(contact)
    assert await book.people.is_suppressed(row.email_id, "email")


async def test_a_report_decided_while_its_address_says_no_loses_neither(
    book: Book, elsewhere: Book
) -> None:
    await book.take_in(STAFF, person(1))
    number = await waiting_report(book)
    (row,) = await book.rows(contact)
    no = by_email_link(LATER, one_click=True, person=row.id)

    def closing(connection: Connection) -> None:
        bounces_of(book)._close(connection, number, ReportDecision.BOUNCED, "Ana", LATER)

    await both(book, closing, lambda: elsewhere.people.opt_out(row.email_id, no))

    assert await acts(book) == [("bounced", "bounce"), ("opted-out", "one-click")]


async def test_two_who_decide_of_a_report_at_once_decide_once(book: Book, elsewhere: Book) -> None:
    await book.take_in(STAFF, person(1))
    number = await waiting_report(book)

    found = await asyncio.gather(
        bounces_of(book).close_report(number, ReportDecision.BOUNCED, "Ana", LATER),
        bounces_of(elsewhere).close_report(number, ReportDecision.NOTED, "Luc", LATER),
    )

    assert sorted(found) == [False, True]
    assert len([row for row in await book.rows(audit) if row.act == "close-report"]) == 1


@pytest.fixture
async def restored(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> AsyncIterator[tuple[Book, Book]]:
    """Two processes, each with its journal, on a ledger that was put back from a backup."""
    opened = []
    for name in ("one", "two"):
        found = await open_ledger(ledger_url, keys_file, MADE)
        journal = OptOutJournal(tmp_path / name, found.keys.check_value)
        ledger = Ledger(found.database, found.keys, found.made_at, journal)
        kept = PeopleLedger(found.database, found.keys, ledger.optouts)
        opened.append(Book(ledger=ledger, people=kept))
        journal.note_mark(9)
    for book in opened:
        assert (await replay(book)).doubt
    yield opened[0], opened[1]
    for book in opened:
        await book.ledger.close()


async def replay(book: Book) -> Any:
    assert book.ledger.journal is not None
    return await replaying.replay(book.ledger.database, book.ledger.journal, LATER)


async def accept(book: Book, who: str) -> None:
    assert book.ledger.journal is not None
    await replaying.accept_restored(book.ledger.database, book.ledger.journal, who, LATER)


async def test_a_restored_ledger_accepted_by_two_at_once_is_accepted(
    restored: tuple[Book, Book],
) -> None:
    one, two = restored

    await asyncio.gather(accept(one, "Ana"), accept(two, "Luc"))
    await accept(one, "Ana")

    for book in restored:
        assert not (await replay(book)).doubt
    said = [row.actor for row in await one.rows(audit) if row.act == "accept-restored"]
    assert sorted(said) == ["Ana", "Ana", "Luc"]
    assert (await one.ledger.database.read(verify)).broken_at is None


async def test_who_says_no_while_a_restored_ledger_is_accepted_is_heard(
    restored: tuple[Book, Book],
) -> None:
    one, two = restored
    await one.take_in(STAFF, person(1))
    (row,) = await one.rows(contact)
    no = by_email_link(LATER, one_click=True, person=row.id)

    await both(
        one,
        lambda c: replaying._accept(c, 9, "journal", "Ana", LATER),
        lambda: two.people.opt_out(row.email_id, no),
    )
    await accept(two, "Luc")

    assert not (await replay(two)).doubt
    assert await bars(one, 1)
    assert await acts(one) == [("opted-out", "one-click")]
