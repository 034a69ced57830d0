"""Two acts at the same moment: the first is half done when the second comes."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Event
from typing import Any

from sqlalchemy import Connection

from tests.samples.ledger import Book


async def both(
    book: Book, first: Callable[[Connection], Any], second: Callable[[], Awaitable[Any]]
) -> Any:
    """``second`` begins when ``first`` has said all and not ended yet; what ``second`` comes to."""

    def begin() -> Any:
        with book.ledger.database.writing() as connection:
            first(connection)
            # Long enough for the second to come up against it, or to have passed it by.
            said.set()
            passed.wait(0.3)

    said, passed = Event(), Event()
    begun = asyncio.create_task(asyncio.to_thread(begin))
    await asyncio.to_thread(said.wait, 10)
    found = await asyncio.gather(second(), return_exceptions=True)
    passed.set()
    await begun
    return found[0]
