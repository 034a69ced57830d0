"""A PostgreSQL ledger put back from ``pg_dump`` asks before it sends, and knows its opt-outs."""

from pathlib import Path

import pytest

from scheduler.domain.consent.optout import by_email_link
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.high_water import advance
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replaying import RESTORED, accept_restored, replay
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.setup import open_ledger
from tests.parts.postgres import dump, restore
from tests.samples.ledger import DUE, MADE, STAFF, Book, person

pytestmark = pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)


async def opened(url: str, keys_file: Path, journal: Path) -> Book:
    found = await open_ledger(url, keys_file, MADE)
    kept = OptOutJournal(journal, found.keys.check_value)
    ledger = Ledger(found.database, found.keys, found.made_at, kept)
    return Book(ledger=ledger, people=PeopleLedger(found.database, found.keys, ledger.optouts))


async def replayed(book: Book) -> tuple[int, str]:
    """Opt-outs given back, and why nothing may be sent."""
    assert book.ledger.journal is not None
    found = await replay(book.ledger.database, book.ledger.journal, DUE)
    return found.added, found.doubt


async def leave_once(book: Book) -> None:
    """Something is about to leave: the ledger's mark moves, and this replica's journal notes it."""
    assert book.ledger.journal is not None
    book.ledger.journal.note_mark(await book.ledger.database.write(advance))


@pytest.fixture
async def yesterday(ledger_url: str, keys_file: Path, tmp_path: Path) -> tuple[str, Path]:
    """A ledger put back: after its dump something left and somebody opted out, at one replica."""
    file, journal = tmp_path / "yesterday.dump", tmp_path / "first.optouts"
    book = await opened(ledger_url, keys_file, journal)
    await book.take_in(STAFF, person(1))
    await leave_once(book)
    dump(ledger_url, file)
    await leave_once(book)
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(DUE, one_click=True))
    await book.ledger.close()
    restore(file, ledger_url)
    return ledger_url, journal


async def test_it_asks_before_it_sends(yesterday: tuple[str, Path], keys_file: Path) -> None:
    url, journal = yesterday
    book = await opened(url, keys_file, journal)
    assert await book.people.opt_outs() == []

    assert await replayed(book) == (1, "the journal has seen mark 2, the ledger is at 1")

    (alarm,) = await book.ledger.open_alarms()
    assert alarm.kind == RESTORED
    (row,) = await book.people.opt_outs()
    assert (row.address, row.channel) == ("p1@example.org", "email")
    assert book.ledger.journal is not None
    await accept_restored(book.ledger.database, book.ledger.journal, "Nadia", DUE)
    assert await replayed(book) == (0, "")
    await book.ledger.close()


async def test_each_replica_knows_by_its_own_journal(
    yesterday: tuple[str, Path], keys_file: Path, tmp_path: Path
) -> None:
    """The one that has sent since asks; one that was idle since has nothing to ask about."""
    url, journal = yesterday
    idle = await opened(url, keys_file, tmp_path / "second.optouts")
    assert idle.ledger.journal is not None
    idle.ledger.journal.note_mark(1)

    assert (await replayed(idle))[1] == ""

    first = await opened(url, keys_file, journal)
    assert (await replayed(first))[1] != ""
    for book in (idle, first):
        await book.ledger.close()
