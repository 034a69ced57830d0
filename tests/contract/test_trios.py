"""Readings by three, on each of the two databases: nobody's words apart, nothing counted twice."""

import asyncio
from datetime import timedelta

from scheduler.domain.people.retention import Kept
from scheduler.domain.writing.trio import MOST_OPEN, Mark, Marks, NoTrio
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.writing_tables import text_trio, text_trio_mark
from scheduler.store.writing.trios import TrioLedger
from tests.samples.ledger import DUE, Book

TEXT = "essai/email.fr.md"
WORDS = ["Un", "Deux"]
ENDS = DUE + timedelta(days=7)
SAID = [Mark(clear=True, smile=True), Mark(clear=False)]


def trios_of(book: Book) -> TrioLedger:
    return TrioLedger(book.ledger.database, book.ledger.keys)


async def made(book: Book) -> str:
    value = await trios_of(book).make(TEXT, "a" * 64, WORDS, "Ana", ENDS, DUE)
    assert isinstance(value, str)
    return value


async def test_what_is_said_is_added_up_and_shown_once_all_have_ended(book: Book) -> None:
    trios, value = trios_of(book), await made(book)
    for number, said in enumerate((SAID, SAID, [Mark(), Mark(clear=True)])):
        (before,) = await trios.of_text(TEXT, DUE)
        assert (before.marks, before.ended) == ((), number)
        assert await trios.end(value, f"sheet-{number}", said, DUE)
    (after,) = await trios.of_text(TEXT, DUE)

    assert list(after.marks) == [Marks(clear=2, smile=2), Marks(clear=1, unclear=2)]
    # A fourth is too late.
    assert not await trios.end(value, "sheet-4", SAID, DUE)
    assert (await trios.of_text(TEXT, DUE))[0].marks == after.marks
    assert [one.act.act for one in await book.hand.audit_entries(9)] == ["ask-trio"]


async def test_one_form_counts_once_and_of_four_at_once_three(book: Book) -> None:
    trios, value = trios_of(book), await made(book)
    assert await trios.end(value, "sheet-0", SAID, DUE)
    assert await trios.end(value, "sheet-0", SAID, DUE)
    found = await asyncio.gather(
        *(trios.end(value, f"sheet-{number}", SAID, DUE) for number in range(1, 5))
    )

    assert sorted(found) == [False, False, True, True]
    (after,) = await trios.of_text(TEXT, DUE)
    assert list(after.marks) == [Marks(clear=3, smile=3), Marks(unclear=3)]


async def test_its_end_shows_two_peoples_words_and_never_ones(book: Book) -> None:
    trios, value, other = trios_of(book), await made(book), await made(book)
    for sheet, link in (("a", value), ("b", value), ("c", other)):
        assert await trios.end(link, sheet, SAID, ENDS - timedelta(seconds=1))

    assert not await trios.end(value, "d", SAID, ENDS)
    one, two = await trios.of_text(TEXT, ENDS)
    assert (one.ended, one.marks) == (1, ())
    assert (two.ended, list(two.marks)) == (2, [Marks(clear=2, smile=2), Marks(unclear=2)])


async def test_the_link_is_in_no_row_and_another_opens_nothing(book: Book) -> None:
    trios, value = trios_of(book), await made(book)
    found = await trios.linked(value)

    assert found is not None
    assert list(found.paragraphs) == WORDS
    for other in ("", "x" * 43, value[:-1]):
        assert await trios.linked(other) is None
        assert not await trios.end(other, "sheet", SAID, DUE)
    (row,) = await book.rows(text_trio)
    assert value not in repr(row)


async def test_so_many_are_open_and_no_more(book: Book) -> None:
    trios = trios_of(book)
    for _ in range(MOST_OPEN):
        await made(book)

    assert await trios.make(TEXT, "a" * 64, WORDS, "Ana", ENDS, DUE) is NoTrio.TOO_MANY
    later = ENDS + timedelta(days=7)
    assert isinstance(await trios.make(TEXT, "a" * 64, WORDS, "Ana", later, ENDS), str)


async def test_it_is_taken_away_by_hand_and_in_its_time(book: Book) -> None:
    trios, value = trios_of(book), await made(book)
    await trios.end(value, "a", SAID, DUE)
    (one,) = await trios.of_text(TEXT, DUE)
    assert not await trios.drop("autre/email.fr.md", one.id, "Ana", DUE)
    assert await trios.drop(TEXT, one.id, "Ana", DUE)
    assert not await trios.drop(TEXT, one.id, "Ana", DUE)
    assert await book.rows(text_trio) == await book.rows(text_trio_mark) == []

    await made(book)
    retention = RetentionLedger(book.ledger.database, [])
    limit = ENDS + timedelta(seconds=1)
    assert await retention.count(Kept.TRIOS, ENDS) == 0
    assert (await retention.forget_some(Kept.TRIOS, limit, 0, limit))[0] == 1
    assert await book.rows(text_trio_mark) == []
