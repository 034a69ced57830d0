"""The page that is shown where a request has no other answer: refused, too large, gone, broken."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.web.desk import texts
from scheduler.web.desk.pages import PAGE_POLICY, Desk
from scheduler.web.limits import LARGEST_FILE, LARGEST_UPLOAD
from scheduler.web.security import security_headers

#: Pages that take a file, with its limit and what is said above it.
UPLOADS = {"/whose": LARGEST_UPLOAD, "/files": LARGEST_FILE}
_TOO_LARGE = {"/whose": texts.MAIL_TOO_LARGE, "/files": texts.FILE_TOO_LARGE}


def refusal(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
        page = desk.page(request, "error", error.status_code, code=error.status_code)
        page.headers.update(error.headers or {})
        return page

    return answer


def too_large(desk: Desk) -> Callable[[Request], Response]:
    """Nobody is known there yet, so the page tells nothing and leads back to what was asked."""

    def answer(request: Request) -> Response:
        path = request.url.path
        told = {"sentence": _TOO_LARGE[path], "back": path} if path in UPLOADS else {}
        return desk.page(request, "error", 413, code=413, **told)

    return answer


def gone(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What was there when the form was read was taken away before it was carried out."""

    async def answer(request: Request, _error: Exception) -> Response:
        return desk.page(request, "error", 404, code=404)

    return answer


def broken(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Something broke: it is answered outside every middleware, so it brings its own headers."""

    async def answer(request: Request, _error: Exception) -> Response:
        page = desk.page(request, "error", 500, code=500)
        page.headers.update(security_headers(PAGE_POLICY, https=False))
        return page

    return answer
