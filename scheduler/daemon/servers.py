"""The two small web servers, in the daemon's own loop: public pages and the desk."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from uvicorn import Config, Server
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from scheduler.daemon.crowd import Crowd
from scheduler.daemon.guarded import MOST_CONNECTIONS, guarding
from scheduler.domain.errors import ConfigError, Fault
from scheduler.web.in_hand import InHand
from scheduler.web.peer import NotePeer

#: Seconds an idle connection is kept.
KEEP_ALIVE = 15


def listen(bind: str, key: str) -> socket.socket:
    """A listening socket. Raises ConfigError naming the key when the port can't be had."""
    host, _, port = bind.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, int(port)))
        listener.listen(1024)
    except OSError as taken:
        listener.close()
        what = f"can't listen on {bind} ({taken.strerror})"
        variable = "REFLEXE_" + key.replace(".", "__").upper()
        remedy = f"stop what uses it, or choose another port with {key} (or {variable})"
        fault = Fault(where="config.yaml", key=key, what=what, remedy=remedy)
        raise ConfigError([fault]) from taken
    listener.setblocking(False)
    return listener


class Servers:
    """Serve from ``start`` to ``stop``."""

    def __init__(self, sites: Sequence[tuple[Any, socket.socket]], proxies: Sequence[str]) -> None:
        self._sockets = [listener for _, listener in sites]
        self._servers = [_Server(_config(site, proxies)) for site, _ in sites]
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        for server, listener in zip(self._servers, self._sockets, strict=True):
            self._tasks.append(asyncio.create_task(server.serve(sockets=[listener])))
        for server in self._servers:
            await server.ready.wait()

    async def stop(self) -> None:
        for server in self._servers:
            server.end()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _Server(Server):
    """Leaves the signals to the daemon, and says when it listens."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._ended = asyncio.Event()

    def end(self) -> None:
        self.should_exit = True
        self._ended.set()

    async def main_loop(self) -> None:
        """uvicorn looks ten times a second whether it should end, and renews a date once a second
        that nobody is told here: a tenth of what an idle daemon did."""
        await self.on_tick(0)
        await self._ended.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(site: Any, proxies: Sequence[str]) -> Config:
    # Put here by ourselves: the peer is noted before any header is believed.
    app: Any = InHand(site)
    if proxies:
        app = ProxyHeadersMiddleware(app, list(proxies))
    return Config(
        NotePeer(app),
        http=guarding(Crowd(proxies)),
        log_config=None,
        # Addresses and tokens are in request lines: no log of persons.
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        timeout_keep_alive=KEEP_ALIVE,
        limit_concurrency=MOST_CONNECTIONS,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
