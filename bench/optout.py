"""One-click opt-outs a second on the public server, each durable before its answer.

    python -m bench.optout [opt-outs] [connections]      (TMPDIR on a disk, not in memory)

The peer is a bare Starlette page on the same uvicorn that only appends a line to a file, with one
fsync for those that come together. Réflexe opens a token, writes a row of the ledger and a line of
the journal, both fsynced. Server and clients share the machine. What counts is the ratio in one
run.
"""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bench.world import make_world
from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.daemon.servers import Servers, listen
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.web.public import make_public

PORT = 20081
BODY = b"List-Unsubscribe=One-Click"
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\n"
)
#: How a server is started: ``serve NAME FOLDER``.
SERVE = "serve"


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if sys.argv[1:2] == [SERVE]:
        asyncio.run(serve(sys.argv[2], Path(sys.argv[3])))
        return
    opt_outs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    connections = int(sys.argv[2]) if len(sys.argv) > 2 else 256
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = asyncio.run(make_paths(folder, opt_outs))
        peer = measure("peer", folder, paths, connections)
        ours = measure("reflexe", folder, paths, connections)
        asyncio.run(check(folder, opt_outs))
    print(f"{opt_outs} one-click POSTs, {connections} connections, one process each side")
    print(f"bare page  {peer:8.0f} a second")
    print(f"reflexe    {ours:8.0f} a second   ratio {ours / peer:.2f}")


async def make_paths(folder: Path, count: int) -> list[str]:
    """The addresses in as many people's e-mails."""
    app = await make_world(folder, count, {})
    tokens = []
    async for card in app.people.contacts():
        if card.email_id is not None:
            token = OptOutToken(
                address_id=AddressId(card.email_id), contact_id=ContactId(card.contact)
            )
            tokens.append(app.ledger.tokens.optout(token))
    await app.close()
    return [f"/d/{token}" for token in tokens]


async def check(folder: Path, count: int) -> None:
    """Every one of them is in the ledger and in the journal."""
    app = await bootstrap.open_app(load(folder / "config.yaml", {}))
    held = len(await app.people.opt_outs())
    keys = app.ledger.keys.check_value
    reading = OptOutJournal(app.configuration.optout_journal, keys).read()
    await app.close()
    journal = len(reading.records) if reading else 0
    if (held, journal) != (count, count):
        raise SystemExit(f"{held} in the ledger, {journal} in the journal: no figure")


def measure(name: str, folder: Path, paths: Sequence[str], connections: int) -> float:
    """Answers a second."""
    command = [sys.executable, "-m", "bench.optout", SERVE, name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout is None or not process.stdout.readline():
                raise SystemExit(f"{name} didn't start: no figure")
            seconds = asyncio.run(press(paths, connections))
        finally:
            process.terminate()
    return len(paths) / seconds


async def serve(name: str, folder: Path) -> None:
    """Until it is killed; a line on standard output when it listens."""
    if name == "peer":
        site: object = bare_page(folder / "lines")
    else:
        app = await bootstrap.open_app(load(folder / "config.yaml", {}))
        site = make_site(app)
    servers = Servers([(site, listen(f"127.0.0.1:{PORT}", "web.public_bind"))], [])
    await servers.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


def make_site(app: bootstrap.App) -> object:
    return make_public(lambda: app, dict, ready=lambda: True)


def bare_page(path: Path) -> Starlette:
    """Appends each request's path; those that wait share an fsync."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    waiting: list[tuple[bytes, asyncio.Future[None]]] = []
    writing = asyncio.Lock()

    async def page(request: Request) -> PlainTextResponse:
        await request.body()
        written = asyncio.get_running_loop().create_future()
        waiting.append((request.url.path.encode() + b"\n", written))
        async with writing:
            if not written.done():
                group = waiting[:]
                waiting.clear()
                await asyncio.to_thread(_append, file, [line for line, _ in group])
                for _, each in group:
                    each.set_result(None)
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/d/{token}", page, methods=["POST"])])


def _append(file: int, lines: Sequence[bytes]) -> None:
    os.write(file, b"".join(lines))
    os.fdatasync(file)


async def press(paths: Sequence[str], connections: int) -> float:
    """Seconds until every path has its answer; one request at a time on each connection."""
    loop = asyncio.get_running_loop()
    requests = iter([HEAD.format(path=path).encode() + BODY for path in paths])
    over = [loop.create_future() for _ in range(connections)]
    began = time.perf_counter()
    for ended in over:
        await loop.create_connection(_client(requests, ended), "127.0.0.1", PORT)
    await asyncio.gather(*over)
    return time.perf_counter() - began


def _client(
    requests: Iterator[bytes], ended: asyncio.Future[None]
) -> Callable[[], asyncio.Protocol]:
    return lambda: _Client(requests, ended)


class _Client(asyncio.Protocol):
    """Asks, waits for the answer, asks the next."""

    def __init__(self, requests: Iterator[bytes], ended: asyncio.Future[None]) -> None:
        self._requests = requests
        self._ended = ended

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, blank, body = self._answer.partition(b"\r\n\r\n")
        if not blank or len(body) < int(head.lower().partition(b"content-length: ")[2].split()[0]):
            return
        if not head.startswith(b"HTTP/1.1 200 "):
            self._fail(f"{head[:80]!r}")
            return
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        self._fail("a connection was lost")

    def _fail(self, why: str) -> None:
        if not self._ended.done():
            self._ended.set_exception(RuntimeError(f"{why}: no figure"))

    def _ask(self) -> None:
        self._answer = b""
        request = next(self._requests, None)
        if request is None:
            self._ended.set_result(None)
            return
        self._transport.write(request)  # type: ignore[attr-defined]  # a TCP transport


if __name__ == "__main__":
    main()
