"""Typed figures, on each of the two databases."""

import asyncio
from datetime import date

import pytest

from scheduler.domain.errors import FigureRefused, NotFound
from scheduler.domain.measure.typed import FigureKind, TypedFigure
from scheduler.store.typed_figures import TypedFigureLedger
from tests.samples.ledger import DUE, Book


def figure(amount: int = 120, **changed: str) -> TypedFigure:
    words = {"campaign": "cybermois", "season": "2026", "source": "Page LinkedIn"} | changed
    return TypedFigure(
        campaign=words["campaign"],
        season=words["season"],
        kind=FigureKind.LINKEDIN_REACTIONS,
        amount=amount,
        source=words["source"],
        day=date(2026, 10, 20),
    )


async def test_a_figure_is_kept_with_who_typed_it_and_taken_away(book: Book) -> None:
    ledger = TypedFigureLedger(book.ledger.database)

    assert await ledger.add(figure(), "Ana", DUE)
    await ledger.add(figure(campaign="rappels"), "Ana", DUE)
    (kept,) = await ledger.every("cybermois")
    await ledger.remove(kept.number, "Camille", DUE)

    assert (kept.figure, kept.by, kept.at) == (figure(), "Ana", DUE)
    assert await ledger.every("cybermois") == []
    assert len(await ledger.every()) == 1
    with pytest.raises(NotFound):
        await ledger.remove(kept.number, "Camille", DUE)


async def test_the_same_said_at_once_is_kept_once_and_another_is_refused(book: Book) -> None:
    ledger = TypedFigureLedger(book.ledger.database)

    made = await asyncio.gather(*(ledger.add(figure(), "Ana", DUE) for _ in range(4)))
    with pytest.raises(FigureRefused):
        await ledger.add(figure(121), "Ana", DUE)

    assert sorted(made) == [False, False, False, True]
    assert [one.figure.amount for one in await ledger.every()] == [120]
