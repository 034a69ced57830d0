"""Work that may wait for long, beside the loop and beside the end of the process."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_own_thread(work: Callable[[], T]) -> T:
    """What ``work`` gives, or raises. Whatever it waits for, the loop goes on, and so does a stop:
    a server that answers no more keeps nothing from ending (asyncio's own threads would)."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[], None]) -> None:
        # Nobody waits any more where the loop has ended.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if future.done() else settle())

    def run() -> None:
        try:
            found = work()
        except BaseException as failed:
            raised = failed
            tell(lambda: future.set_exception(raised))
        else:
            tell(lambda: future.set_result(found))

    Thread(target=run, name="source", daemon=True).start()
    return await future
