"""One connection to the relay, as a queue of expected replies: what has been said is answered in
order, whatever came in between.

A protocol and not a stream: a reply is dealt with where its octets arrive, without a task, a lock
or a time-out of its own. There is one deadline a connection. ``transaction.Carrier`` says what is
said on it; this knows octets, replies and time.
"""

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from scheduler.channels.smtp.left import Meter
from scheduler.channels.smtp.options import Options
from scheduler.channels.smtp.reading import Lost, ReplyReader
from scheduler.channels.smtp.replies import Reply

#: Seconds a connection may rest before it is asked whether it still lives.
_REST = 10.0
_QUIT_TIMEOUT = 5.0
#: Octets that may wait in this process: a message and the next envelope, never paused.
_BUFFER = 1 << 24

#: Told the reply that was waited for.
Hears = Callable[[Reply], None]


class Line(asyncio.Protocol):
    """Greeted and authenticated. Not for two carriers at once."""

    def __init__(
        self, transport: asyncio.WriteTransport, extensions: Mapping[str, str], options: Options
    ) -> None:
        self.options = options
        self.extensions = extensions
        self.transport = transport
        self.meter = Meter(transport)
        self.carried = 0
        #: The destination group whose mail alone it carries; empty: any other's.
        self.destination = ""
        #: A refused transaction is still open at the relay.
        self.unfinished = False
        #: The relay said 421: it closes this connection and wants fewer.
        self.dismissed = False
        #: When the relay's certificate ends (UTC); None without TLS.
        self.certificate_ends = _certificate_end(transport)
        #: Told when the connection is lost, or has something to say that nobody waits for.
        self.on_lost: Callable[[Lost], None] | None = None
        self.on_word: Hears | None = None
        self._loop = asyncio.get_running_loop()
        self._replies = ReplyReader()
        self._awaited: deque[tuple[Hears, float]] = deque()
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._timed = 0.0
        #: Octets that the kernel had before, and that were said since.
        self._given, self._said = self.meter.given(), 0
        self._is_plain = transport.get_extra_info("ssl_object") is None
        self._rested_since = self._wrote = self._loop.time()
        transport.set_protocol(self)
        transport.set_write_buffer_limits(high=_BUFFER)

    @property
    def is_open(self) -> bool:
        return not self.transport.is_closing()

    @property
    def unwritten(self) -> int:
        """Octets that the system hasn't taken."""
        return self.transport.get_write_buffer_size()

    @property
    def given(self) -> int | None:
        """The place, as the meter counts, that the next octet will have at the soonest; None when
        nobody knows. What nothing is made of on its way needn't be asked for."""
        if not self._is_plain:
            return self.meter.given()
        return None if self._given is None else self._given + self._said

    @property
    def is_heard_out(self) -> bool:
        """Every command has its answer, so the next reply will be the next command's."""
        return self.is_open and not self._awaited and not self.dismissed

    @property
    def is_spent(self) -> bool:
        """It has carried its share."""
        usual = self.options.messages_per_connection
        return self.carried >= self.options.messages_by_destination.get(self.destination, usual)

    def say(
        self,
        octets: bytes,
        *hears: Hears,
        seconds: float | None = None,
        then: Sequence[Hears] = (),
    ) -> None:
        """Write, and tell each of these its reply, which may take ``seconds`` from the one before
        (the time of a command, which those have that come ``then``)."""
        usual = self.options.command_timeout
        limit = usual if seconds is None else seconds
        now = self._loop.time()
        if hears and not self._awaited:
            self._wait(limit, now)
        for one in hears:
            self._awaited.append((one, limit))
        for one in then:
            self._awaited.append((one, usual))
        self._wrote = now
        self._said += len(octets)
        self.transport.write(octets)

    async def is_fit(self) -> bool:
        """Whether it can carry one more message; when not, it is closed."""
        if self.is_spent:
            await self.quit()
        elif self.unfinished or self._loop.time() - self._rested_since > _REST:
            try:
                reply = await self._ask(b"RSET\r\n", self.options.command_timeout)
            except Lost:
                reply = None
            self.unfinished = False
            if reply is None or not reply.accepted:
                self.abort()
        return self.is_heard_out

    async def quit(self) -> None:
        """Take leave in the proper way, within seconds. Raises nothing."""
        try:
            with contextlib.suppress(Lost):
                await self._ask(b"QUIT\r\n", _QUIT_TIMEOUT)
        finally:
            self.abort()

    def abort(self) -> None:
        """Close at once; what the relay was being told is then unfinished."""
        self._end()
        self.transport.abort()

    async def _ask(self, command: bytes, seconds: float) -> Reply:
        """One command by itself. Raises Lost."""
        answer: asyncio.Future[Reply] = self._loop.create_future()

        def lost(why: Lost) -> None:
            if not answer.done():
                answer.set_exception(why)

        if not self.is_heard_out:
            raise Lost("lost", "the connection is closed")
        self.on_lost = lost
        try:
            self.say(command, answer.set_result, seconds=seconds)
            return await answer
        finally:
            self.on_lost = None

    # What the loop tells.

    def data_received(self, data: bytes) -> None:
        try:
            replies = self._replies.feed(data)
        except Lost as nonsense:
            self._lose(nonsense)
            return
        self._rested_since = now = self._loop.time()
        for reply in replies:
            if reply.code == 421:
                self.dismissed = True
            self._hear(reply)
            if self.transport.is_closing():
                return
        if self._awaited:
            self._wait(self._awaited[0][1], now)

    def _hear(self, reply: Reply) -> None:
        if self._awaited:
            self._awaited.popleft()[0](reply)
        elif self.on_word is not None:
            self.on_word(reply)
        else:
            # Told 421 while nobody listened, or out of step.
            self.abort()

    def eof_received(self) -> bool:
        self._lose(Lost("lost", "the relay closed the connection"))
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        why = type(exc).__name__ if exc else "the relay closed the connection"
        self._lose(Lost("lost", why))
        self.meter.close()

    def _lose(self, why: Lost) -> None:
        """Whatever was under way ends here; told once, while the meter can still be asked."""
        told, self.on_lost = self.on_lost, None
        self._end()
        if told is not None:
            told(why)
        self.transport.abort()

    def _end(self) -> None:
        self._awaited.clear()
        self.on_word = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # One deadline, moved without a new timer each time.

    def _wait(self, seconds: float, now: float) -> None:
        self._deadline = now + seconds
        self._arm(min(self._deadline, now + self.options.body_timeout))

    def _arm(self, at: float) -> None:
        if self._timer is not None:
            if self._timed <= at:
                return
            self._timer.cancel()
        self._timer, self._timed = self._loop.call_at(at, self._look), at

    def _look(self) -> None:
        self._timer = None
        if not self._awaited:
            return
        now = self._loop.time()
        if now >= self._deadline:
            seconds = self._awaited[0][1]
            self._lose(Lost("timeout", f"no whole reply within {seconds:g} s"))
        elif now >= (stuck := self._wrote + self.options.body_timeout) and self.unwritten:
            self._lose(Lost("timeout", "the relay takes no more octets"))
        else:
            self._arm(min(self._deadline, stuck) if stuck > now else self._deadline)


def _certificate_end(transport: asyncio.WriteTransport) -> datetime | None:
    certificate = cast("dict[str, str]", transport.get_extra_info("peercert") or {})
    if "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
