"""A process's threads, replaced: each blocking call is one event, at a moment of the seed's choice.

A transaction is atomic, and those of all processes come one after another, as on a ledger that one
writer at a time has. It may come late, fail, be done without its answer, or never.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.simulation.machine import Died, Machine
from tests.simulation.process import Fate, Process


@dataclass(frozen=True, kw_only=True, slots=True)
class Disk:
    """How fast calls are, in seconds: mostly, and one in fifty."""

    usual: float
    slow: float


@dataclass(frozen=True, slots=True)
class _Job:
    process: Process
    call: Callable[[], Any]
    answer: asyncio.Future[Any]


class Calls:
    """Every blocking call of a world."""

    def __init__(self, machine: Machine, disk: Disk, fate: Fate) -> None:
        self.machine = machine
        self.disk = disk
        self._fate = fate
        #: What waits for a thread of an executor that has only one.
        self._queues: defaultdict[Executor, deque[_Job]] = defaultdict(deque)
        #: The process whose call is under way.
        self.inside: Process | None = None

    def run(
        self,
        process: Process,
        executor: Executor | None,
        call: Callable[[], Any],
        answer: asyncio.Future[Any],
    ) -> None:
        job = _Job(process, call, answer)
        if not isinstance(executor, ThreadPoolExecutor) or executor._max_workers > 1:
            self._later(process, lambda: self._do(job))
            return
        queue = self._queues[executor]
        queue.append(job)
        if len(queue) == 1:
            self._later(process, lambda: self._next(queue))

    def _next(self, queue: deque[_Job]) -> None:
        self._do(queue[0])
        queue.popleft()
        if queue and not queue[0].process.dead:
            self._later(queue[0].process, lambda: self._next(queue))

    def _do(self, job: _Job) -> None:
        before, self.inside = self.inside, job.process
        try:
            self._fate.comes_by(job.process, "call")
            found = job.call()
        except Died:
            return
        except Exception as fault:
            self._tell(job, partial(job.answer.set_exception, fault))
        else:
            self._tell(job, partial(job.answer.set_result, found))
        finally:
            self.inside = before

    def _tell(self, job: _Job, tell: Callable[[], None]) -> None:
        def told() -> None:
            if not job.answer.done():
                tell()

        self._later(job.process, lambda: job.process.call(told))

    def _later(self, process: Process, happens: Callable[[], None]) -> None:
        chance, disk = self.machine.chance, self.disk
        most = disk.slow if chance.random() < 0.02 else disk.usual
        self.machine.after(most * chance.random(), happens, process)
