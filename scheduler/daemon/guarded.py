"""HTTP as uvicorn speaks it, held against those who ask slowly, or without end."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from scheduler.daemon.crowd import Crowd
from scheduler.domain.showing.public_pages import is_way_out

#: Seconds a connection has to ask something: one that drips its request must not hold a place.
TIME_TO_ASK = 15
#: Seconds an answer has to be read.
TIME_TO_READ = 60
#: Bytes of a request before its body, and header fields in them.
LARGEST_HEAD = 32 * 1024
MOST_FIELDS = 100
#: Connections at once; one more is answered 503, and sending goes on.
MOST_CONNECTIONS = 500
#: The same for a way out: it is the last to be refused.
MOST_WITH_WAYS_OUT = 700

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Guarded(HttpToolsProtocol):
    """Closes what doesn't ask in time, asks too much, or doesn't read; uvicorn waits for ever."""

    #: Set by ``guarding``: a crowd a server.
    crowd = Crowd()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._from = self.client[0] if self.client else ""
        self._head = 0
        self._asks()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._in_head or self.transport.is_closing():
            return
        self._head += len(data)
        if self._head > LARGEST_HEAD:
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._fields = self._size = 0

    def on_url(self, url: bytes) -> None:
        if self._has_room(len(url)):
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields += 1
        if self._has_room(len(name) + len(value)):
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        if self.transport.is_closing():
            return
        path = self.url.partition(b"?")[0].decode("ascii", "replace")
        self.limit_concurrency = MOST_WITH_WAYS_OUT if is_way_out(path) else MOST_CONNECTIONS
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self.transport.is_closing():
            return
        super().on_message_complete()
        self.crowd.ends(self._from, self)
        self._within(TIME_TO_READ)

    def on_response_complete(self) -> None:
        self._deadline.cancel()
        self._asks()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        self.crowd.ends(self._from, self)
        super().connection_lost(exc)

    def _asks(self) -> None:
        self._in_head, self._head = True, 0
        # Again: a pipelined request was there before the answer to the one before.
        self.crowd.ends(self._from, self)
        self.crowd.begins(self._from, self, self.transport.abort, self.loop.time())
        self._deadline = self.loop.call_later(TIME_TO_ASK, self.transport.close)

    def _within(self, seconds: float) -> None:
        self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _has_room(self, octets: int) -> bool:
        """Whether the head may have so much more in it; one that may not is refused."""
        self._size += octets
        if self.transport.is_closing():
            return False
        if self._size <= LARGEST_HEAD and self._fields <= MOST_FIELDS:
            return True
        self._refuse()
        return False

    def _refuse(self) -> None:
        self.transport.write(_TOO_LARGE)
        self.transport.close()


def guarding(crowd: Crowd) -> type[Guarded]:
    """The protocol of one server, which keeps its own count of who asks."""
    return type("GuardedServer", (Guarded,), {"crowd": crowd})
