"""What a page counts of very many people, and when it says that it is still counting."""

import asyncio
from dataclasses import dataclass, field

import pytest

from scheduler.web.desk.counting import FRESH, OLD, Counting


@dataclass(slots=True)
class People:
    """A count that ends when it is told to."""

    now: float = 0.0
    takes: float = 1.0
    asked: int = 0
    at_once: int = 0
    most: int = 0
    goes: asyncio.Event = field(default_factory=asyncio.Event)

    def clock(self) -> float:
        return self.now

    async def slow(self) -> int:
        self.asked += 1
        mine = self.asked
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.goes.wait()
        self.now += self.takes
        self.at_once -= 1
        return mine

    async def quick(self) -> int:
        self.asked += 1
        return self.asked


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_is_quick_is_counted_each_time() -> None:
    people = People()
    counting = Counting(clock=people.clock)

    assert await counting.of("a", people.quick) == 1
    assert await counting.of("a", people.quick) == 2


async def test_what_takes_long_is_counted_behind_the_page_once_and_shown_to_the_next() -> None:
    people = People()
    counting = Counting(moment=0.001, clock=people.clock)

    assert await counting.of("a", people.slow) is None
    assert await counting.of("a", people.slow) is None
    people.goes.set()
    await settled()

    assert await counting.of("a", people.slow) == 1
    people.now += FRESH - 1
    assert await counting.of("a", people.slow) == 1
    assert people.asked == 1


async def test_an_older_count_is_shown_while_it_is_made_anew_and_not_for_ever() -> None:
    people = People()
    counting = Counting(moment=0.001, clock=people.clock)
    await counting.of("a", people.slow)
    people.goes.set()
    await settled()

    people.now += FRESH
    people.goes.clear()
    assert await counting.of("a", people.slow) == 1
    people.goes.set()
    await settled()
    assert await counting.of("a", people.slow) == 2
    people.now += OLD
    people.goes.clear()
    assert await counting.of("a", people.slow) is None
    people.goes.set()
    await settled()


async def test_two_pages_count_one_after_the_other() -> None:
    people = People()
    counting = Counting(moment=0.001, clock=people.clock)
    await counting.of("a", people.slow)
    await counting.of("b", people.slow)
    people.goes.set()
    await settled()

    assert people.most == 1
    assert {await counting.of(key, people.slow) for key in "ab"} == {1, 2}


async def test_so_many_are_kept_and_the_oldest_goes_first() -> None:
    people = People()
    people.goes.set()
    counting = Counting(moment=0.001, clock=people.clock)
    for key in range(21):
        await counting.of(key, people.slow)

    people.goes.clear()
    assert await counting.of(20, people.slow) == 21
    assert await counting.of(0, people.slow) is None
    people.goes.set()
    await settled()


async def test_what_goes_wrong_behind_a_page_is_told_to_the_next() -> None:
    people = People()
    counting = Counting(moment=0.001, clock=people.clock)

    async def fails() -> int:
        await people.slow()
        raise ValueError("gone")

    assert await counting.of("a", fails) is None
    people.goes.set()
    await settled()

    with pytest.raises(ValueError, match="gone"):
        await counting.of("a", fails)
    assert await counting.of("b", people.quick) == 2
