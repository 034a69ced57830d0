"""Several replicas on one PostgreSQL, beside the single process on SQLite.

    make bench    or    python -m bench.scale [sending|slow|takeover|idle …] [--messages N]

Everything is on one machine: replicas, sink and server share its processors. *Busy* says how much
of them was in use: near 100 %, or near what smtp-source alone does, it is the machine or the sink
that is measured. PostgreSQL comes with the tests, with its default settings, on a socket.
"""

import argparse
import logging
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from bench import replica
from bench.ground import KEYS, Ground, ledger, planned, processor_times
from bench.peers import smtp_source
from bench.send import PORT, sink
from bench.world import ROOT
from tests.parts.postgres import postgres
from tests.parts.processes import free_port, wait_until

CONNECTIONS = 10
REPLICAS = (1, 2, 4)
#: Bytes of a message of the peer's.
SIZE = 20_000
KILLS = 7
#: Seconds that idle replicas are watched.
WATCHED = 30
UNSETTLED = "SELECT count(*) FROM delivery WHERE state IN ('waiting', 'sending')"
AT_WORK = "SELECT count(DISTINCT owner) FROM batch WHERE state = 'open' AND owner IN ({names})"
HELD = "SELECT count(*) FROM batch WHERE owner = '{name}'"
CONNECTED = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
TRANSACTIONS = "SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one run of sending came to."""

    #: Messages a second.
    rate: float
    #: Share of the machine's processors in use.
    busy: float
    #: PostgreSQL's, at the most.
    connections: int


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    benches = {"sending": sending, "slow": slow, "takeover": takeover, "idle": idle}
    parser = argparse.ArgumentParser(prog="bench.scale")
    parser.add_argument("benches", nargs="*", metavar="|".join(benches), default=list(benches))
    parser.add_argument("--messages", type=int, default=20_000)
    asked = parser.parse_args()
    for name in asked.benches:
        with postgres() as server, tempfile.TemporaryDirectory() as folder:
            benches[name](server.uri, Path(folder), asked.messages)


def sending(server: str, folder: Path, messages: int) -> None:
    """Messages a second of one process on SQLite, and of several on PostgreSQL."""
    print(f"{messages} messages, {CONNECTIONS} connections a replica, one smtp-sink")
    with sink():
        peer = smtp_source(PORT, messages, CONNECTIONS, SIZE)[0]
        print(f"smtp-source             {peer:7.0f} messages/s of {SIZE} bytes")
        compare(folder, server, messages, CONNECTIONS)


def slow(server: str, folder: Path, messages: int) -> None:
    """The same over a relay that takes a second a message: it is waited for, not worked for.

    A batch is one replica's, and a thousand messages: so many that each of four has two.
    """
    few, many = messages * 2 // 5, 64
    print(f"{few} messages, {many} connections a replica, smtp-sink takes a second a message")
    with sink("-w", "1"):
        compare(folder, server, few, many)


def compare(folder: Path, server: str, messages: int, connections: int) -> None:
    alone = send(folder / "sqlite", None, 1, messages, connections)
    print(f"SQLite, one process     {alone.rate:7.0f} messages/s, busy {alone.busy:.0%}")
    for count in REPLICAS:
        found = send(folder / str(count), server, count, messages, connections)
        print(
            f"PostgreSQL, replicas: {count} {found.rate:7.0f} messages/s, busy {found.busy:.0%}, "
            f"ratio {found.rate / alone.rate:.2f}, at most {found.connections} connections"
        )


def send(folder: Path, server: str | None, count: int, messages: int, connections: int) -> Run:
    """One run, from the word to begin until nothing waits."""
    with (
        planned(folder, server, messages, connections) as ground,
        ground.replicas(count) as running,
    ):
        held = 0
        before, began = processor_times(), time.perf_counter()
        for process in running:
            replica.tell(process)
        while ground.ask(UNSETTLED):
            time.sleep(0.1)
            # One of them asks.
            held = max(held, ground.ask(CONNECTED) - 1 if server else 0)
        seconds, after = time.perf_counter() - began, processor_times()
    total, idle_time = (new - old for new, old in zip(after, before, strict=True))
    return Run(rate=messages / seconds, busy=1 - idle_time / total, connections=held)


