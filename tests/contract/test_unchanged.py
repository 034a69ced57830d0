"""What is looked at again and again is asked once until somebody writes; on either database."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, text

from scheduler.bootstrap.writing.edits import is_behind
from scheduler.domain.sending import Lane
from scheduler.store.database import Database
from scheduler.store.unchanged import Unchanged
from tests.flow_world import EVENT, open_world, utc
from tests.samples.ledger import DUE, STAFF, Book, person

EMAIL = Lane(channel="email")


def _nothing(_connection: Connection) -> int:
    return 0


def _write(connection: Connection, value: str) -> None:
    connection.execute(
        text("INSERT INTO meta (name, value) VALUES ('probe', :value)"), {"value": value}
    )


def _read(connection: Connection) -> str | None:
    found: str | None = connection.execute(
        text("SELECT value FROM meta WHERE name = 'probe'")
    ).scalar()
    return found


async def test_what_another_process_commits_is_seen_at_the_next_look(
    book: Book, ledger_url: str
) -> None:
    database, other = book.ledger.database, Database(ledger_url)
    try:
        assert await database.read_kept(_read) is None
        assert await database.read_kept(_read) is None
        await other.write(_write, "another's")

        assert await database.read_kept(_read) == "another's"
    finally:
        await other.close()


async def test_what_this_process_commits_is_seen_too(book: Book) -> None:
    database = book.ledger.database
    assert await database.read_kept(_read) is None
    await database.write(_write, "mine")

    assert await database.read_kept(_read) == "mine"


async def test_what_is_committed_while_the_answer_is_read_makes_it_stale(book: Book) -> None:
    database = book.ledger.database

    async def read_and_overtaken() -> str | None:
        found = await database.read(_read)
        await database.write(_write, "meanwhile")
        return found

    assert await database.unless_unchanged(_read, (), read_and_overtaken) is None

    assert await database.read_kept(_read) == "meanwhile"


async def test_each_lane_has_its_own_answer(book: Book) -> None:
    await book.ledger.trip(EMAIL, "connect", DUE)

    assert len(await book.ledger.resting(EMAIL)) == 1
    assert await book.ledger.resting(Lane(channel="sms")) == []
    assert len(await book.ledger.resting(EMAIL)) == 1


async def test_what_a_caller_does_with_its_answer_is_its_own_affair(book: Book) -> None:
    await book.ledger.trip(EMAIL, "connect", DUE)
    (await book.ledger.resting(EMAIL)).clear()

    assert len(await book.ledger.resting(EMAIL)) == 1


async def test_a_ledger_that_nobody_writes_to_is_not_asked_again(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2))
        await world.at(utc(22, 8, month=9))
        for _time in range(2):
            # An occurrence ends, its texts are forgotten: what is left to do is done.
            await world.at(utc(23, 8, month=9))
        await is_behind(world.app.configuration, world.app.ledger.database)
        before = asked(world.app.ledger.database)

        await is_behind(world.app.configuration, world.app.ledger.database)
        await world.planner.plan_due(world.clock.now)
        await world.app.ledger.expire(world.clock.now)
        await world.send()

        assert asked(world.app.ledger.database) == before


def asked(database: Database) -> dict[str, int]:
    return {name: one.times for name, one in database.spending.so_far().items()}


def test_of_no_file_nothing_is_known(tmp_path: Path) -> None:
    assert Unchanged(None).version() is None
    assert Unchanged(":memory:").version() is None
    assert Unchanged(str(tmp_path / "away.db")).version() is None
    assert not (tmp_path / "away.db").exists()


def test_while_the_file_is_locked_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("CREATE TABLE one (a)")
    watching = Unchanged(str(path))
    assert watching.version() is not None
    watching.keep((_nothing, ()), 1, watching.version())

    holding.execute("PRAGMA locking_mode=EXCLUSIVE")
    holding.execute("BEGIN EXCLUSIVE")
    assert watching.version() is None

    holding.execute("INSERT INTO one VALUES (1)")
    holding.execute("COMMIT")
    holding.close()
    assert watching.version() is not None
    assert watching.known((_nothing, ())) == (False, None)
    watching.close()
