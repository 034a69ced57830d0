"""Every connection of a world, and the server that they lead to."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tests.simulation.link import Link, Server, Weather
from tests.simulation.machine import Machine
from tests.simulation.process import Fate, Process
from tests.simulation.wire import Transport


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
