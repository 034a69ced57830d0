"""How many requests of one client are worked on at once."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from scheduler.web.in_hand import MOST_IN_HAND, MOST_PLAYED, InHand


class Slow:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(site: InHand, path: str, client: str = "192.0.2.7") -> int:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "path": path, "client": (client, 1), "method": "GET", "headers": []}
    await site(scope, receive, send)
    return int(said[0]["status"])


@pytest.mark.parametrize(
    ("path", "most"), [("/aide", MOST_IN_HAND), ("/jouer/abc234/etat", MOST_PLAYED)]
)
async def test_one_more_than_the_most_is_answered_at_once(path: str, most: int) -> None:
    slow = Slow()
    site = InHand(slow)
    held = [asyncio.create_task(ask(site, path)) for _ in range(most)]
    await asyncio.sleep(0)

    assert await ask(site, path) == 503
    others = [asyncio.create_task(ask(site, path, "192.0.2.8"))]
    slow.go.set()
    assert set(await asyncio.gather(*held, *others)) == {200}
    assert await ask(site, path) == 200


async def test_a_room_that_plays_keeps_its_network_from_no_other_page_and_no_way_out() -> None:
    slow = Slow()
    site = InHand(slow)
    room = [asyncio.create_task(ask(site, "/bataille/core.js")) for _ in range(MOST_PLAYED)]
    await asyncio.sleep(0)
    pages = [asyncio.create_task(ask(site, path)) for path in ("/aide", "/d/token", "/ABCD2345")]
    await asyncio.sleep(0)
    slow.go.set()

    assert await asyncio.gather(*pages) == [200] * 3
    assert set(await asyncio.gather(*room)) == {200}
