"""Opt-outs that come together are one group: as many statements as a few of them take."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, select

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.ids import ContactId
from scheduler.store.schema.tables import contact, suppression
from tests.samples.ledger import DUE, STAFF, Book, person

PEOPLE = 60


@contextmanager
def said() -> Iterator[list[str]]:
    """Each statement that any ledger is told meanwhile."""
    told: list[str] = []

    def note(*given: object) -> None:
        told.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def leave(book: Book, first: int, last: int) -> int:
    """These people at once, each by the link of their mail; how many statements it took."""
    asked = select(contact.c.id, contact.c.email_id).where(contact.c.id.between(first, last))
    rows = await book.rows(asked)
    with said() as told:
        new = await asyncio.gather(
            *(
                book.ledger.optouts.opt_out(
                    row.email_id,
                    by_email_link(DUE, one_click=True, person=ContactId(row.id)),
                )
                for row in rows
            )
        )
    assert new == [True] * len(rows)
    return len(told)


async def test_fifty_take_the_statements_of_five(book: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, PEOPLE + 1)))
    await leave(book, 1, 5)  # what is done once a process is done

    few, many = await leave(book, 6, 10), await leave(book, 11, PEOPLE)

    assert many <= few
    assert len(await book.rows(suppression)) == PEOPLE


@pytest.mark.parametrize("at_once", [1, PEOPLE])
async def test_one_that_is_said_again_is_not_new(book: Book, at_once: int) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(1, at_once + 1)))
    await leave(book, 1, at_once)
    again = [
        book.ledger.optouts.opt_out(
            row.email_id, by_email_link(DUE, one_click=True, person=ContactId(row.id))
        )
        for row in await book.rows(select(contact.c.id, contact.c.email_id))
    ]

    assert await asyncio.gather(*again) == [False] * at_once
