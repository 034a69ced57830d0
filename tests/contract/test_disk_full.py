"""While the disk is full: opt-outs are kept beside the ledger, and nothing leaves before it."""

import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import NotRecorded
from scheduler.domain.ids import ContactId
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.reserve import SIZE
from scheduler.store.optouts.writer import OptOutWriter
from tests.samples.ledger import DUE, STAFF, Book, person


@pytest.fixture
async def journal(book: Book, tmp_path: Path) -> OptOutJournal:
    """The ledger's own, with room written ahead, and two people a message waits for."""
    made = OptOutJournal(tmp_path / "kept" / "x.optouts", book.ledger.keys.check_value)
    book.ledger.journal = made
    book.ledger.optouts = OptOutWriter(book.ledger.database, made, book.ledger.keys)
    await book.ledger.optouts.prepare()
    await book.take_in(STAFF, person(1), person(2))
    await book.plan()
    return made


@asynccontextmanager
async def full_disk(book: Book) -> AsyncIterator[None]:
    """No file grows any more; on a server, the ledger's own."""
    if book.ledger.database.is_sqlite:
        log = Path(f"{ledger_file(book)}-wal")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        return
    await book.ledger.database.write(_fill)
    yield
    drop = text("DROP TRIGGER full_disk ON suppression")
    await book.ledger.database.write(lambda connection: connection.execute(drop))


def ledger_file(book: Book) -> str:
    with book.ledger.database.writing() as connection:
        return str(make_url(str(connection.engine.url)).database)


def _fill(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$"
        )
    )
    connection.execute(
        text(
            "CREATE TRIGGER full_disk BEFORE INSERT ON suppression "
            "FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    )


async def leave(book: Book, address: int = 1) -> bool:
    act = by_email_link(DUE, one_click=True, person=ContactId(address))
    return await book.ledger.optouts.opt_out(address, act)


async def opt_outs(book: Book) -> int:
    count = text("SELECT count(*) FROM suppression")
    found = await book.ledger.database.read(lambda one: one.execute(count).scalar())
    return int(found or 0)


async def test_an_opt_out_is_kept_and_is_in_the_ledger_as_soon_as_it_takes_writes(
    book: Book, journal: OptOutJournal
) -> None:
    async with full_disk(book):
        assert await leave(book)
        assert await leave(book)
        assert await book.ledger.optouts.bring_in() == 0
        assert await opt_outs(book) == 0
        assert b"one-click" in journal.reserve.read()

    assert await book.ledger.optouts.bring_in() == 1

    assert await opt_outs(book) == 1
    assert journal.reserve.read() == b""
    assert journal.reserve.path.stat().st_size == SIZE
    found = journal.read()
    assert found is not None
    assert [one.route for one in found.records] == ["one-click"]
    assert await book.ledger.optouts.bring_in() == 0


async def test_nothing_leaves_before_the_ledger_has_it(book: Book, journal: OptOutJournal) -> None:
    claim = await book.claim()
    async with full_disk(book):
        await leave(book)

    assert await book.ledger.take_intents(claim, [1, 2], DUE) == set()

    await book.ledger.optouts.bring_in()
    assert await book.ledger.take_intents(claim, [1, 2], DUE) == {2}


async def test_what_another_process_set_aside_is_brought_in(
    book: Book, journal: OptOutJournal
) -> None:
    """A command beside the daemon; or the daemon before, killed in that hour."""
    async with full_disk(book):
        await leave(book)
    beside = OptOutWriter(book.ledger.database, journal, book.ledger.keys)
    assert not beside.holds_aside

    assert await beside.bring_in() == 1

    assert await opt_outs(book) == 1


async def test_with_the_room_used_up_nobody_is_told_a_yes(
    book: Book, journal: OptOutJournal
) -> None:
    async with full_disk(book):
        await leave(book)
        held = len(journal.reserve.read())
        journal.reserve.append(b" " * (SIZE - held - 1))
        with pytest.raises(NotRecorded):
            await leave(book, 2)

    await book.ledger.optouts.bring_in()
    assert await opt_outs(book) == 1


async def test_without_room_written_ahead_nobody_is_told_a_yes(
    book: Book, journal: OptOutJournal
) -> None:
    journal.reserve.path.unlink()

    async with full_disk(book):
        with pytest.raises(NotRecorded):
            await leave(book)

    await book.ledger.optouts.bring_in()
    assert not book.ledger.optouts.holds_aside


async def test_a_line_that_was_torn_costs_no_other(book: Book, journal: OptOutJournal) -> None:
    async with full_disk(book):
        await leave(book)
    journal.reserve.append(b'00000000 {"act":"opt-')

    assert await book.ledger.optouts.bring_in() == 1
