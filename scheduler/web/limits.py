"""How much a client may send, and how long it may take about it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

#: For ``max_body_size``: our forms have a few fields, a provider's callback about forty.
LARGEST_BODY = 64 * 1024
#: From the end of the headers to the end of the body.
BODY_SECONDS = 10.0
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


@asynccontextmanager
async def even_time(seconds: float = ANSWER_SECONDS) -> AsyncIterator[None]:
    """End no sooner than ``seconds`` from now, so that a write that was made doesn't show."""
    end = asyncio.get_running_loop().time() + seconds
    yield
    await asyncio.sleep(end - asyncio.get_running_loop().time())
