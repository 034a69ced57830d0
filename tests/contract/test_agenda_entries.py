"""How often an event's agenda entry has changed, as the ledger counts it."""

from datetime import timedelta

from sqlalchemy import Connection, update

from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.store.schema.record_tables import agenda_entry
from tests.samples.ledger import MADE, Book

LATER = MADE + timedelta(days=3)
FIRST = AgendaEntry(sequence=0, changed_at=MADE)


def _as_the_release_before(connection: Connection) -> None:
    connection.execute(update(agenda_entry).values(digest="5f" * 32))


async def test_what_says_the_same_is_the_same_entry(book: Book) -> None:
    assert await book.ledger.agenda_entry("webinaire", {"fr": "a"}, MADE) == FIRST
    assert await book.ledger.agenda_entry("webinaire", {"fr": "a"}, LATER) == FIRST


async def test_a_change_in_any_language_counts_one_up_and_is_dated(book: Book) -> None:
    await book.ledger.agenda_entry("webinaire", {"fr": "a", "en": "b"}, MADE)

    changed = await book.ledger.agenda_entry("webinaire", {"fr": "a", "en": "c"}, LATER)

    assert changed == AgendaEntry(sequence=1, changed_at=LATER)


async def test_a_language_that_is_new_changes_nothing(book: Book) -> None:
    await book.ledger.agenda_entry("webinaire", {"fr": "a"}, MADE)

    assert await book.ledger.agenda_entry("webinaire", {"fr": "a", "en": "b"}, LATER) == FIRST
    # A message in French alone doesn't make the English one forget.
    assert await book.ledger.agenda_entry("webinaire", {"fr": "a"}, LATER) == FIRST
    assert await book.ledger.agenda_entry("webinaire", {"en": "b"}, LATER) == FIRST


async def test_two_events_are_counted_apart(book: Book) -> None:
    await book.ledger.agenda_entry("webinaire", {"fr": "a"}, MADE)
    await book.ledger.agenda_entry("webinaire", {"fr": "b"}, LATER)

    assert await book.ledger.agenda_entry("atelier", {"fr": "c"}, MADE) == FIRST


async def test_what_the_release_before_kept_is_updated_once(book: Book) -> None:
    await book.ledger.agenda_entry("webinaire", {"fr": "a"}, MADE)
    await book.ledger.database.write(_as_the_release_before)

    once = await book.ledger.agenda_entry("webinaire", {"fr": "a"}, LATER)
    again = await book.ledger.agenda_entry("webinaire", {"fr": "a"}, LATER)

    assert once == again == AgendaEntry(sequence=1, changed_at=LATER)
