"""Work that a page waits a moment for, and that goes on behind it.

Reading a year of messages takes seconds the first time, and a text meant to be slow far longer: a
page says what is known by then, and the next look finds the rest.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds.
MOMENT = 0.5


class Patience:
    """Keeps what runs on from being forgotten half-way."""

    def __init__(self, seconds: float = MOMENT) -> None:
        self._seconds = seconds
        self._running: dict[object, asyncio.Task[Any]] = {}

    async def within(
        self, key: object, work: Coroutine[Any, Any, T], seconds: float | None = None
    ) -> T | None:
        """What ``work`` comes to; None when it takes longer. Of one key only one runs at once,
        however long each asker waits for it."""
        task: asyncio.Task[T] | None = self._running.get(key)
        if task is None:
            task = self._running[key] = asyncio.ensure_future(work)
            task.add_done_callback(lambda _: self._running.pop(key, None))
        else:
            work.close()
        done, _ = await asyncio.wait({task}, timeout=self._seconds if seconds is None else seconds)
        if not done:
            task.add_done_callback(_looked_at)
            return None
        return task.result()


def _looked_at(task: "asyncio.Task[Any]") -> None:
    """What went wrong behind a page is found again by the next look."""
    if not task.cancelled():
        task.exception()
