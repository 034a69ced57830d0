"""Counters of quizzes and reactions, on both databases."""

import asyncio

from scheduler.domain.quizzes.counted import Chosen, Counter, Pressed
from scheduler.store.answers.tallies import TallyLedger
from scheduler.store.database import Database
from tests.samples.ledger import Book

RIGHT = Chosen("verrou", "double", "b")
WRONG = Chosen("verrou", "double", "a")
USEFUL = Pressed("cybermois/annonce", "staff", "useful")


async def test_a_counter_begins_at_nothing_and_only_grows(book: Book) -> None:
    ledger = TallyLedger(book.ledger.database)

    await ledger.add({RIGHT: 2, USEFUL: 1})
    await ledger.add({RIGHT: 1, WRONG: 4})
    await ledger.add({})

    assert await ledger.answers() == {RIGHT: 3, WRONG: 4}
    assert await ledger.reactions() == {USEFUL: 1}


async def test_three_writers_at_once_lose_nothing(book: Book, ledger_url: str) -> None:
    """Three replicas, each with its own connections, and the same rows in every order."""
    databases = [Database(ledger_url) for _ in range(3)]
    questions = [Chosen("verrou", f"q{number}", "a") for number in range(6)]

    async def write(database: Database, turn: int) -> None:
        ordered = questions[turn:] + questions[:turn]
        for _ in range(20):
            counts: dict[Counter, int] = dict.fromkeys(ordered, 1)
            await TallyLedger(database).add({**counts, USEFUL: 1})

    try:
        await asyncio.gather(*(write(one, 2 * turn) for turn, one in enumerate(databases)))
    finally:
        for one in databases:
            await one.close()

    ledger = TallyLedger(book.ledger.database)
    assert await ledger.answers() == dict.fromkeys(questions, 60)
    assert await ledger.reactions() == {USEFUL: 60}


async def test_no_row_says_when_where_or_who(book: Book) -> None:
    from scheduler.store.schema.tally_tables import quiz_count, reaction_count

    assert [column.name for column in quiz_count.columns] == ["quiz", "question", "option", "n"]
    assert [column.name for column in reaction_count.columns] == [
        "message",
        "audience",
        "reaction",
        "n",
    ]


async def test_the_daemons_ledger_reads_the_same_answers(book: Book) -> None:
    await TallyLedger(book.ledger.database).add({RIGHT: 2, USEFUL: 1})

    assert await book.ledger.answers() == {RIGHT: 2}
