"""What systemd is told, by a socket of its kind."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.daemon.supervisor import Supervisor


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def told(listening: socket.socket) -> list[str]:
    words = []
    while True:
        try:
            words.append(listening.recv(100).decode())
        except BlockingIOError:
            return words


async def test_it_is_told_ready_alive_and_stopping(tmp_path: Path, systemd: socket.socket) -> None:
    supervisor = Supervisor({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "20000"})
    stop = asyncio.Event()

    supervisor.ready()
    telling = asyncio.create_task(supervisor.keep_telling(stop))
    words: list[str] = []
    while words.count("WATCHDOG=1") < 3:
        await asyncio.sleep(0)
        words += told(systemd)
    stop.set()
    await telling
    supervisor.stopping()

    assert words[0] == "READY=1"
    assert told(systemd)[-1] == "STOPPING=1"


@pytest.mark.parametrize(
    "more",
    [{}, {"WATCHDOG_USEC": "20000", "WATCHDOG_PID": str(os.getpid() + 1)}, {"WATCHDOG_USEC": "x"}],
)
async def test_nobody_waits_for_signs_of_life(
    tmp_path: Path, systemd: socket.socket, more: dict[str, str]
) -> None:
    supervisor = Supervisor({"NOTIFY_SOCKET": str(tmp_path / "notify"), **more})

    await asyncio.wait_for(supervisor.keep_telling(asyncio.Event()), 5)

    assert told(systemd) == []


async def test_an_abstract_socket_is_spoken_to() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0reflexe-{os.getpid()}")
        Supervisor({"NOTIFY_SOCKET": f"@reflexe-{os.getpid()}"}).ready()
        assert listening.recv(100) == b"READY=1"


def test_one_who_no_longer_reads_holds_nobody_up(tmp_path: Path, systemd: socket.socket) -> None:
    supervisor = Supervisor({"NOTIFY_SOCKET": str(tmp_path / "notify")})

    for _ in range(1000):
        supervisor.ready()

    assert 0 < len(told(systemd)) < 1000


def test_without_systemd_nothing_is_told() -> None:
    Supervisor({}).ready()
    Supervisor({"NOTIFY_SOCKET": "/nowhere/notify"}).ready()
