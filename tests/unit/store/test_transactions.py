"""A ledger's method of one line, and what the transactions under it have taken."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from scheduler.store.database import Database
from scheduler.store.transactions import reading, reads, writes, writing


def _add(connection: Connection, word: str, *, times: int = 1) -> int:
    for _ in range(times):
        connection.exec_driver_sql("INSERT INTO words VALUES (?)", (word,))
    return times


def _count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM words").scalar_one())


def _fail(connection: Connection) -> None:
    _add(connection, "never")
    raise ValueError


class Words:
    def __init__(self, database: Database) -> None:
        self.database = database

    add = writing(_add)
    count = reading(_count)
    add_by_reading = reading(_add)
    fail = writing(_fail)

    @writes
    def add_both(self, connection: Connection, first: str, *, second: str) -> int:
        return _add(connection, first) + _add(connection, second)

    @reads
    def held(self, connection: Connection) -> bool:
        return _count(connection) > 0

    @reads
    def add_by_looking(self, connection: Connection) -> int:
        return _add(connection, "never")


@pytest.fixture
async def words(tmp_path: Path) -> AsyncIterator[Words]:
    database = Database(f"sqlite:///{tmp_path}/words.db")
    await database.write(_make)
    yield Words(database)
    await database.close()


def _make(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE words (word TEXT)")


async def test_takes_what_its_function_takes_and_gives_what_it_gives(words: Words) -> None:
    assert await words.add("un") == 1
    assert await words.add("deux", times=2) == 2

    assert await words.count() == 3


async def test_what_reads_may_not_write(words: Words) -> None:
    with pytest.raises(Exception, match="readonly"):
        await words.add_by_reading("un")

    assert await words.count() == 0


async def test_each_is_counted_by_its_functions_name_with_its_time(words: Words) -> None:
    await words.add("un")
    await words.add("deux")
    await words.count()

    spent = words.database.spending.so_far()

    assert {name: one.times for name, one in spent.items()} == {
        "test_transactions.make": 1,
        "test_transactions.add": 2,
        "test_transactions.count": 1,
    }
    assert all(one.seconds > 0 for one in spent.values())


async def test_one_that_fails_is_rolled_back_and_counted(words: Words) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - ours, and it says nothing
        await words.fail()

    assert await words.count() == 0
    assert words.database.spending.so_far()["test_transactions.fail"].times == 1


async def test_on_the_class_it_is_a_function_of_a_ledger_as_any_method(words: Words) -> None:
    assert await Words.add(words, "un") == 1
    assert Words.add.__qualname__ == "Words.add"


async def test_a_ledgers_own_method_is_called_without_the_connection(words: Words) -> None:
    assert not await words.held()
    assert await words.add_both("un", second="deux") == 2

    assert await words.held()
    assert words.database.spending.so_far()["test_transactions.add_both"].times == 1


async def test_a_ledgers_own_method_that_reads_may_not_write(words: Words) -> None:
    with pytest.raises(Exception, match="readonly"):
        await words.add_by_looking()

    assert not await words.held()
