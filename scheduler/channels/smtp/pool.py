"""The connections kept to the relay."""

import asyncio
from collections import Counter, defaultdict
from datetime import datetime

from scheduler.channels.smtp.door import Door
from scheduler.channels.smtp.line import Line
from scheduler.channels.smtp.options import Options
from scheduler.domain.errors import Temporary

#: Accepted messages after which a relay that asked for fewer connections gets one more.
_REGROWTH = 20
#: Accepted messages after which a relay that lost no connection is trusted with body and dot in one
#: write: until then a line listens between the two, and a loss has a side.
_TRUST = 100


class Pool:
    """Lends lines, at most ``allowed`` at once.

    A 421 or a failed connection halves ``allowed``; accepted messages win it back one by one.

    Mail to a destination group goes over a line of its own, kept from ``enter`` to ``leave``:
    what that group's servers see of us is then one connection a batch, whatever else is sent.
    """

    def __init__(self, options: Options) -> None:
        self.allowed = options.connections
        self._most = options.connections
        self._door = Door(options)
        self._permits = asyncio.Semaphore(options.connections)
        #: One connection at least is never a destination group's, where there are two.
        self._berths = asyncio.Semaphore(max(1, options.connections - 1))
        #: Held by somebody, and kept from everybody.
        self._taken = 0
        self._withheld = 0
        self._accepted = 0
        self._idle: list[Line] = []
        #: Of each destination group: how many have entered, and the lines they don't use now.
        self._entered: Counter[str] = Counter()
        self._kept: defaultdict[str, list[Line]] = defaultdict(list)
        self._closed = False
        #: Accepted since a connection was last lost with a message on it.
        self._in_a_row = 0

    @property
    def certificate_ends(self) -> datetime | None:
        """When the relay's certificate ends, as far as one was seen (UTC)."""
        return self._door.certificate_ends

    async def enter(self, destination: str) -> None:
        """Have a connection for one destination group's mail, when there is one; then ``leave``.

        Empty stands for all other mail, which shares what is left.
        """
        if destination:
            await self._berths.acquire()
            try:
                await self._acquire()
            except BaseException:
                self._berths.release()
                raise
            self._entered[destination] += 1
            if self._idle and self._taken + len(self._idle) > self.allowed:
                await self._idle.pop(0).quit()

    async def leave(self, destination: str) -> None:
        """Take leave of the relay on that connection."""
        if not destination:
            return
        self._entered[destination] -= 1
        kept = self._kept[destination]
        spare = kept[self._entered[destination] :]
        del kept[self._entered[destination] :]
        self._release()
        self._berths.release()
        await asyncio.gather(*(line.quit() for line in spare))

    async def take(self, destination: str = "") -> Line:
        """A line ready for a transaction; give it back whatever happens.

        Raises Temporary or ChannelStopped.
        """
        if self._entered[destination]:
            return await self._fit_line(destination, self._kept[destination])
        await self._acquire()
        try:
            return await self._fit_line("", self._idle)
        except BaseException:
            self._release()
            raise

    def give_back(self, line: Line) -> None:
        """Keep the line for the next message, or close it when it is out of step."""
        if line.dismissed:
            self._slow_down()
        kept = self._kept[line.destination] if line.destination else self._idle
        if line.is_heard_out and not self._closed:
            kept.append(line)
        else:
            line.abort()
        if not line.destination:
            self._release()
            # Of those that a 421 made too many, the idle ones go.
            while self._idle and self._taken + len(self._idle) > self.allowed:
                self._idle.pop(0).abort()

    @property
    def is_trusted(self) -> bool:
        """The relay has taken enough without losing a connection."""
        return self._in_a_row >= _TRUST

    @property
    def is_crowded(self) -> bool:
        """More lines are used than are allowed now."""
        return self._taken > self.allowed

    def note_lost(self) -> None:
        """A connection was lost with a message on it."""
        self._in_a_row = 0

    def note_accepted(self) -> None:
        self._in_a_row += 1
        self._accepted += 1
        if self.allowed == self._most or self._accepted < _REGROWTH:
            return
        self._accepted = 0
        self.allowed += 1
        if self._withheld:
            self._withheld -= 1
            self._permits.release()

    async def close(self) -> None:
        """Take leave of every idle relay connection. One in use closes when it is given back."""
        self._closed = True
        idle = [*self._idle, *(one for kept in self._kept.values() for one in kept)]
        self._idle.clear()
        self._kept.clear()
        await asyncio.gather(*(line.quit() for line in idle))

    async def _fit_line(self, destination: str, idle: list[Line]) -> Line:
        while idle:
            line = idle.pop()
            try:
                if await line.is_fit():
                    return line
            except BaseException:
                line.abort()
                raise
        try:
            line = await self._door.open()
        except Temporary:
            self._slow_down()
            raise
        line.destination = destination
        return line

    def _slow_down(self) -> None:
        self.allowed = max(1, self.allowed // 2)
        self._accepted = 0
        while len(self._idle) > self.allowed:
            self._idle.pop(0).abort()

    async def _acquire(self) -> None:
        await self._permits.acquire()
        self._taken += 1

    def _release(self) -> None:
        self._taken -= 1
        if self._most - self._withheld > self.allowed:
            self._withheld += 1
        else:
            self._permits.release()
