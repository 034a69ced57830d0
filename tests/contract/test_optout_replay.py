"""Opt-outs outlive a ledger that is put back from a backup, on each of the two databases."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, text

from scheduler.domain.consent.optout import by_bad_address, by_email_link, by_short_link
from scheduler.domain.consent.optout_record import Replayed
from scheduler.domain.message import AddressKind
from scheduler.store.audit import verify
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replaying import RESTORED, accept_restored, replay
from scheduler.store.optouts.rows import Acts
from scheduler.store.optouts.writer import LARGEST_GROUP, UNWRITABLE, OptOutWriter
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.schema.record_tables import audit
from scheduler.store.schema.tables import address, meta, suppression
from scheduler.store.setup import open_ledger
from tests.samples.ledger import DUE, MADE, STAFF, Book, person

LATER = datetime(2026, 10, 6, 8, tzinfo=UTC)


async def open_with_journal(url: str, keys_file: Path, journal: Path) -> Book:
    opened = await open_ledger(url, keys_file, MADE)
    kept = OptOutJournal(journal, opened.keys.check_value)
    ledger = Ledger(opened.database, opened.keys, opened.made_at, kept)
    return Book(ledger=ledger, people=PeopleLedger(opened.database, opened.keys, ledger.optouts))


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "optout.journal"


@pytest.fixture
async def book(ledger_url: str, keys_file: Path, journal_path: Path) -> AsyncIterator[Book]:
    book = await open_with_journal(ledger_url, keys_file, journal_path)
    yield book
    await book.ledger.close()


async def replayed(book: Book, now: datetime = LATER) -> Replayed:
    assert book.ledger.journal is not None
    return await replay(book.ledger.database, book.ledger.journal, now)


async def forget(book: Book, *, mark: str = "") -> None:
    """What a backup that is put back has forgotten: every opt-out, and how far the ledger was."""

    def older(connection: Connection) -> None:
        connection.execute(delete(suppression))
        connection.execute(text("DELETE FROM meta WHERE name = 'mark'"))
        if mark:
            connection.execute(meta.insert().values(name="mark", value=mark))

    await book.ledger.database.write(older)


async def email_id(book: Book, number: int) -> int:
    (card,) = await book.people.find(f"K{number}", None)
    assert card.email_id is not None
    return card.email_id


async def holding(book: Book) -> list[tuple[str, str, str, str, datetime]]:
    rows = await book.people.opt_outs()
    return [(row.address, row.channel, row.scope, row.route, row.at) for row in rows]


async def test_yesterdays_ledger_learns_todays_opt_outs_again(
    tmp_path: Path, sqlite_template: Path, keys_file: Path, journal_path: Path
) -> None:
    file = tmp_path / "ledger.db"
    shutil.copy(sqlite_template, file)
    url = f"sqlite:///{file}"
    book = await open_with_journal(url, keys_file, journal_path)
    await book.take_in(STAFF, person(1), person(2))
    await book.ledger.close()
    shutil.copy(file, tmp_path / "backup.db")
    book = await open_with_journal(url, keys_file, journal_path)
    await book.people.opt_out(await email_id(book, 1), by_email_link(DUE, one_click=True))
    stranger = by_short_link(DUE)
    await book.people.opt_out_identity(AddressKind.PHONE, "+33639989999", stranger)
    await book.ledger.close()

    shutil.copy(tmp_path / "backup.db", file)
    book = await open_with_journal(url, keys_file, journal_path)
    assert await holding(book) == []
    found = await replayed(book)

    assert (found.added, found.lifted, found.damaged) == (2, 0, 0)
    assert await holding(book) == [
        ("p1@example.org", "email", "topics", "one-click", DUE),
        ("", "sms", "everything", "short-link", DUE),
    ]
    assert await book.people.has_opted_out(AddressKind.PHONE, "+33639989999", "sms")
    await book.ledger.close()


async def test_each_way_to_an_opt_out_is_in_the_journal(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2), person(3), person(4))
    await book.people.opt_out(await email_id(book, 1), by_email_link(DUE, one_click=True))
    await book.people.opt_out_identity(
        AddressKind.EMAIL, "p2@example.org", by_email_link(DUE, one_click=False)
    )
    await book.ledger.record([], [(await email_id(book, 3), by_bad_address("email", DUE))])
    (card,) = await book.people.find("K4", None)
    await book.people.erase(card, "Camille", DUE)
    before = sorted(await holding(book))

    await forget(book)
    found = await replayed(book)

    assert found.added == 5
    assert sorted(await holding(book)) == before


async def test_replaying_twice_changes_nothing(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.people.opt_out(await email_id(book, 1), by_email_link(DUE, one_click=True))

    assert await replayed(book) == Replayed(added=0, lifted=0, damaged=0)
    await forget(book)
    assert (await replayed(book)).added == 1
    assert (await replayed(book)).added == 0
    assert len(await book.rows(suppression)) == 1


async def test_the_persons_latest_act_wins(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    for number in (1, 2):
        act = by_email_link(DUE, one_click=True)
        await book.people.opt_out(await email_id(book, number), act)
        back = DUE + timedelta(hours=1)
        assert await book.people.lift(AddressKind.EMAIL, f"p{number}@example.org", "email", back)
    again = by_email_link(DUE + timedelta(hours=2), one_click=False)
    await book.people.opt_out(await email_id(book, 2), again)

    await forget(book)
    found = await replayed(book)

    assert (found.added, found.lifted) == (1, 0)
    assert [address for address, *_ in await holding(book)] == ["p2@example.org"]


async def test_a_way_back_that_the_backup_forgot_is_given_again(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    row = await email_id(book, 1)
    await book.people.opt_out(row, by_email_link(DUE, one_click=True))
    await book.people.lift(AddressKind.EMAIL, "p1@example.org", "email", DUE + timedelta(hours=1))

    def not_yet_back(connection: Connection) -> None:
        connection.execute(suppression.update().values(lifted_at=None))

    await book.ledger.database.write(not_yet_back)
    found = await replayed(book)

    assert (found.added, found.lifted) == (0, 1)
    assert await holding(book) == []


async def test_what_the_ledger_learnt_later_stands(
    book: Book, ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    """Another replica, with a journal of its own, took the way back."""
    await book.take_in(STAFF, person(1))
    await book.people.opt_out(await email_id(book, 1), by_email_link(DUE, one_click=True))
    other = await open_with_journal(ledger_url, keys_file, tmp_path / "other.journal")
    back = DUE + timedelta(hours=1)
    await other.people.lift(AddressKind.EMAIL, "p1@example.org", "email", back)
    await other.ledger.close()

    assert await replayed(book) == Replayed(added=0, lifted=0, damaged=0)
    assert await holding(book) == []


async def test_what_is_replayed_is_in_the_audit_log(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.people.opt_out(await email_id(book, 1), by_email_link(DUE, one_click=True))
    await forget(book)

    await replayed(book)
    await replayed(book)

    (entry,) = await book.rows(audit)
    assert (entry.act, entry.detail) == ("replay-opt-outs", {"added": 1, "lifted": 0})


# The high-water mark


async def leave_once(book: Book, number: int = 1) -> None:
    """Plan, claim, and take the intents of what is due."""
    await book.take_in(STAFF, person(number))
    await book.plan()
    claim = await book.claim()
    due = [one.delivery_id for one in await book.ledger.due(claim, DUE, 10)]
    assert await book.ledger.take_intents(claim, due, DUE)
    # Nothing is left to take: the mark stays.
    assert not await book.ledger.take_intents(claim, due, DUE)


async def test_the_mark_moves_when_something_is_about_to_leave(
    book: Book, journal_path: Path
) -> None:
    assert (await replayed(book)).doubt == ""

    await leave_once(book)

    assert '{"mark":1}' in journal_path.read_text()
    assert '{"mark":2}' not in journal_path.read_text()
    assert (await replayed(book)).doubt == ""
    assert await book.ledger.open_alarms() == []


async def test_a_ledger_behind_its_journal_asks_until_somebody_has_looked(book: Book) -> None:
    await leave_once(book)
    await forget(book)

    found = await replayed(book)
    assert found.doubt == "the journal has seen mark 1, the ledger is at 0"
    assert (await replayed(book)).doubt
    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == (RESTORED, "optout.journal")

    assert book.ledger.journal is not None
    await accept_restored(book.ledger.database, book.ledger.journal, "Nadia", LATER)

    assert (await replayed(book)).doubt == ""
    assert await book.ledger.open_alarms() == []
    (entry,) = await book.rows(select(audit).where(audit.c.act == "accept-restored"))
    assert (entry.actor, entry.detail) == ("Nadia", {"mark": 0, "journal": 1})
    assert (await book.ledger.database.read(verify)).broken_at is None


async def test_a_ledger_ahead_of_its_journal_is_the_ordinary_crash(book: Book) -> None:
    await leave_once(book)
    await forget(book, mark="5")

    assert (await replayed(book)).doubt == ""


async def test_a_file_without_its_journal_asks_a_server_doesnt(
    book: Book, journal_path: Path
) -> None:
    await leave_once(book)
    journal_path.unlink()
    assert book.ledger.journal is not None
    book.ledger.journal.close()

    doubt = (await replayed(book)).doubt

    own_file = book.ledger.database.is_sqlite
    assert doubt == ("the ledger is at mark 1 and its journal is missing" if own_file else "")
    await accept_restored(book.ledger.database, book.ledger.journal, "Nadia", LATER)
    assert (await replayed(book)).doubt == ""


# Many at once


async def test_those_who_come_together_all_get_their_own_answer(book: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, 41)))
    ids = [await email_id(book, number) for number in range(1, 41)]
    act = by_email_link(DUE, one_click=True)

    answers = await asyncio.gather(*(book.people.opt_out(one, act) for one in [*ids, *ids]))

    assert answers.count(True) == 40
    assert len(await book.rows(suppression)) == 40
    await forget(book)
    assert (await replayed(book)).added == 40


class CountingWriter(OptOutWriter):
    """Keeps the size of each transaction."""

    def __init__(self, book: Book) -> None:
        super().__init__(book.ledger.database)
        self.groups: list[int] = []

    def record(self, connection: Connection, acts: Acts) -> list[bool]:
        self.groups.append(len(acts))
        return super().record(connection, acts)


async def test_they_share_transactions_and_a_larger_group_is_cut(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    row, act = await email_id(book, 1), by_email_link(DUE, one_click=True)
    writer = CountingWriter(book)

    await asyncio.gather(*(writer.opt_out(row, act) for _ in range(LARGEST_GROUP + 5)))

    assert writer.groups == [LARGEST_GROUP, 5]


async def test_a_stranger_in_the_group_harms_nobody(book: Book) -> None:
    """A good token of an address that a ledger put back has not."""
    await book.take_in(STAFF, person(1))
    row, act = await email_id(book, 1), by_email_link(DUE, one_click=True)

    answers = await asyncio.gather(
        book.people.opt_out(row, act), book.people.opt_out(row + 1000, act)
    )

    assert list(answers) == [True, False]
    assert len(await holding(book)) == 1


async def test_who_gives_up_waiting_is_opted_out_all_the_same(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    act = by_email_link(DUE, one_click=True)
    first = asyncio.create_task(book.people.opt_out(await email_id(book, 1), act))
    second = asyncio.create_task(book.people.opt_out(await email_id(book, 2), act))
    await asyncio.sleep(0)

    first.cancel()

    assert await second is True
    assert len(await holding(book)) == 2


async def test_an_opt_out_holds_though_the_journal_cant_be_written(
    ledger_url: str, keys_file: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "elsewhere"
    blocked.write_text("a file where a folder is wanted")
    book = await open_with_journal(ledger_url, keys_file, blocked / "optout.journal")
    await book.take_in(STAFF, person(1), person(2))
    act = by_email_link(DUE, one_click=True)

    assert await book.people.opt_out(await email_id(book, 1), act)
    (alarm,) = await book.ledger.open_alarms()
    assert alarm.kind == UNWRITABLE

    blocked.unlink()
    assert await book.people.opt_out(await email_id(book, 2), act)
    assert await book.ledger.open_alarms() == []
    assert len(await book.rows(address)) == 4
    await book.ledger.close()
