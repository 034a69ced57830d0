"""What machines ask of any site by itself, on the public server and on the desk alike."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.bootstrap import App
from scheduler.domain.showing.security_txt import security_txt
from scheduler.web.templating import STATIC

ROBOTS, SECURITY, FAVICON = "/robots.txt", "/.well-known/security.txt", "/favicon.ico"
#: They tell nobody anything of anybody.
PATHS = frozenset({ROBOTS, SECURITY, FAVICON})
#: Nothing here is for a search engine: pages are behind links that somebody got.
_NO_ROBOTS = "User-agent: *\nDisallow: /\n"
#: What browsers may keep of them (seconds).
_KEPT = {"Cache-Control": "public, max-age=86400"}


def well_known(current: Callable[[], App]) -> list[Route]:
    """Their routes; ``current`` is asked at each request."""
    icon = (STATIC / "favicon.ico").read_bytes()

    async def robots(_request: Request) -> Response:
        return PlainTextResponse(_NO_ROBOTS, headers=_KEPT)

    async def security(_request: Request) -> Response:
        app = current()
        settings, links = app.configuration.settings, app.links
        places = (links.public_url, links.short_url)
        text = security_txt(settings.organisation.contact, places, app.clock())
        return PlainTextResponse(text, headers=_KEPT)

    async def favicon(_request: Request) -> Response:
        return Response(icon, media_type="image/x-icon", headers=_KEPT)

    return [Route(ROBOTS, robots), Route(SECURITY, security), Route(FAVICON, favicon)]