def takeover(server: str, folder: Path, messages: int) -> None:
    """Seconds until what a killed replica held is free for the others."""
    # The sink takes a second over each message: both stay at work.
    with (
        sink("-w", "1"),
        planned(folder / "killed", server, messages, CONNECTIONS) as ground,
        ground.replicas(2) as running,
    ):
        for process in running:
            replica.tell(process)
        times = [kill_one(ground, running, number) for number in range(KILLS)]
    least, middle, most = min(times), statistics.median(times), max(times)
    print(f"taken over after {least:.1f} s, {middle:.1f} s, {most:.1f} s", end=" ")
    print(f"(least, median, most of {KILLS} kills)")


def kill_one(ground: Ground, running: list[subprocess.Popen[str]], number: int) -> float:
    """The older of two, ``bench-NUMBER``; a new one takes its place."""
    names = f"'bench-{number}', 'bench-{number + 1}'"
    wait_until(lambda: ground.ask(AT_WORK.format(names=names)) == len(running), "both at work")
    # Signs of life come every four seconds: any moment between them.
    time.sleep(random.uniform(0, 4))  # noqa: S311 - nothing is guarded by it
    victim = running.pop(0)
    victim.kill()
    began = time.monotonic()
    held = HELD.format(name=f"bench-{number}")
    wait_until(lambda: not ground.ask(held), "its batches are free")
    seconds = time.monotonic() - began
    victim.wait()
    running.append(ground.start(number + 2))
    replica.tell(running[-1])
    return seconds


def idle(server: str, folder: Path, _messages: int) -> None:
    """What daemons with nothing to do ask of the server."""
    for count in REPLICAS:
        connections, rate = watch(server, folder / f"idle-{count}", count)
        print(
            f"idle replicas: {count}   {connections / count:.1f} connections, "
            f"{rate / count:.1f} transactions a second, each"
        )


def watch(server: str, home: Path, count: int) -> tuple[int, float]:
    """Connections, and transactions a second, of daemons that have settled down."""
    home.mkdir()
    with ledger(home, server) as url, daemons(home, url, count):
        ground = Ground(folder=home, url=url, environment={})
        wait_until(lambda: ground.ask("SELECT count(*) FROM replica") == count, "all run")
        time.sleep(WATCHED / 2)
        before, began = ground.ask(TRANSACTIONS), time.monotonic()
        time.sleep(WATCHED)
        rate = (ground.ask(TRANSACTIONS) - before) / (time.monotonic() - began)
        return ground.ask(CONNECTED) - 1, rate


@contextmanager
def daemons(folder: Path, url: str, count: int) -> Iterator[None]:
    """The real ones, on today's calendar, without anybody to write to."""
    with ExitStack() as stack:
        for number in range(count):
            home = folder / str(number)
            home.mkdir()
            shutil.copy(ROOT / "config.yaml", home)
            for name in ("templates", "audiences"):
                shutil.copytree(ROOT / name, home / name)
            process = stack.enter_context(_daemon(home, url, folder / KEYS))
            stack.callback(process.terminate)
        yield


def _daemon(home: Path, url: str, keys: Path) -> subprocess.Popen[bytes]:
    environment = {
        "REFLEXE_CONFIG": str(home / "config.yaml"),
        "REFLEXE_DATABASE__URL": url,
        "REFLEXE_KEYS__FILE": str(keys),
        "REFLEXE_WEB__DESK_BIND": f"127.0.0.1:{free_port()}",
        "REFLEXE_WEB__PUBLIC_BIND": f"127.0.0.1:{free_port()}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler", "run"],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
