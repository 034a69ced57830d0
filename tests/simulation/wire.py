"""Our end of a connection in memory: as asyncio's transport behaves, and what the kernel says."""

import asyncio
import struct
from typing import Any, ClassVar

from tests.simulation.link import Link
from tests.simulation.process import Fate

#: Where ``struct tcp_info`` has the octets that weren't sent yet, those that were, and the second
#: times; and how long it is.
NOT_SENT, SENT, SENT_AGAIN, LENGTH = 144, 200, 208, 232
#: Of what stands for a socket: nobody has so many open.
FIRST_DESCRIPTOR = 1 << 20


class Transport(asyncio.Transport):
    """Our end, as asyncio's own behaves."""

    def __init__(self, link: Link, fate: Fate) -> None:
        super().__init__()
        self.link = link
        link.transport = self
        self._process = link.process
        self._fate = fate
        self._protocol: Any = None
        self._buffer = b""
        self._high, self._low = 65536, 16384
        self._paused = False
        self._closing = self._lost = self._half = False
        self._reading, self._unread = True, b""
        self._socket = Socket(link)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._socket if name == "socket" else default

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        found: asyncio.BaseProtocol = self._protocol
        return found

    def is_closing(self) -> bool:
        return self._closing

    def is_reading(self) -> bool:
        return self._reading

    def pause_reading(self) -> None:
        self._reading = False

    def resume_reading(self) -> None:
        self._reading = True
        unread, self._unread = self._unread, b""
        if unread:
            self._process.call_soon(self.hear, unread)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = high if high is not None else 65536
        self._low = low if low is not None else self._high // 4

    def get_write_buffer_size(self) -> int:
        return len(self._buffer)

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return self._low, self._high

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._process.dead or self._closing or not data:
            return
        self.link.give(bytes(data))
        self._fate.comes_by(self._process, "write")
        self._buffer += bytes(data)
        self._pump()
        self._fate.comes_by(self._process, "written")
        if len(self._buffer) > self._high and not self._paused:
            self._paused = True
            self._protocol.pause_writing()

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        return False

    def close(self) -> None:
        if self._process.dead or self._closing:
            return
        self._closing = True
        if not self._buffer:
            self._end(None, whole=True)

    def abort(self) -> None:
        if self._process.dead or self._lost:
            return
        self._closing, self._buffer = True, b""
        self._end(None, whole=self.link.machine.chance.random() < 0.5)

    # What the network tells; each comes as an event of the process.

    def hear(self, octets: bytes) -> None:
        if self._lost:
            return
        if not self._reading:
            self._unread += octets
            return
        self._process.call_soon(self._data, octets)

    def _data(self, octets: bytes) -> None:
        if not self._lost:
            self._protocol.data_received(octets)

    def hear_end(self) -> None:
        if not self._lost:
            self._process.call_soon(self._eof)

    def _eof(self) -> None:
        if not self._lost and not self._protocol.eof_received():
            self.close()

    def lose(self, why: OSError) -> None:
        if self._lost:
            return
        self._closing = True
        self._buffer = b""
        self._end(why, whole=False)

    def acknowledged(self, there: int) -> None:
        self.link.acked = max(self.link.acked, there)
        self._pump()
        if self._paused and len(self._buffer) <= self._low and not self._lost:
            self._paused = False
            self._process.call_soon(self._resume)
        if self._closing and not self._buffer and not self._lost:
            self._end(None, whole=True)

    def _resume(self) -> None:
        if not self._lost:
            self._protocol.resume_writing()

    def _pump(self) -> None:
        link = self.link
        link.send()
        room = link.weather.room - len(link.queue)
        if room > 0 and self._buffer:
            link.queue += self._buffer[:room]
            self._buffer = self._buffer[room:]
            link.send()

    def _end(self, why: OSError | None, *, whole: bool) -> None:
        self._lost = True
        self.link.close_here(whole=whole)
        self._process.call_soon(self._protocol.connection_lost, why)


class Socket:
    """What is asked of the kernel about a connection, by a descriptor of the world's own."""

    #: Descriptor -> socket, of the world that is lived.
    every: ClassVar[dict[int, "Socket"]] = {}

    def __init__(self, link: Link) -> None:
        self.link = link
        self._number = FIRST_DESCRIPTOR + len(self.every)
        self.every[self._number] = self

    def getsockopt(self, _level: int, _option: int, length: int) -> bytes:
        """``struct tcp_info``: nothing is ever sent twice here."""
        info = bytearray(max(length, LENGTH))
        struct.pack_into("@I", info, NOT_SENT, len(self.link.queue))
        struct.pack_into("@Q", info, SENT, self.link.sent)
        struct.pack_into("@Q", info, SENT_AGAIN, 0)
        return bytes(info[:length])

    def fileno(self) -> int:
        return self._number

    def close(self) -> None:
        """It is told of its connection after that too."""
