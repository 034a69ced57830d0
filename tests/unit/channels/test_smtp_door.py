"""How fast connections to a relay are made: one, then several beside each other, and one again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from scheduler.channels.smtp.door import Door
from scheduler.channels.smtp.line import Line
from scheduler.channels.smtp.options import Options
from scheduler.domain.errors import Temporary

#: Seconds that nothing here takes, unless something waits for what doesn't come.
PATIENCE = 30.0


@dataclass
class Greeter:
    """Greets connections by groups: each waits until the whole group is there."""

    groups: Sequence[int]
    #: Those that it hangs up on, by their number.
    refused: frozenset[int] = frozenset()
    came: int = 0
    somebody: asyncio.Event = field(default_factory=asyncio.Event)
    _doors: list[asyncio.Event] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = self.came
        self.came += 1
        self.somebody.set()
        try:
            if number in self.refused:
                return
            await self._group_of(number)
            writer.write(b"220 relay.example.org\r\n")
            while command := await reader.readline():
                writer.write(b"221 bye\r\n" if command.startswith(b"QUIT") else b"250 ok\r\n")
        finally:
            writer.close()

    async def _group_of(self, number: int) -> None:
        first = 0
        for place, size in enumerate(self.groups):
            if number < first + size:
                while len(self._doors) <= place:
                    self._doors.append(asyncio.Event())
                if self.came >= first + size:
                    self._doors[place].set()
                await self._doors[place].wait()
                return
            first += size


async def opened(greeter: Greeter, count: int) -> tuple[list[Line], list[BaseException]]:
    """So many lines, asked for at once: those that there are, and why the others aren't."""
    server = await asyncio.start_server(greeter.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        door = Door(options(port))
        found = await asyncio.wait_for(ask(door, count), PATIENCE)
        for one in found[0]:
            one.abort()
    return found


async def ask(door: Door, count: int) -> tuple[list[Line], list[BaseException]]:
    asked = (door.open() for _line in range(count))
    found = await asyncio.gather(*asked, return_exceptions=True)
    lines = [one for one in found if isinstance(one, Line)]
    return lines, [one for one in found if isinstance(one, BaseException)]


def options(port: int) -> Options:
    return Options(
        host="127.0.0.1",
        port=port,
        security="none",
        connect_timeout=PATIENCE,
        command_timeout=PATIENCE,
        reconnect_delay=0.0,
    )


async def test_ten_lines_take_the_time_of_three_greetings() -> None:
    """One by one, the second would wait for ever for the two that are greeted with it."""
    greeter = Greeter(groups=[1, 3, 6])

    lines, errors = await opened(greeter, 10)

    assert (len(lines), errors) == (10, [])


async def test_a_relay_nobody_knows_yet_is_asked_by_one() -> None:
    greeter = Greeter(groups=[1], refused=frozenset({0}))

    lines, errors = await opened(greeter, 10)

    assert lines == []
    assert {type(one) for one in errors} == {Temporary}
    assert greeter.came == 1


async def test_after_a_failure_one_is_tried_again_by_itself() -> None:
    greeter = Greeter(groups=[1], refused=frozenset({1, 2}))
    server = await asyncio.start_server(greeter.serve, "127.0.0.1", 0)
    async with server:
        door = Door(options(server.sockets[0].getsockname()[1]))
        first, _ = await ask(door, 1)
        _, refused = await ask(door, 1)
        assert greeter.came == 2
        _, shared = await ask(door, 5)

    first[0].abort()
    assert [type(one) for one in (*refused, *shared)] == [Temporary] * 6
    assert greeter.came == 3


async def test_those_that_fail_beside_each_other_are_one_failure() -> None:
    """Three would make the wait of one failure four times as long."""
    greeter = Greeter(groups=[1], refused=frozenset({1, 2, 3}))
    server = await asyncio.start_server(greeter.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        door = Door(replace(options(port), reconnect_delay=5.0))
        first, _ = await ask(door, 1)
        _, refused = await ask(door, 3)
        _, (after,) = await ask(door, 1)

    first[0].abort()
    assert (len(refused), greeter.came) == (3, 4)
    assert isinstance(after, Temporary)
    assert after.wait is not None
    assert after.wait <= timedelta(seconds=5)


async def test_a_relay_that_was_left_alone_is_asked_by_one_and_then_by_three() -> None:
    greeter = Greeter(groups=[1, 3, 1, 1], refused=frozenset(range(6, 20)))
    server = await asyncio.start_server(greeter.serve, "127.0.0.1", 0)
    async with server:
        door = Door(options(server.sockets[0].getsockname()[1]))
        lines, _ = await ask(door, 5)
        door._let_in_at -= 60
        more, refused = await ask(door, 10)

    for one in (*lines, *more):
        one.abort()
    assert (len(lines), len(more), len(refused)) == (5, 1, 9)
    assert greeter.came == 5 + 1 + 3


@pytest.mark.parametrize("count", [1, 4])
async def test_whoever_is_called_off_keeps_nobody_out(count: int) -> None:
    greeter = Greeter(groups=[count + 1])
    server = await asyncio.start_server(greeter.serve, "127.0.0.1", 0)
    async with server:
        door = Door(options(server.sockets[0].getsockname()[1]))
        waiting = [asyncio.create_task(door.open()) for _line in range(count)]
        await asyncio.wait_for(greeter.somebody.wait(), PATIENCE)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        greeter.groups = [0]
        line = await asyncio.wait_for(door.open(), PATIENCE)

    line.abort()
    assert line.carried == 0
