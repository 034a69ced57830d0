"""A sink that takes its time: replies after so many milliseconds, one answer in a hundred after ten
seconds. A process of its own, so that it costs the sender nothing but the wait.

    python -m bench.slow PORT SECONDS_A_REPLY [SHARE SECONDS_OF_THE_SLOW]

Which answers are slow is told by the message's number on the sink, so each run has the same.
"""

import asyncio
import sys
from typing import cast


class Sink(asyncio.Protocol):
    """One connection, octets as they come: nothing is kept."""

    def __init__(self, seconds: float, every: int, slow: float, count: list[int]) -> None:
        self._seconds, self._every, self._slow, self._count = seconds, every, slow, count
        self._rest = b""
        self._in_text = False
        self._ready_at = 0.0
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._say(b"220 slow.example.org\r\n")

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        for line in lines:
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        if self._in_text:
            if line == b".":
                self._in_text = False
                self._count[0] += 1
                is_slow = bool(self._every) and self._count[0] % self._every == 0
                self._say(b"250 2.0.0 Ok\r\n", self._slow if is_slow else 0.0)
            return
        verb = line[:4].upper()
        if verb == b"EHLO":
            self._say(b"250-slow.example.org\r\n250 PIPELINING\r\n")
        elif verb == b"DATA":
            self._in_text = True
            self._say(b"354 go on\r\n")
        else:
            self._say(b"221 2.0.0 Bye\r\n" if verb == b"QUIT" else b"250 2.0.0 Ok\r\n")

    def _say(self, reply: bytes, more: float = 0.0) -> None:
        """In order, and all that is asked in one breath is answered in one: the distance is the
        network's, and only a slow answer is the relay's."""
        self._ready_at = max(self._ready_at, self._loop.time() + self._seconds) + more
        self._loop.call_at(self._ready_at, self._transport.write, reply)


async def serve(port: int, seconds: float, every: int, slow: float) -> None:
    count = [0]
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Sink(seconds, every, slow, count), "127.0.0.1", port, backlog=1000
    )
    await server.serve_forever()


if __name__ == "__main__":
    _, a_port, a_reply, *others = sys.argv
    asyncio.run(
        serve(
            int(a_port),
            float(a_reply),
            int(others[0]) if others else 0,
            float(others[1]) if others else 0.0,
        )
    )
