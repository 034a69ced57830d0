"""TCP in memory: what is given to a connection, what of it has arrived, and how it ends.

Between the two ends lie the sender's own buffer, its kernel's, the network and the other kernel.
What a dead process had in its own buffer is lost; what its kernel had may still arrive. An octet is
acknowledged when the other kernel has it; the news takes its time, or is lost with the way back.
"""

import asyncio
import struct
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar, Protocol

from tests.simulation.machine import Machine
from tests.simulation.process import Fate, Process

#: Where ``struct tcp_info`` has the octets that weren't sent yet, those that were, and the second
#: times; and how long it is.
NOT_SENT, SENT, SENT_AGAIN, LENGTH = 144, 200, 208, 232
#: Of what stands for a socket: nobody has so many open.
FIRST_DESCRIPTOR = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Weather:
    """How a world's network is."""

    #: Seconds one way, at least and at most.
    nearest: float
    farthest: float
    #: Octets that may be on the way unacknowledged; as many more wait in the kernel.
    room: int
    #: Octets and replies arrive in pieces of any size.
    splits: bool


class Server(Protocol):
    """The far end of one connection."""

    def received(self, octets: bytes) -> None: ...

    def gone(self) -> None:
        """Nothing more comes: closed, or reset."""


class Link:
    """One connection, seen from the network."""

    def __init__(self, machine: Machine, process: Process, weather: Weather) -> None:
        self.machine = machine
        self.process = process
        self.weather = weather
        self.transport: Transport
        self.server: Server
        #: Octets given to the transport, put on the way, there, and known to be there.
        self.given = self.sent = self.there = self.acked = 0
        #: What the kernel has and hasn't sent.
        self.queue = b""
        #: Where the octets of each write begin, and when that was.
        self._offsets: list[int] = []
        self._times: list[float] = []
        self._last_out = self._last_back = 0.0
        #: Nothing arrives any more: forth, back.
        self.cut_out = self.cut_back = False
        self.closed_here = self.closed_there = False

    def given_at(self, offset: int) -> float:
        """When the octet at this place was given to the transport."""
        return self._times[bisect_right(self._offsets, offset) - 1]

    def give(self, octets: bytes) -> None:
        self._offsets.append(self.given)
        self._times.append(self.machine.now)
        self.given += len(octets)

    def send(self, *, all_of_it: bool = False) -> None:
        """From the kernel onto the way, as far as there is room."""
        room = len(self.queue) if all_of_it else self.weather.room - (self.sent - self.acked)
        if room <= 0 or not self.queue:
            return
        octets, self.queue = self.queue[:room], self.queue[room:]
        self.sent += len(octets)
        for piece in self._pieces(octets):
            self._last_out = self._arrival(self._last_out)
            self.machine.after(self._last_out - self.machine.now, partial(self._land, piece))

    def _land(self, octets: bytes) -> None:
        if self.cut_out:
            return
        if self.closed_there:
            self.fail(ConnectionResetError(104, "reset by peer"))
            return
        self.server.received(octets)

    def acknowledge(self, octets: int) -> None:
        """The far kernel has so many more."""
        self.there += octets
        there = self.there
        self._back(lambda: self.transport.acknowledged(there))

    def say(self, octets: bytes) -> None:
        """The far end says something."""
        for piece in self._pieces(octets):
            self._back(partial(self.transport.hear, piece))

    def end(self) -> None:
        """The far end closes in good order."""
        self.closed_there = True
        self._back(lambda: self.transport.hear_end())

    def reset(self) -> None:
        """The far end closes in the middle."""
        self.closed_there = True
        self.fail(ConnectionResetError(104, "reset by peer"))

    def fail(self, why: OSError) -> None:
        self._back(lambda: self.transport.lose(why))

    def cut(self, *, out: bool = True, seconds: float = 20) -> None:
        """The network swallows everything, or only what comes back; our kernel gives up later."""
        self.cut_back, self.cut_out = True, self.cut_out or out
        why = TimeoutError(110, "Connection timed out")
        self.machine.after(seconds, lambda: self.transport.lose(why), self.process)

    def close_here(self, *, whole: bool) -> None:
        """Our end is closed: what the kernel has arrives (``whole``), or is lost on the way."""
        if self.closed_here:
            return
        self.closed_here = True
        if whole:
            self.send(all_of_it=True)
        else:
            # What is under way may have left before: some of it arrives.
            self.machine.after(self._latency(), self._cut_off)
        self._last_out = self._arrival(self._last_out)
        self.machine.after(self._last_out - self.machine.now, self._tell_gone)

    def _cut_off(self) -> None:
        self.cut_out = True

    def _tell_gone(self) -> None:
        if not self.closed_there:
            self.closed_there = True
            self.server.gone()

    def _back(self, happens: Callable[[], None]) -> None:
        if not self.cut_back:
            self._last_back = self._arrival(self._last_back)
            self.machine.after(self._last_back - self.machine.now, happens, self.process)

    def _arrival(self, last: float) -> float:
        """In order, whatever each takes."""
        return max(last, self.machine.now + self._latency())

    def _latency(self) -> float:
        return self.machine.chance.uniform(self.weather.nearest, self.weather.farthest)

    def _pieces(self, octets: bytes) -> list[bytes]:
        if not self.weather.splits or len(octets) < 2:
            return [octets]
        chance = self.machine.chance
        places = sorted(chance.randrange(1, len(octets)) for _ in range(chance.randrange(3)))
        ends = [0, *places, len(octets)]
        return [octets[a:b] for a, b in pairwise(ends) if a < b]


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


class Net:
    """Every connection of a world, and the server that they lead to."""

    def __init__(
        self,
        machine: Machine,
        weather: Weather,
        fate: Fate,
        accept: Callable[[Link], Server | None],
    ) -> None:
        self.machine = machine
        self.weather = weather
        self.links: list[Link] = []
        self._fate = fate
        self._accept = accept

    async def connect(
        self, process: Process, factory: Callable[[], asyncio.BaseProtocol]
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        await asyncio.sleep(self.machine.chance.uniform(0, 2 * self.weather.farthest))
        link = Link(self.machine, process, self.weather)
        transport = Transport(link, self._fate)
        server = self._accept(link)
        if server is None:
            raise ConnectionRefusedError(111, "Connection refused")
        link.server = server
        self.links.append(link)
        protocol = factory()
        transport.set_protocol(protocol)
        process.call_soon(protocol.connection_made, transport)
        await asyncio.sleep(0)
        return transport, protocol

    def ended(self, process: Process, *, power_cut: bool) -> None:
        """A process is dead: what its kernel still has arrives, or a part of it, or nothing."""
        for link in self.links:
            if link.process is process and not link.closed_here:
                link.cut_back = True
                if power_cut:
                    link.closed_here = True
                    link.machine.after(self.machine.chance.uniform(0, 0.1), link._cut_off)
                else:
                    with suppress(AttributeError):
                        link.close_here(whole=self.machine.chance.random() < 0.5)

    def living(self) -> list[Link]:
        return [one for one in self.links if not one.closed_here and not one.closed_there]
