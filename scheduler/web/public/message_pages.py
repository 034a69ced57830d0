"""The web version of a message: what was sent, for anybody to read or to compare with."""

import re
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.showing.published import WEB_ID_LENGTH, WebVersion
from scheduler.flow.showing.called_off import Standing, standing_of
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.web.public.languages import texts_in
from scheduler.web.public.rendering import Pages
from scheduler.web.security import content_policy

_WEB_ID = re.compile(f"[0-9a-f]{{{WEB_ID_LENGTH}}}")
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
#: A message brings its own styles, in its elements; it can load or run nothing.
POLICY = content_policy(
    {"style-src": "'unsafe-inline'", "img-src": "'self' data:", "form-action": "'none'"}
)
#: The same for everybody, and what was sent stays: it may be kept for a while (seconds).
KEPT = 300


class MessagePages:
    def __init__(self, current: Callable[[], App], pages: Pages, versions: WebVersions) -> None:
        self._current = current
        self._pages = pages
        self._versions = versions

    async def web_version(self, request: Request) -> Response:
        """A page that says no more of an unknown message than of one that is yet to leave."""
        found = await self._found(request)
        app = self._current()
        texts = texts_in(found.language)
        standing = await standing_of(app.agenda, app.public, found.campaign)
        off = standing is Standing.CALLED_OFF
        if found.html:
            part = self._pages.part
            answer = HTMLResponse(
                surrounded(
                    found.html,
                    head=part(request, "web_version_head", texts),
                    top=part(request, "web_version_top", texts, version=found, called_off=off),
                    end=part(request, "web_version_end", texts),
                )
            )
            answer.headers["Content-Security-Policy"] = POLICY
        else:
            answer = self._pages.page(request, "message_text", texts, version=found, called_off=off)
        may_change = standing is not Standing.NO_EVENT
        answer.headers["Cache-Control"] = "no-cache" if may_change else f"public, max-age={KEPT}"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    async def drawing(self, request: Request) -> Response:
        """The picture that the page shows, from our own address and the same for everybody."""
        found = await self._found(request)
        if not found.drawing:
            raise HTTPException(404)
        headers = {"Cache-Control": f"public, max-age={KEPT}", "X-Robots-Tag": "noindex"}
        return Response(found.drawing, media_type="image/png", headers=headers)

    async def _found(self, request: Request) -> WebVersion:
        web_id = request.path_params["id"]
        if not _WEB_ID.fullmatch(web_id):
            raise HTTPException(404)
        app = self._current()
        found = await self._versions.find(web_id, app.public, lambda: app.writer, app.clock())
        if found is None:
            raise HTTPException(404)
        return found


def surrounded(html: str, *, head: str, top: str, end: str) -> str:
    """A message's page with what a web page needs around it; a layout without <body> too."""
    before, closing, after = html.rpartition("</body>")
    page = f"{before}{end}{closing}{after}" if closing else html + end
    opening = _BODY.search(page)
    position = opening.end() if opening else 0
    page = f"{page[:position]}{top}{page[position:]}"
    return page.replace("</head>", f"{head}</head>", 1)
