"""A process: an event loop whose time, threads and network are the machine's.

Everything that the program's code asks of asyncio it gets from asyncio itself; only what leads out
of the process is made here. A dead process never runs again, and what it had open is fenced: not
even the end of its coroutines writes anything anywhere.
"""

import asyncio
from asyncio import Handle, TimerHandle, events
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any, Protocol
from warnings import catch_warnings, simplefilter

from tests.simulation.machine import Died, Machine

#: One of so many callbacks runs before those that were ready earlier.
OUT_OF_TURN = 12


class Network(Protocol):
    """What a process connects by."""

    async def connect(
        self, process: "Process", factory: Callable[[], asyncio.BaseProtocol]
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]: ...


class Threads(Protocol):
    """What runs a process's blocking calls."""

    def run(
        self,
        process: "Process",
        executor: Executor | None,
        call: Callable[[], Any],
        answer: asyncio.Future[Any],
    ) -> None: ...


class Fate(Protocol):
    """What may befall a process that comes by somewhere."""

    def comes_by(self, process: "Process", place: str) -> None:
        """May raise Died, freeze the process, or make something happen elsewhere."""


class Process(asyncio.BaseEventLoop):
    """One life of one owner, or a command beside it."""

    def __init__(
        self, machine: Machine, name: str, *, network: Network, threads: Threads, fate: Fate
    ) -> None:
        super().__init__()
        self.machine = machine
        self.name = name
        self.dead = False
        self.frozen_until = 0.0
        #: Errors that nobody caught, for the reckoning.
        self.faults: list[str] = []
        self._network = network
        self._threads = threads
        self._fate = fate
        self._queue: deque[Handle] = deque()
        #: Kept to the end of the world: nothing of a dead process is ended by the collector.
        self._kept: list[asyncio.Task[Any]] = []
        machine.processes.append(self)
        machine.every.append(self)

    # What the machine asks

    @property
    def has_work(self) -> bool:
        return bool(self._queue)

    def step(self) -> None:
        queue = self._queue
        if len(queue) > 1 and self.machine.chance.random() * OUT_OF_TURN < 1:
            queue.rotate(-self.machine.chance.randrange(len(queue)))
        handle = queue.popleft()
        if not handle._cancelled:
            self.call(handle._run)

    def take(self, handle: Handle) -> None:
        if not handle.cancelled():
            self._queue.append(handle)

    def call(self, work: Callable[[], Any]) -> None:
        """As this process, which may end by it."""
        events._set_running_loop(self)
        try:
            self._fate.comes_by(self, "await")
            work()
        except Died:
            pass
        finally:
            events._set_running_loop(None)

    def die(self) -> None:
        """At once, wherever it is: whoever stands in a call of it raises Died."""
        self.dead = True
        self._queue.clear()
        self.machine.processes.remove(self)

    def bury(self) -> None:
        """Its coroutines end, when the world is over and nothing they do counts."""
        self.dead = True
        with catch_warnings():
            # What it would have waited for at its end is waited for by nobody.
            simplefilter("ignore", RuntimeWarning)
            for task in self._kept:
                _end(task)
            self._kept.clear()
        self._queue.clear()
        self._closed = True

    # What asyncio asks

    def time(self) -> float:
        return self.machine.now

    def call_soon(self, callback: Any, *args: Any, context: Any = None) -> Handle:  # type: ignore[override]  # what is used of it
        handle = Handle(callback, args, self, context)
        self._queue.append(handle)
        return handle

    def call_soon_threadsafe(self, callback: Any, *args: Any, context: Any = None) -> Handle:  # type: ignore[override]  # what is used of it
        return self.call_soon(callback, *args, context=context)

    def call_at(self, when: float, callback: Any, *args: Any, context: Any = None) -> TimerHandle:  # type: ignore[override]  # what is used of it
        handle = TimerHandle(when, callback, args, self, context)
        self.machine.ring(when, handle, self)
        return handle

    def _timer_handle_cancelled(self, handle: TimerHandle) -> None:
        """It rings, and nobody hears it."""

    def create_task(self, coro: Coroutine[Any, Any, Any], **named: Any) -> asyncio.Task[Any]:  # type: ignore[override]  # what is used of it
        task = super().create_task(coro, **named)
        self._kept.append(task)
        return task

    def run_in_executor(  # type: ignore[override]  # any future is awaited alike
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = self.create_future()
        self._threads.run(self, executor, (lambda: func(*args)) if args else func, answer)
        return answer

    async def create_connection(  # type: ignore[override]  # what is used of it
        self, protocol_factory: Callable[[], asyncio.BaseProtocol], *_: Any, **__: Any
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        return await self._network.connect(self, protocol_factory)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        fault = context.get("exception")
        if not self.dead and not isinstance(fault, Died):
            self.faults.append(f"{context.get('message')}: {fault!r}")


def _end(task: asyncio.Task[Any]) -> None:
    task._log_destroy_pending = False  # type: ignore[attr-defined]  # it is meant
    coroutine: Any = task.get_coro()
    # What it does at its end is nobody's matter.
    with suppress(BaseException):
        coroutine.close()
