"""Comments on texts, on each of the two databases."""

from datetime import timedelta

from scheduler.domain.people.retention import Kept
from scheduler.domain.writing.comments import MOST_A_DAY, NotSaid
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.writing_tables import text_comment
from scheduler.store.writing.comments import CommentLedger
from tests.samples.ledger import DUE, Book

TEXT, OTHER = "essai/email.fr.md", "essai/sms.fr.txt"
PRINT = "a" * 64


def comments_of(book: Book) -> CommentLedger:
    return CommentLedger(book.ledger.database)


async def test_they_are_kept_in_order_and_audited_without_their_words(book: Book) -> None:
    comments = comments_of(book)
    for said in ("Trop long.", "Très clair."):
        assert await comments.add(TEXT, PRINT, "Ana", said, DUE) is None
    await comments.add(OTHER, PRINT, "Luc", "Oui.", DUE)

    assert [one.said for one in await comments.of_text(TEXT)] == ["Très clair.", "Trop long."]
    told = [one.act for one in await book.hand.audit_entries(9)]
    assert [one.act for one in told] == ["comment-text"] * 3
    assert "clair" not in repr(told)


async def test_one_without_words_or_a_name_isnt_kept_nor_are_too_many(book: Book) -> None:
    comments = comments_of(book)
    assert await comments.add(TEXT, PRINT, "Ana", "", DUE) is NotSaid.EMPTY
    assert await comments.add(TEXT, PRINT, " - ", "Oui.", DUE) is NotSaid.NAMELESS
    for number in range(MOST_A_DAY):
        await comments.add(TEXT, PRINT, "Ana", f"Oui, {number} fois.", DUE)

    assert await comments.add(TEXT, PRINT, "Ana", "Oui.", DUE) is NotSaid.TOO_MANY
    assert await comments.add(OTHER, PRINT, "Ana", "Oui.", DUE) is None
    assert await comments.add(TEXT, PRINT, "Ana", "Oui.", DUE + timedelta(days=1)) is None


async def test_what_came_since_is_counted_by_text(book: Book) -> None:
    comments = comments_of(book)
    await comments.add(TEXT, PRINT, "Ana", "Avant.", DUE)
    await comments.add(TEXT, PRINT, "Ana", "Après.", DUE + timedelta(hours=2))
    await comments.add(OTHER, PRINT, "Ana", "Après.", DUE + timedelta(hours=2))

    since = {TEXT: DUE + timedelta(hours=1), OTHER: DUE + timedelta(hours=3)}
    assert await comments.since(since) == {TEXT: 1}
    assert await comments.since({}) == {}


async def test_they_are_forgotten_in_their_time(book: Book) -> None:
    comments = comments_of(book)
    await comments.add(TEXT, PRINT, "Ana", "Avant.", DUE)
    await comments.add(TEXT, PRINT, "Ana", "Après.", DUE + timedelta(hours=2))
    retention = RetentionLedger(book.ledger.database, [])
    limit = DUE + timedelta(hours=1)

    assert await retention.count(Kept.COMMENTS, limit) == 1
    assert (await retention.forget_some(Kept.COMMENTS, limit, 0, limit))[0] == 1
    assert [row.said for row in await book.rows(text_comment)] == ["Après."]


async def test_a_form_that_is_sent_to_another_replica_says_it_once(book: Book) -> None:
    comments = comments_of(book)
    for hours in (0, 1, 25):
        assert await comments.add(TEXT, PRINT, "Ana", "Oui.", DUE + timedelta(hours=hours)) is None
    for path, text, by, said in (
        (TEXT, "autre", "Ana", "Oui."),
        (TEXT, PRINT, "Luc", "Oui."),
        (TEXT, PRINT, "Ana", "Non."),
        (OTHER, PRINT, "Ana", "Oui."),
    ):
        await comments.add(path, text, by, said, DUE)

    assert [one.said for one in await comments.of_text(TEXT)].count("Oui.") == 4
    assert len(await comments.of_text(OTHER)) == 1
