"""The team's agenda, for programs that have somebody's secret address: no session, no form."""

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.content.calendar_file import team_file
from scheduler.flow.showing.team_agenda import team_events

#: Before the secret, and after it.
PLACE, ENDING = "/agenda/", ".ics"
#: Seconds for which one answer serves every program.
_KEPT = 60.0


class AgendaFeed:
    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current
        self._made: tuple[float, App, bytes] | None = None

    def is_asked(self, request: Request) -> bool:
        return request.url.path.startswith(PLACE)

    async def answer(self, request: Request) -> Response | None:
        """None: there is no such address, or not any more."""
        path = request.url.path
        if request.method not in ("GET", "HEAD") or not path.endswith(ENDING):
            return None
        app = self._current()
        if not await app.own_account.opens_agenda(path[len(PLACE) : -len(ENDING)]):
            return None
        headers = {"Content-Disposition": 'inline; filename="reflexe.ics"'}
        return Response(await self._file(app), media_type="text/calendar", headers=headers)

    async def _file(self, app: App) -> bytes:
        if self._made and self._made[1] is app and time.monotonic() - self._made[0] < _KEPT:
            return self._made[2]
        settings = app.configuration.settings
        events = await team_events(app.agenda, app.ledger, app.hand, app.typed_figures, app.clock())
        name = f"Réflexe, {settings.organisation.name}"
        made = team_file(events, name, settings.time_zone, app.clock())
        self._made = (time.monotonic(), app, made)
        return made
