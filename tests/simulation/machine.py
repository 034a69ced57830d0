"""The scheduler: virtual time, processes that take turns, and what happens between them.

Each process has an event loop of its own (``process.py``). While any of them has something to run,
the machine chooses whose next callback it is; when none has, time leaps to the next event. Nothing
here waits, and nothing happens but what the seed decides.
"""

import heapq
from asyncio import Handle, events
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Protocol


class Died(BaseException):
    """The process ended here. Not an ``Exception``: no code of the program goes on after it."""


class Running(Protocol):
    """A process, as its machine sees it."""

    dead: bool
    frozen_until: float

    @property
    def has_work(self) -> bool: ...

    def step(self) -> None:
        """Run one callback."""

    def take(self, handle: Handle) -> None:
        """A timer has rung."""

    def bury(self) -> None:
        """The world is over."""


class Machine:
    """Where every process of a world runs, and the time that they share."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        #: Seconds since the world began.
        self.now = 0.0
        self.processes: list[Running] = []
        #: The dead too.
        self.every: list[Running] = []
        self._events: list[tuple[float, int, Running | None, Handle | Callable[[], None]]] = []
        self._numbers = count()
        #: Callbacks and events so far.
        self.steps = 0
        #: Of every moment at which something happened, for two runs to be compared.
        self.mark = 0

    def after(self, delay: float, happens: Callable[[], None], of: Running | None = None) -> None:
        """Something happens later; never, where the process whose it is has died by then."""
        heapq.heappush(self._events, (self.now + delay, next(self._numbers), of, happens))

    def ring(self, when: float, handle: Handle, of: Running) -> None:
        """A timer of a process."""
        heapq.heappush(self._events, (when, next(self._numbers), of, handle))

    def run(self, until: Callable[[], bool]) -> None:
        """Until the condition holds, or nothing is left that could happen."""
        while not until() and self.turn():
            pass

    def stand_still(self, process: Running, seconds: float) -> None:
        """A process stops in the middle of a call, and the others go on."""
        process.frozen_until = max(process.frozen_until, self.now + seconds)
        running, end = events._get_running_loop(), process.frozen_until
        events._set_running_loop(None)
        try:
            while self.now < end and self.turn(end):
                pass
        finally:
            events._set_running_loop(running)
        self.now = max(self.now, end)
        if process.dead:
            raise Died

    def turn(self, latest: float = float("inf")) -> bool:
        """One callback or one event; False when there is none before ``latest``."""
        self.steps += 1
        ready = [one for one in self.processes if self._may_run(one)]
        if ready:
            one = ready[0] if len(ready) == 1 else self.chance.choice(ready)
            one.step()
            return True
        if not self._events or self._events[0][0] > latest:
            return False
        when, number, process, what = heapq.heappop(self._events)
        self.now = max(self.now, when)
        self.mark = hash((self.mark, self.now))
        if process is None:
            assert not isinstance(what, Handle)
            what()
        elif process.dead:
            pass
        elif process.frozen_until > self.now:
            heapq.heappush(self._events, (process.frozen_until, number, process, what))
        elif isinstance(what, Handle):
            process.take(what)
        else:
            what()
        return True

    def _may_run(self, one: Running) -> bool:
        return one.has_work and not one.dead and one.frozen_until <= self.now
