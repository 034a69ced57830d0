"""« Sessions »: those of whoever looks, and everybody's for an operator; a form ends each."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.roles import Role
from scheduler.web.desk.forms import done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.visits import visit_of


class SessionPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        app, visit = self._desk.current(), visit_of(request)
        mine = visit.session if visit else None
        found = await app.sessions.every(app.clock())
        if not _sees_all(request):
            found = [one for one in found if mine and one.account.id == mine.account.id]
        return self._desk.page(
            request,
            "sessions",
            sessions=found,
            mine=mine.id if mine else None,
            zone=self._desk.zone(),
        )

    async def end(self, request: Request) -> Response:
        """One's own; an operator ends any. Ended already, it is left so."""
        asked = await self._desk.forms.read(request)
        app, visit = self._desk.current(), visit_of(request)
        if visit is None or not asked.by:
            raise HTTPException(403)
        owner = None
        if not _sees_all(request):
            if visit.session is None:
                raise HTTPException(403)
            owner = visit.session.account.id
        if self._desk.forms.take(asked):
            await app.sessions.end(request.path_params["session"], asked.by, app.clock(), owner)
        return done(request, asked, "/sessions")


def _sees_all(request: Request) -> bool:
    visit = visit_of(request)
    return visit is not None and Role.OPERATE in visit.person.roles
