"""The web servers hold their place against those who ask slowly, too much, or too often."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.daemon import crowd, guarded, servers
from scheduler.daemon.crowd import Crowd
from scheduler.domain.errors import ConfigError
from scheduler.domain.showing.public_pages import is_way_out
from scheduler.web import in_hand

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]

REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
WAY_OUT = "/d/token"


@dataclass(kw_only=True, slots=True)
class Running:
    """A server, and everybody who is connected to it."""

    port: int
    #: What its page « /wait » waits for.
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self, client: str = "127.0.0.1") -> Stream:
        stream = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(client, 0))
        self.writers.append(stream[1])
        return stream

    async def get(self, request: bytes = REQUEST, client: str = "127.0.0.1") -> bytes:
        """The first line of the answer on a connection of its own."""
        return await answer(await self.connect(client), request)


@asynccontextmanager
async def running(*, proxies: tuple[str, ...] = ()) -> AsyncIterator[Running]:
    async def wait(request: Request) -> Response:
        await server.go_on.wait()
        return PlainTextResponse(request.client.host if request.client else "")

    async def ok(_request: Request) -> Response:
        return PlainTextResponse("ok")

    site = Starlette(routes=[Route("/", ok), Route("/wait", wait), Route(WAY_OUT, wait)])
    listener = servers.listen("127.0.0.1:0", "web.public_bind")
    both = servers.Servers([(site, listener)], proxies)
    server = Running(port=listener.getsockname()[1])
    await both.start()
    try:
        yield server
    finally:
        server.go_on.set()
        for writer in server.writers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        await both.stop()


async def answer(stream: Stream, request: bytes = REQUEST) -> bytes:
    """The answer's first line; nothing when the connection is closed."""
    reader, writer = stream
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.readline(), 5)
    except ConnectionError:
        return b""


def get(path: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: a", *fields, "", ""]).encode()


async def test_a_request_that_drips_in_is_cut_off_and_others_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded, "TIME_TO_ASK", 0.2)
    async with running() as server:
        slow_reader, slow_writer = await server.connect()
        slow_writer.write(REQUEST[:20])

        assert await server.get() == b"HTTP/1.1 200 OK\r\n"
        assert await asyncio.wait_for(slow_reader.read(), 5) == b""


async def test_a_thousand_slow_connections_of_one_client_close_the_pages_to_nobody() -> None:
    async with running() as server:
        slow = [await server.connect("127.0.0.2") for _ in range(1000)]
        for _, writer in slow:
            writer.write(REQUEST[:20])

        for client in ("127.0.0.1", "127.0.0.3", "127.0.0.2"):
            assert await server.get(client=client) == b"HTTP/1.1 200 OK\r\n"


async def test_an_answer_that_nobody_reads_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "TIME_TO_READ", 0.2)
    async with running() as server:
        reader, writer = await server.connect()
        writer.write(get("/wait"))

        assert await asyncio.wait_for(reader.read(), 5) == b""


@pytest.mark.parametrize(
    "request_",
    [
        get("/", *(f"X-{number}: a" for number in range(guarded.MOST_FIELDS))),
        get("/", "X: " + "a" * 70_000),
        get("/" + "a" * 70_000),
        b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000,
    ],
    ids=["fields", "a long field", "a long address", "a field without end"],
)
async def test_a_head_without_measure_is_refused(request_: bytes) -> None:
    async with running() as server:
        assert (await server.get(request_)).startswith(b"HTTP/1.1 431 ")
        assert await server.get() == b"HTTP/1.1 200 OK\r\n"


async def test_a_client_has_so_many_requests_in_hand_and_others_have_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_hand, "MOST_IN_HAND", 2)
    async with running(proxies=("127.0.0.1",)) as server:
        waiting = [await server.connect() for _ in range(4)]
        real = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2"]
        tasks = [
            asyncio.create_task(answer(one, get("/wait", f"X-Forwarded-For: {address}")))
            for one, address in zip(waiting, real, strict=True)
        ]
        await asyncio.sleep(0.2)

        third = get("/", "X-Forwarded-For: 192.0.2.1")
        assert (await server.get(third)).startswith(b"HTTP/1.1 503 ")
        other = get("/", "X-Forwarded-For: 192.0.2.3")
        assert await server.get(other) == b"HTTP/1.1 200 OK\r\n"
        server.go_on.set()
        assert set(await asyncio.gather(*tasks)) == {b"HTTP/1.1 200 OK\r\n"}


async def test_a_way_out_is_the_last_to_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "MOST_CONNECTIONS", 3)
    monkeypatch.setattr(in_hand, "MOST_IN_HAND", 1)
    async with running() as server:
        held = [await server.connect() for _ in range(3)]
        for _, writer in held:
            writer.write(get(WAY_OUT))
        await asyncio.sleep(0.2)

        refused = await server.get()
        leaving = asyncio.create_task(server.get(get(WAY_OUT)))
        server.go_on.set()

        assert refused.startswith(b"HTTP/1.1 503 ")
        assert await leaving == b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("path", "leads_out"),
    [
        ("/d/abc", True),
        ("/preferences/abc", True),
        ("/A7K2Q9XB", True),
        ("/receipts/twilio", True),
        ("/verifier", False),
        ("/aide", False),
        ("/m/0123456789abcdef", False),
        ("/", False),
    ],
)
def test_which_paths_lead_out(path: str, *, leads_out: bool) -> None:
    assert is_way_out(path) is leads_out


class Asking:
    """Connections of clients, by a name of theirs, and which were closed."""

    def __init__(self, proxies: tuple[str, ...] = ()) -> None:
        self.crowd = Crowd(proxies)
        self.closed: list[str] = []

    def begins(self, client: str, name: str, now: float = 0.0) -> None:
        self.crowd.begins(client, name, lambda: self.closed.append(name), now)


def test_who_holds_most_loses_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST_ASKING", 4)
    asking = Asking()
    asking.begins("b", "b1")
    for name in ("a1", "a2", "a3", "a4", "a5"):
        asking.begins("a", name)

    assert asking.closed == ["a1", "a2"]


def test_one_client_has_a_bound_of_its_own_unless_it_is_quick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crowd, "MOST_OF_A_CLIENT", 2)
    asking = Asking(proxies=("proxy",))
    for name in ("a1", "a2", "a3"):
        asking.begins("a", name, now=0.5)
        asking.begins("proxy", "p" + name, now=0.5)
    assert asking.closed == []

    asking.begins("a", "a4", now=2.0)
    asking.begins("proxy", "p4", now=2.0)

    assert asking.closed == ["a1"]


def test_who_has_asked_is_counted_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST_ASKING", 1)
    asking = Asking()
    asking.begins("a", "a1")
    asking.crowd.ends("a", "a1")
    asking.crowd.ends("a", "a1")

    asking.begins("a", "a2")

    assert asking.closed == []


def test_a_taken_port_names_the_key_that_changes_it() -> None:
    with servers.listen("127.0.0.1:0", "web.desk_bind") as taken:
        port = taken.getsockname()[1]

        with pytest.raises(ConfigError) as refused:
            servers.listen(f"127.0.0.1:{port}", "web.desk_bind")

    assert "web.desk_bind" in str(refused.value)
    assert "REFLEXE_WEB__DESK_BIND" in str(refused.value)
