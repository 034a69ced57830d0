"""/bataille: the password battle, where it is enabled. Scripts of ours run on this page alone."""

from asyncio import to_thread
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scheduler.bootstrap import App, battles_of, host_of_pages
from scheduler.domain.errors import ContentError
from scheduler.domain.showing.public_pages import BATTLE
from scheduler.log import get_logger
from scheduler.web.battle.page import FILES, POLICY, STYLE, packed, script, served
from scheduler.web.security import content_policy, security_headers

log = get_logger(__name__)

#: What browsers may keep of the scripts (seconds): they are large, and change with a release.
_KEPT = 3600


class BattlePages:
    """No short link is like its path: their tokens have no I."""

    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current
        self._headers = security_headers(content_policy(POLICY), https=True)

    async def page(self, request: Request) -> Response:
        app = self._current()
        if not app.configuration.settings.web.battle:
            raise HTTPException(404)
        try:
            battles, values = await to_thread(battles_of, app.configuration)
        except ContentError as error:
            log.warning("battle.unreadable", where=error.fault.where, what=error.fault.what)
            raise HTTPException(404) from None
        drawn = host_of_pages(app).is_ours
        page = served(battles, values, BATTLE, drawn=drawn)
        return HTMLResponse(page, headers=self._headers)

    async def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if not self._current().configuration.settings.web.battle:
            raise HTTPException(404)
        headers = {**self._headers, "Cache-Control": f"public, max-age={_KEPT}"}
        if name == STYLE.name:
            return Response(STYLE.read_bytes(), media_type="text/css", headers=headers)
        if name not in FILES:
            raise HTTPException(404)
        headers["Vary"] = "Accept-Encoding"
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(script(name), media_type="text/javascript", headers=headers)
        headers["Content-Encoding"] = "gzip"
        body = await to_thread(packed, name)
        return Response(body, media_type="text/javascript", headers=headers)
