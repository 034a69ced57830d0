"""How fast connections to the relay are made."""

import asyncio
import math
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from scheduler.channels.smtp.connect import connect, tls_context
from scheduler.channels.smtp.line import Line
from scheduler.channels.smtp.options import Options
from scheduler.domain.errors import ChannelStopped, HandOverError, Temporary

#: Seconds, the longest time without new connections.
_LONGEST_DELAY = 30.0
#: Seconds for which a connection that was let in says that others will be.
_WELCOME = 10.0


class Door:
    """Opens one line, and then others beside each other: two more for each that was let in just
    before, so that ten take three greetings' time and not ten. None for a while after a failure,
    and then one again.

    Those who waited while another was refused share its answer: a wrong password is tried once,
    an unreachable relay waited for once.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._context: ssl.SSLContext | None = None
        self._opening = 0
        #: Set when one of these ends, and then another.
        self._ended = asyncio.Event()
        #: Each just after another, since the last failure; and when the last of them was.
        self._let_in = 0
        self._let_in_at = -math.inf
        self._failed_at = -math.inf
        self._closed_until = -math.inf
        self._failures = 0
        self._error: HandOverError | None = None
        #: As the last connection showed it (UTC).
        self.certificate_ends: datetime | None = None

    async def open(self) -> Line:
        """Raises Temporary or ChannelStopped."""
        # A loop's own time may stand still for as long as it runs what is ready.
        asked = time.monotonic()
        async with self._a_turn():
            began = time.monotonic()
            self._repeat_failure(asked, began)
            try:
                line = await self._connect()
            except HandOverError as error:
                self._note_failure(error, began, time.monotonic())
                raise
            self._failures = 0
            self._let_in = self._let_in + 1 if self._is_welcome else 1
            self._let_in_at = time.monotonic()
            self.certificate_ends = line.certificate_ends
            return line

    @asynccontextmanager
    async def _a_turn(self) -> AsyncIterator[None]:
        while self._opening >= self._at_once:
            await self._ended.wait()
        self._opening += 1
        try:
            yield
        finally:
            # Nothing is waited for here: whoever is called off twice keeps nobody out.
            self._opening -= 1
            ended, self._ended = self._ended, asyncio.Event()
            ended.set()

    @property
    def _at_once(self) -> int:
        return 1 + 2 * self._let_in if self._is_welcome else 1

    @property
    def _is_welcome(self) -> bool:
        return time.monotonic() - self._let_in_at < _WELCOME

    async def _connect(self) -> Line:
        if self._context is None and self._options.security != "none":
            self._context = await asyncio.to_thread(tls_context, self._options)
        return await connect(self._options, self._context)

    def _note_failure(self, error: HandOverError, began: float, now: float) -> None:
        # Of those that were opened beside each other one counts: ten refused are one outage.
        if began >= self._failed_at or not self._failures:
            self._failures = min(self._failures + 1, 16)
        delay = min(self._options.reconnect_delay * 2 ** (self._failures - 1), _LONGEST_DELAY)
        # A stopped channel gets no new message until a person acts; then it is tried at once.
        self._closed_until = now + delay if isinstance(error, Temporary) else now
        self._let_in = 0
        self._failed_at = now
        self._error = error

    def _repeat_failure(self, asked: float, now: float) -> None:
        if self._error is None or (asked > self._failed_at and now >= self._closed_until):
            return
        code, detail = self._error.code, self._error.detail
        if not isinstance(self._error, Temporary):
            raise ChannelStopped(code, detail)
        left = timedelta(seconds=max(0.0, self._closed_until - now))
        wait = max(left, self._error.wait or left)
        raise Temporary(code, detail, wait=wait, of_channel=True)
