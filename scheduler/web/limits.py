"""How much a client may send, and how long it may take about it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NONE: Mapping[str, int] = {}
#: For ``max_body_size``: our forms have a few fields, a provider's callback about forty.
LARGEST_BODY = 64 * 1024
#: For a page that takes a file.
LARGEST_UPLOAD = 2 << 20
#: For a file of people: a hundred thousand have twelve million octets.
LARGEST_FILE = 20 << 20
#: From the end of the headers to the end of the body.
BODY_SECONDS = 10.0
#: The same of a file of people, from a house with a slow line.
FILE_SECONDS = 120.0
#: Longer than the ledger's commit mostly takes.
ANSWER_SECONDS = 0.01


async def read_body(request: Request, seconds: float = BODY_SECONDS) -> bytes:
    """The whole body. Raises HTTPException: 408 for a client too slow, 400 for one that left."""
    try:
        async with asyncio.timeout(seconds):
            return await request.body()
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None


async def read_form(request: Request, seconds: float = BODY_SECONDS) -> dict[str, str]:
    """Fields of an urlencoded or multipart form; none for a body that is neither, or is broken.

    Raises HTTPException as ``read_body`` does.
    """
    await read_body(request, seconds)
    try:
        async with request.form() as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    except HTTPException:
        return {}


async def read_upload(request: Request, name: str, seconds: float = BODY_SECONDS) -> bytes:
    """The file of a form's field, to be read before the fields are; empty where there is none.

    Raises HTTPException as ``read_body`` does.
    """
    await read_body(request, seconds)
    try:
        # Closed with the request: the fields are read after.
        file = (await request.form()).get(name)
    except HTTPException:
        return b""
    return b"" if file is None or isinstance(file, str) else await file.read()


class BodyLimit:
    """ASGI middleware: most forms have a few fields; what ``uploads`` names takes a file, of so
    many octets at most.

    What is too large gets the page that ``refuse`` makes, whoever finds it so.
    """

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request], Response],
        uploads: Mapping[str, int] = _NONE,
        below: tuple[str, ...] = (),
    ) -> None:
        """``uploads``: pages that take more, and how much. ``below``: what begins the paths of
        those that take ``LARGEST_UPLOAD``."""
        self._below = below
        self._refuse = refuse
        self._usual = RequestBodyLimitMiddleware(app, max_body_size=LARGEST_BODY)
        self._large = RequestBodyLimitMiddleware(app, max_body_size=LARGEST_UPLOAD)
        self._uploads = {
            path: RequestBodyLimitMiddleware(app, max_body_size=most)
            for path, most in uploads.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        limit = self._uploads.get(path, self._usual)
        if self._below and path.startswith(self._below):
            limit = self._large
        await limit(scope, receive, self._with_page(scope, receive, send))

    def _with_page(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """With our page in place of Starlette's two words."""
        is_refused = False

        async def answer(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] == 413:
                is_refused = True
                await self._refuse(Request(scope))(scope, receive, send)
            elif not is_refused:
                await send(message)

        return answer


@asynccontextmanager
async def even_time(seconds: float = ANSWER_SECONDS) -> AsyncIterator[None]:
    """End no sooner than ``seconds`` from now, so that a write that was made doesn't show."""
    # A loop's own clock may stand since its turn began, and its timer ring early by as much.
    end = monotonic() + seconds
    yield
    while (left := end - monotonic()) > 0:  # noqa: ASYNC110 - it waits for an instant
        await asyncio.sleep(left)
