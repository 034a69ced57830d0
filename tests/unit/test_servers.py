"""The web servers hold their place against those who ask slowly."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from scheduler.daemon import servers
from scheduler.domain.errors import ConfigError

SITE = Starlette(routes=[Route("/", lambda _request: PlainTextResponse("ok"))])
REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def test_a_request_that_drips_in_is_cut_off_and_others_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(servers, "TIME_TO_ASK", 0.2)
    listener = servers.listen("127.0.0.1:0", "web.public_bind")
    port = listener.getsockname()[1]
    both = servers.Servers([(SITE, listener)], [])
    await both.start()
    try:
        slow_reader, slow_writer = await asyncio.open_connection("127.0.0.1", port)
        slow_writer.write(REQUEST[:20])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST)

        answer = await reader.readuntil(b"ok")
        rest_of_slow = await asyncio.wait_for(slow_reader.read(), 5)

        assert answer.startswith(b"HTTP/1.1 200")
        assert rest_of_slow == b""
        slow_writer.close()
        writer.close()
    finally:
        await both.stop()


def test_a_taken_port_names_the_key_that_changes_it() -> None:
    with servers.listen("127.0.0.1:0", "web.desk_bind") as taken:
        port = taken.getsockname()[1]

        with pytest.raises(ConfigError) as refused:
            servers.listen(f"127.0.0.1:{port}", "web.desk_bind")

    assert "web.desk_bind" in str(refused.value)
    assert "REFLEXE_WEB__DESK_BIND" in str(refused.value)
