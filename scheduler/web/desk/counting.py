"""What a page counts of very many people: with the page where that is quick, behind it else."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

from scheduler.web.desk.patience import Patience

T = TypeVar("T")

#: Seconds that a page waits for it.
MOMENT = 0.1
#: And how long what took longer is shown again before it is counted anew: people refuse meanwhile.
FRESH = 60.0
#: Beyond which it isn't shown at all.
OLD = 600.0
#: Seconds until a page that shows no count yet asks again.
AGAIN = 2
#: Counts that are kept.
_MOST = 20


class Counting:
    """One count at a time, however many pages wait: the ledger is there to send."""

    def __init__(
        self, moment: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._moment = MOMENT if moment is None else moment
        self._patience = Patience(self._moment)
        self._clock = clock
        self._turn = asyncio.Lock()
        self._kept: dict[Hashable, tuple[Any, float]] = {}
        #: What went wrong behind a page, for the next one.
        self._failed: dict[Hashable, Exception] = {}

    async def of(self, key: Hashable, count: Callable[[], Awaitable[T]]) -> T | None:
        """What it comes to; None while it is being counted: ask again. ``key`` tells all that it
        depends on but for what people do meanwhile."""
        if (failed := self._failed.pop(key, None)) is not None:
            raise failed
        kept = self._kept.get(key)
        age = self._clock() - kept[1] if kept else OLD
        if kept is not None and age < FRESH:
            found: T = kept[0]
            return found
        counted = await self._patience.within(key, self._count(key, count))
        if counted is not None or kept is None or age >= OLD:
            return counted
        found = kept[0]
        return found

    async def _count(self, key: Hashable, count: Callable[[], Awaitable[T]]) -> T:
        asked = self._clock()
        try:
            async with self._turn:
                found = await count()
        except Exception as fault:
            if self._clock() - asked > self._moment:
                self._failed[key] = fault
            raise
        # What is quick is asked of the ledger each time.
        self._kept.pop(key, None)
        if self._clock() - asked > self._moment:
            while len(self._kept) >= _MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = found, self._clock()
        return found
