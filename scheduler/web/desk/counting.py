"""What a page counts of very many people: with the page where that is quick, behind it else."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from scheduler.web.desk.patience import Patience

T = TypeVar("T")

#: Seconds that a page waits for it.
MOMENT = 0.1
#: And whoever sent a form, which isn't there any more when the page asks again.
FORM_MOMENT = 3.0
#: How long what took longer is shown again before it is counted anew: people refuse meanwhile.
FRESH = 60.0
#: Beyond which it isn't shown at all.
OLD = 600.0
#: Seconds until a page that shows no count yet asks again.
AGAIN = 2
_PARAMETER = "again"
#: Counts that are kept.
_MOST = 20


def ask_again(page: Response, request: Request, at: str = "") -> None:
    """Let a page that counts show itself again, without a script; ``at``: one of its parts.

    The address differs each time: a browser that is at a part of a page goes there again, and asks
    for nothing.
    """
    number = "2" if request.query_params.get(_PARAMETER) == "1" else "1"
    typed = urlencode(without_again(request) | {_PARAMETER: number})
    where = f"{quote(request.url.path)}?{typed}{f'#{at}' if at else ''}"
    page.headers["Refresh"] = f"{AGAIN}; url={where}"


def without_again(request: Request) -> dict[str, str]:
    """What was typed in the address, and not how often it was asked for."""
    return {name: one for name, one in request.query_params.items() if name != _PARAMETER}


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

    async def of(
        self, key: Hashable, count: Callable[[], Awaitable[T]], seconds: float | None = None
    ) -> T | None:
        """What it comes to; None while it is being counted: ask again. ``key`` tells all that it
        depends on but for what people do meanwhile. ``seconds``: of patience, if not a moment."""
        if (failed := self._failed.pop(key, None)) is not None:
            raise failed
        kept = self._kept.get(key)
        age = self._clock() - kept[1] if kept else OLD
        if kept is not None and age < FRESH:
            found: T = kept[0]
            return found
        counted = await self._patience.within(key, self._count(key, count), seconds)
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
                _make_room(self._failed)
                self._failed[key] = fault
            raise
        # What is quick is asked of the ledger each time.
        self._kept.pop(key, None)
        if self._clock() - asked > self._moment:
            _make_room(self._kept)
            self._kept[key] = found, self._clock()
        return found


def _make_room(kept: dict[Hashable, Any]) -> None:
    """The oldest goes: of a page that nobody came back to."""
    while len(kept) >= _MOST:
        del kept[next(iter(kept))]
