"""The public server behind nginx, told what docs/going-live.md says."""

import asyncio
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.daemon.servers import Servers, listen
from tests.parts.certificates import Certificates
from tests.parts.presence import PROGRAM_PATH, need_programs
from tests.parts.processes import free_port

PAGE = Path(__file__).parents[2] / "docs" / "going-live.md"
WAY_OUT = "/d/token"
ROOM = "/jouer/abc234/etat"


async def who(request: Request) -> Response:
    return PlainTextResponse(request.client.host if request.client else "")


async def slow(request: Request) -> Response:
    """As long as a telephone's line makes it."""
    await asyncio.sleep(0.5)
    return await who(request)


@asynccontextmanager
async def behind(folder: Path, certificates: Certificates) -> AsyncIterator[str]:
    """The address of an nginx that is told what the page says, but for ports and files."""
    need_programs(nginx="nginx-light")
    site = Starlette(
        routes=[
            Route("/", who),
            Route(WAY_OUT, who, methods=["POST"]),
            Route(ROOM, slow),
        ]
    )
    listener = listen("127.0.0.1:0", "web.public_bind")
    inside, outside = listener.getsockname()[1], free_port()
    found = re.search(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert found is not None
    told = found[1]
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{outside} ssl"),
        ("127.0.0.1:8081", f"127.0.0.1:{inside}"),
        ("/etc/ssl/cyber.example.org.pem", str(certificates.certificate)),
        ("/etc/ssl/cyber.example.org.key", str(certificates.key)),
    ):
        assert old in told
        told = told.replace(old, new)
    config = folder / "nginx.conf"
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 2000; }}\nhttp {{ {paths}\n{told}\n}}\n",
        encoding="utf-8",
    )
    servers = Servers([(site, listener)], ["127.0.0.1"])
    await servers.start()
    nginx = await asyncio.create_subprocess_exec(
        str(shutil.which("nginx", path=PROGRAM_PATH)),
        "-c",
        str(config),
        "-p",
        str(folder),
        stderr=subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(30):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", outside)
                except OSError:
                    assert nginx.returncode is None, (folder / "error.log").read_text()
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    break
        yield f"https://127.0.0.1:{outside}"
    finally:
        nginx.terminate()
        await nginx.wait()
        await servers.stop()


@pytest.fixture
def trusting(certificates: Certificates) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificates.authority))


async def test_slow_connections_keep_nobody_from_leaving(
    tmp_path: Path, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    async with behind(tmp_path, certificates) as address:
        port = int(address.rpartition(":")[2])
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(600)]

        connector = aiohttp.TCPConnector(ssl=trusting)
        async with (
            aiohttp.ClientSession(address, connector=connector) as session,
            session.post(WAY_OUT, data={"a": "b"}) as answer,
        ):
            assert answer.status == 200
        for _, writer in slow:
            writer.close()


async def test_a_client_cannot_say_that_it_is_another(
    tmp_path: Path, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    async with behind(tmp_path, certificates) as address:
        connector = aiohttp.TCPConnector(ssl=trusting)
        said = {"X-Forwarded-For": "192.0.2.7"}
        async with (
            aiohttp.ClientSession(address, connector=connector) as session,
            session.get("/", headers=said) as answer,
        ):
            assert await answer.text() == "127.0.0.1"


async def test_a_room_of_telephones_plays_behind_one_address_and_holds_nobody_back(
    tmp_path: Path, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    async with behind(tmp_path, certificates) as address:
        connector = aiohttp.TCPConnector(ssl=trusting, limit=200)
        async with aiohttp.ClientSession(address, connector=connector) as session:

            async def look() -> int:
                async with session.get(ROOM) as answer:
                    return answer.status

            looks = [asyncio.create_task(look()) for _ in range(100)]
            await asyncio.sleep(0.3)
            async with session.post(WAY_OUT, data={"a": "b"}) as left:
                assert left.status == 200

            assert set(await asyncio.gather(*looks)) == {200}
