"""Logging out: the session ends on the server, whatever the browser keeps.

Whom a portal names is named again at the next request: they are told where to leave it.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.web.desk.forms import NAME_COOKIE
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.visits import COOKIE, visit_of


class Leaving:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def leave(self, request: Request) -> Response:
        await self._desk.forms.read(request)
        visit = visit_of(request)
        if visit is None or visit.leave is None:
            raise HTTPException(404)
        await visit.leave()
        answer: Response = RedirectResponse("/", 303)
        if visit.portal is not None:
            answer = self._desk.page(request, "left", portal=visit.portal)
        for name in (COOKIE, NAME_COOKIE):
            answer.delete_cookie(name, httponly=True, samesite="strict")
        return answer
