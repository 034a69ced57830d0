"""When each text was first seen saying what it says, on each of the two databases."""

from datetime import timedelta

from scheduler.domain.showing.siblings import Seen
from tests.samples.ledger import DUE, Book

FRENCH, ENGLISH = "essai/email.fr.md", "essai/email.en.md"
FIRST = Seen(digest="a" * 16, since=DUE)
LATER = Seen(digest="a" * 16, since=DUE + timedelta(hours=1))


async def test_what_is_noted_is_found_and_replaces_what_was_known(book: Book) -> None:
    await book.ledger.note_texts({FRENCH: FIRST, ENGLISH: FIRST})
    await book.ledger.note_texts({FRENCH: LATER})

    assert await book.ledger.seen_texts() == {FRENCH: LATER, ENGLISH: FIRST}


async def test_reading_one_again_is_an_act_of_somebody(book: Book) -> None:
    await book.ledger.note_texts({FRENCH: FIRST, ENGLISH: FIRST})

    await book.hand.read_again(ENGLISH, LATER, "Camille")

    assert await book.ledger.seen_texts() == {FRENCH: FIRST, ENGLISH: LATER}
    (entry,) = await book.hand.audit_entries(5)
    assert (entry.act.actor, entry.act.act, entry.act.subject) == (
        "Camille",
        "reread-text",
        ENGLISH,
    )
