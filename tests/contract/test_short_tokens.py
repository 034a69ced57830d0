"""The random tokens of SMS links: of a million people two may well draw the same one."""

import os
from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from scheduler.store.people.short_tokens import SHORT_LENGTH, TRIES
from scheduler.store.schema.tables import contact
from tests.samples.ledger import STAFF, Book, person

Draw = Callable[..., list[bytes]]


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Let one person's token be drawn so from the system's random source, in turn."""
    by_chance = os.urandom

    def set_up(*draws: bytes) -> list[bytes]:
        left = list(draws)

        def urandom(count: int) -> bytes:
            is_token = count == SHORT_LENGTH and left
            return left.pop(0) * count if is_token else by_chance(count)

        monkeypatch.setattr(os, "urandom", urandom)
        return left

    return set_up


async def test_a_token_that_is_somebodys_already_is_drawn_again(book: Book, draw: Draw) -> None:
    left = draw(b"\1", b"\1", b"\2")

    await book.take_in(STAFF, person(1))
    await book.take_in(STAFF, person(2))

    assert left == []
    first, second = await book.rows(contact)
    assert first.token != second.token
    assert [row.import_id for row in (first, second)] == [1, 2]


async def test_a_source_that_only_says_the_same_is_not_asked_for_ever(
    book: Book, draw: Draw
) -> None:
    left = draw(*[b"\1"] * (2 + TRIES))
    await book.take_in(STAFF, person(1))

    with pytest.raises(IntegrityError):
        await book.take_in(STAFF, person(2))

    assert left == [b"\1"]
    assert len(await book.rows(contact)) == 1
