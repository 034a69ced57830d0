"""The files of the desk that are the same for everybody: its style sheet, its scripts, its icon."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from scheduler.web.templating import STATIC

#: What browsers may keep of the style sheet (seconds).
_KEPT = 300


def static(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = (STATIC / name).read_bytes()
    headers = {"Cache-Control": f"public, max-age={_KEPT}"}

    async def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=headers)

    return answer
