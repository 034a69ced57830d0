"""TCP in memory: what is given to a connection, what of it has arrived, and how it ends.

Between the two ends lie the sender's own buffer, its kernel's, the network and the other kernel.
What a dead process had in its own buffer is lost; what its kernel had may still arrive. An octet is
acknowledged when the other kernel has it; the news takes its time, or is lost with the way back.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Protocol

from tests.simulation.machine import Machine
from tests.simulation.process import Process


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


class Ours(Protocol):
    """Our end. Each is an event of its process."""

    def hear(self, octets: bytes) -> None: ...

    def hear_end(self) -> None: ...

    def lose(self, why: OSError) -> None: ...

    def acknowledged(self, there: int) -> None: ...


class Link:
    """One connection, seen from the network."""

    def __init__(self, machine: Machine, process: Process, weather: Weather) -> None:
        self.machine = machine
        self.process = process
        self.weather = weather
        self.transport: Ours
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
