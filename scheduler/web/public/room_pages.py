"""/jouer: the password battle on telephones, in a room that the desk opened.

A team's name, its points and the round are all that comes here; nothing is written anywhere, and
nobody's address is kept: a network is counted for ten minutes, in memory.
"""

import secrets
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from scheduler.bootstrap import App, battles_of
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.battle import Battle
from scheduler.domain.quizzes.room import Refused, Room
from scheduler.domain.showing.public_pages import BATTLE, ROOM
from scheduler.log import get_logger
from scheduler.web.battle.picture import drawn
from scheduler.web.battle.room import ROOM_POLICY, door_page, room_page
from scheduler.web.battle.rooms import Rooms, written
from scheduler.web.limits import read_form
from scheduler.web.public.moderation import Moderation
from scheduler.web.public.stuffing import network_of
from scheduler.web.security import content_policy, security_headers

log = get_logger(__name__)

#: Teams taken in of one network, and of everybody, in so long: a whole room is one network.
WINDOW = timedelta(minutes=10)
EACH = 80
EVERY = 400
_Act = Callable[[Request, Room], Awaitable[Response]]


class RoomPages:
    """What opens nothing here is answered by the page where a code is typed."""

    def __init__(self, current: Callable[[], App], rooms: Rooms) -> None:
        self._current = current
        self._rooms = rooms
        self._joins = Moderation(WINDOW, EACH, EVERY)
        self._headers = security_headers(content_policy(ROOM_POLICY), https=True)

    async def door(self, request: Request) -> Response:
        """Where a code is typed; with one, on to its room."""
        code = "".join(request.query_params.get("code", "").split()).lower()
        if code and self._found(code):
            return RedirectResponse(f"{ROOM}/{code}", 303)
        return await self._door("not_here" if code else "")

    async def phone(self, request: Request) -> Response:
        return await self._page(request, screen=False)

    async def screen(self, request: Request) -> Response:
        return await self._page(request, screen=True)

    def inside(self, act: _Act) -> Callable[[Request], Awaitable[Response]]:
        """What a room's scripts ask for; where there is no such room, a word."""

        async def answer(request: Request) -> Response:
            code = request.path_params["code"]
            if room := self._found(code):
                return await act(request, room)
            # 410: nobody needs to ask again; 404: another server may have it.
            return PlainTextResponse("gone\n", 410 if self._rooms.was_closed(code) else 404)

        return answer

    async def state(self, _request: Request, room: Room) -> Response:
        """Under a thousand octets, the same for everybody."""
        return Response(self._rooms.state(room), media_type="application/json")

    async def names(self, _request: Request, room: Room) -> Response:
        return Response(written(room.names()), media_type="application/json")

    async def join(self, request: Request, room: Room) -> Response:
        form = await read_form(request)
        client = request.client.host if request.client else ""
        if not self._joins.admits(network_of(client), self._current().clock()):
            return JSONResponse({"fault": "many"}, 429)
        team = room.join(form.get("name", ""), secrets.token_urlsafe(12))
        if isinstance(team, Refused):
            return JSONResponse({"fault": team.value}, 422 if team is Refused.NAME else 409)
        told = {"team": team.number, "key": team.key, "name": team.name, "roster": room.roster}
        return JSONResponse(told)

    async def score(self, request: Request, room: Room) -> Response:
        form = await read_form(request)
        numbers = [_number(form.get(name, "")) for name in ("team", "round", "points")]
        team, turn, points = numbers
        taken = room.score(team, form.get("key", ""), turn, points)
        return Response(status_code=204 if taken else 409)

    def _found(self, code: str) -> Room | None:
        """Raises HTTPException (404) where no battle is played."""
        app = self._current()
        if not app.configuration.settings.web.battle:
            raise HTTPException(404)
        return self._rooms.find(code, app.clock())

    async def _page(self, request: Request, *, screen: bool) -> Response:
        app, room = self._current(), self._found(request.path_params["code"])
        if room is None:
            return await self._door("not_here", 404)
        address = f"{app.links.public_url}{ROOM}/{room.code}"
        battles, values = self._rooms.texts(room) or await self._texts()
        page = room_page(
            battles,
            values,
            base=BATTLE,
            code=room.code,
            address=address.partition("://")[2],
            picture=drawn(address) if screen else None,
        )
        return HTMLResponse(page, headers=self._headers)

    async def _door(self, fault: str, status: int = 200) -> Response:
        if not self._current().configuration.settings.web.battle:
            raise HTTPException(404)
        battles, values = await self._texts()
        return HTMLResponse(door_page(battles, values, base=BATTLE, fault=fault), status)

    async def _texts(self) -> tuple[list[Battle], Mapping[str, str]]:
        try:
            return await to_thread(battles_of, self._current().configuration)
        except ContentError as error:
            log.warning("battle.unreadable", where=error.fault.where, what=error.fault.what)
            raise HTTPException(404) from None


def _number(typed: str) -> int:
    """-1 for what is none, which no team, round or score is."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1
