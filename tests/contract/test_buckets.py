"""Token buckets and daily allowances in the ledger, on SQLite and on PostgreSQL."""

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from scheduler.store.schema.running_tables import allowance
from scheduler.store.sending import buckets
from tests.parts import takers
from tests.samples.ledger import DUE, Book

SECOND = timedelta(seconds=1)


async def take(
    book: Book, wanted: int, seconds: float = 0, *, least: int = 1, **rates: float
) -> int:
    now = DUE + timedelta(seconds=seconds)
    write = book.ledger.database.write
    return await write(buckets.take, rates, wanted, least=least, now=now)


async def test_a_bucket_gives_a_second_s_worth_and_then_what_time_brings(book: Book) -> None:
    assert await take(book, 50, email=10) == 10
    assert await take(book, 50, email=10) == 0
    assert await take(book, 50, 0.25, email=10) == 2
    assert await take(book, 50, 0.5, email=10) == 3
    assert await take(book, 3, 60, email=10) == 3
    assert await take(book, 50, 60, email=10) == 7


async def test_a_message_of_three_segments_passes_at_one_a_second_and_is_paid_for(
    book: Book,
) -> None:
    assert await take(book, 3, least=3, sms=1) == 3
    assert await take(book, 1, 2, sms=1) == 0
    assert await take(book, 1, 3, sms=1) == 1


async def test_the_tightest_of_several_buckets_decides_and_the_others_lose_no_more(
    book: Book,
) -> None:
    assert await take(book, 50, email=20, orange=5) == 5
    assert await take(book, 50, email=20) == 15


async def test_without_a_bucket_nothing_is_held_back(book: Book) -> None:
    assert await take(book, 500) == 500


async def test_what_was_not_used_is_given_back_and_fills_no_bucket_over(book: Book) -> None:
    await take(book, 10, email=10)

    await book.ledger.database.write(buckets.give_back, ["email"], 4)
    assert await take(book, 50, email=10) == 4

    await book.ledger.database.write(buckets.give_back, ["email"], 400)
    assert await take(book, 500, email=10) == 10


async def test_what_is_taken_in_a_transaction_that_fails_stays_in_the_bucket(book: Book) -> None:
    def fail(connection: Connection) -> None:
        buckets.take(connection, {"email": 10}, 10, 1, DUE)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await book.ledger.database.write(fail)

    assert await take(book, 10, email=10) == 10


def drawn_by_two(url: str, limit: str, ahead: int) -> list[int]:
    """What two processes got that draw at the same time, one's clock ahead of the other's."""
    command = [sys.executable, "-m", "tests.parts.takers", url, limit]
    both = [
        subprocess.Popen(
            [*command, str(skew)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for skew in (0, ahead)
    ]
    try:
        for one in both:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in both:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        return [int(one.communicate(timeout=120)[0]) for one in both]
    finally:
        for one in both:
            one.kill()


@pytest.mark.parametrize("ahead", [0, 2000])
def test_two_processes_draw_what_one_may_whatever_their_clocks_say(
    ledger_url: str, ahead: int
) -> None:
    totals = drawn_by_two(ledger_url, "bucket", ahead)

    # A bucket that was full, and what flowed into it from the first step to the last.
    flowed = takers.STEP.total_seconds() * (takers.STEPS - 1)
    assert takers.RATE * (1 + flowed) <= sum(totals) <= takers.RATE * (1 + flowed + ahead / 1000)


async def test_two_processes_spend_what_a_day_allows_to_the_last_cent(
    book: Book, ledger_url: str
) -> None:
    totals = drawn_by_two(ledger_url, "allowance", 0)

    (row,) = await book.rows(allowance)
    assert sum(totals) * takers.COST == takers.CAP.amount
    assert row.used == takers.CAP.amount
