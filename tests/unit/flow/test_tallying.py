"""Counts are gathered for a moment, never before an opt-out, and lost by nothing but a kill."""

import asyncio
from collections import Counter as Numbers
from collections.abc import Mapping

import pytest

from scheduler.domain.errors import LedgerBusy
from scheduler.domain.quizzes.counted import Chosen, Counter
from scheduler.flow.answers.tallying import Tally

RIGHT, WRONG = Chosen("verrou", "double", "b"), Chosen("verrou", "double", "a")


class Kept:
    """What was added, a transaction each."""

    def __init__(self, *faults: Exception) -> None:
        self.added: list[Mapping[Counter, int]] = []
        self._faults = [*faults]

    async def add(self, counts: Mapping[Counter, int]) -> None:
        await asyncio.sleep(0)
        if self._faults:
            raise self._faults.pop()
        self.added.append(dict(counts))

    @property
    def all(self) -> Mapping[Counter, int]:
        total: Numbers[Counter] = Numbers()
        for one in self.added:
            total.update(one)
        return total


async def test_many_answers_are_one_transaction() -> None:
    kept = Kept()
    tally = Tally(lambda: kept, every=0.01)

    for _ in range(200):
        tally.count([RIGHT, WRONG])
    await asyncio.sleep(0.05)

    assert kept.added == [{RIGHT: 200, WRONG: 200}]


async def test_while_somebody_opts_out_nothing_is_written() -> None:
    kept = Kept()
    tally = Tally(lambda: kept, every=0.01)

    with tally.behind(), tally.behind():
        tally.count([RIGHT])
        await asyncio.sleep(0.05)
        before = list(kept.added)
    await asyncio.sleep(0.05)

    assert before == []
    assert kept.added == [{RIGHT: 1}]


@pytest.mark.parametrize("fault", [LedgerBusy("busy"), OSError("disk")])
async def test_what_cannot_be_written_now_is_written_later(fault: Exception) -> None:
    kept = Kept(fault)
    tally = Tally(lambda: kept, every=0.01)

    tally.count([RIGHT])
    await asyncio.sleep(0.005)
    tally.count([WRONG])
    await asyncio.sleep(0.08)

    assert kept.all == {RIGHT: 1, WRONG: 1}


async def test_an_end_writes_what_is_gathered_and_may_be_said_twice() -> None:
    kept = Kept()
    tally = Tally(lambda: kept, every=0.01)

    tally.count([RIGHT])
    await tally.close()
    await tally.close()

    assert kept.added == [{RIGHT: 1}]


async def test_an_end_before_anything_was_counted_writes_nothing() -> None:
    kept = Kept()

    await Tally(lambda: kept, every=0.01).close()

    assert kept.added == []
