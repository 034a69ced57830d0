"""« Bataille »: the console of whoever hosts the password battle. A room is opened for some hours,
its rounds begun and ended, a team with a bad name dropped."""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from hashlib import blake2s
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from scheduler.bootstrap import battles_of
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.battle import fewest
from scheduler.domain.quizzes.room import MOST_HOURS, Room
from scheduler.domain.showing.public_pages import ROOM, ROOM_SCREEN
from scheduler.web.battle.picture import drawn
from scheduler.web.battle.rooms import Rooms
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import LIVE_POLICY, Desk

_PAGE = "/battle"
#: What the buttons of a room do in it; nothing else than what the memory holds.
_IN_ROOM: Mapping[str, Callable[[Room], object]] = {
    "begin": Room.begin,
    "end": Room.end,
    "shut": lambda room: room.take_teams(False),
    "let-in": lambda room: room.take_teams(True),
}


class BattlePages:
    def __init__(self, desk: Desk, rooms: Rooms) -> None:
        self._desk = desk
        self._rooms = rooms

    async def show(self, request: Request) -> Response:
        return await self._show(request)

    async def live(self, _request: Request) -> Response:
        """What changes when something happens in a room."""
        return PlainTextResponse(self._fingerprint())

    async def open(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        app = self._desk.current()
        hours = asked.fields.get("hours", "")
        if not asked.by:
            return await self._show(request, 400, Wrong(sentence=texts.NO_NAME, field="by-open"))
        if hours not in map(str, range(1, MOST_HOURS + 1)):
            wrong = Wrong(sentence=texts.ROOM_HOURS_WRONG, field="hours")
            return await self._show(request, 400, wrong)
        if not app.configuration.settings.web.battle:
            return await self._show(request, 409, Wrong(sentence=texts.BATTLE_OFF))
        try:
            battles, values = await to_thread(battles_of, app.configuration)
        except ContentError as error:
            wrong = Wrong(sentence=f"{texts.ROOM_UNREADABLE} {error.fault}")
            return await self._show(request, 409, wrong)
        if self._desk.forms.take(asked):
            texts_of_now, now = (battles, values), app.clock()
            if self._rooms.open(fewest(battles), int(hours), now, texts_of_now) is None:
                return await self._show(request, 409, Wrong(sentence=texts.ROOMS_FULL))
            await self._note(AuditAct.OPEN_ROOM, asked, {"hours": int(hours)})
        return done(request, asked, _PAGE)

    async def act(self, request: Request) -> Response:
        """What a button of a room asks for."""
        asked = await self._desk.forms.read(request)
        room = self._rooms.find(request.path_params["code"], self._desk.current().clock())
        if room is None:
            return await self._show(request, 404, Wrong(sentence=texts.ROOM_GONE))
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{room.code}")
            return await self._show(request, 400, wrong)
        if self._desk.forms.take(asked):
            await self._do(asked, room)
        return done(request, asked, _PAGE)

    async def _do(self, asked: Asked, room: Room) -> None:
        wanted = asked.fields.get("act", "")
        if wanted in _IN_ROOM:
            _IN_ROOM[wanted](room)
        elif wanted == "renew":
            self._rooms.renew(room.code)
        elif wanted == "close" and self._rooms.close(room.code):
            await self._note(AuditAct.CLOSE_ROOM, asked, {})
        elif (number := asked.fields.get("drop", "")).isdecimal():
            room.drop(int(number[:4]))

    async def _note(self, act: AuditAct, asked: Asked, detail: Mapping[str, str | int]) -> None:
        """Of nothing that was played: who opened the public site to a room."""
        app = self._desk.current()
        entry = Act(actor=asked.by, act=act, subject="battle", detail=detail)
        await app.people.note_export(entry, app.clock())

    def _fingerprint(self) -> str:
        rooms = self._rooms.all(self._desk.current().clock())
        seen = "\n".join(f"{room.code} {room.version}" for room in rooms)
        return blake2s(seen.encode(), digest_size=12).hexdigest()

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app = self._desk.current()
        known, rooms = self._fingerprint(), self._rooms.all(app.clock())
        base = f"{app.links.public_url}{ROOM}"
        shown: list[dict[str, Any]] = [
            {
                "room": room,
                "until": room.ends_at.astimezone(self._desk.zone()),
                "address": f"{base}/{room.code}",
                "screen": f"{base}/{room.code}/{ROOM_SCREEN}",
                "picture": drawn(f"{base}/{room.code}"),
            }
            for room in rooms
        ]
        page = self._desk.page(
            request,
            "battle",
            status,
            shown=shown,
            known=known,
            hours=range(1, MOST_HOURS + 1),
            wrong=wrong,
        )
        page.headers["Content-Security-Policy"] = LIVE_POLICY
        return page
