"""The counting step: answers and reactions gathered for a second, then added in one transaction.

A Sunday's answers would else be a transaction each, and each would stand before an opt-out. What
is gathered is in memory alone: a process that is killed loses it, and nothing but it.
"""

import asyncio
from collections import Counter as Numbers
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from scheduler.domain.quizzes.counted import Counter
from scheduler.log import get_logger

log = get_logger(__name__)

#: Gathered for so long (seconds).
EVERY = 1.0


class TallySource(Protocol):
    async def add(self, counts: Mapping[Counter, int]) -> None:
        """Add to these counters, in one transaction."""


class Tally:
    """Gathers for one process. As many numbers as there are counters: it can't grow further."""

    def __init__(self, source: Callable[[], TallySource], every: float = EVERY) -> None:
        """``source`` is asked at each flush: a configuration read again makes another."""
        self._source = source
        self._every = every
        self._gathered: Numbers[Counter] = Numbers()
        self._leaving = 0
        self._free = asyncio.Event()
        self._free.set()
        self._closed = False
        self._flushing: asyncio.Task[None] | None = None

    def count(self, counters: Iterable[Counter]) -> None:
        """One more of each. Never waits."""
        self._gathered.update(counters)
        if self._gathered and (self._flushing is None or self._flushing.done()):
            self._flushing = asyncio.create_task(self._soon())

    @contextmanager
    def behind(self) -> Iterator[None]:
        """While somebody opts out, nothing is written here."""
        self._leaving += 1
        self._free.clear()
        try:
            yield
        finally:
            self._leaving -= 1
            if not self._leaving:
                self._free.set()

    async def close(self) -> None:
        """Write what is gathered, once nobody answers any more."""
        self._closed = True
        if self._flushing is not None:
            await self._flushing
        await self._flush()

    async def _soon(self) -> None:
        while self._gathered and not self._closed:
            await asyncio.sleep(self._every)
            await self._free.wait()
            await self._flush()

    async def _flush(self) -> None:
        """What can't be written now stays gathered."""
        taken, self._gathered = self._gathered, Numbers()
        if not taken:
            return
        try:
            await self._source().add(taken)
        except Exception as fault:
            self._gathered.update(taken)
            log.warning("tally.failed", reason=str(fault))
