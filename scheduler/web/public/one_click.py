"""RFC 8058's POST, answered before the site's own routing: after a run they come by thousands.

Whatever isn't plainly one (a form of our own page, a body in pieces) goes on to the site, which
answers it the same.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.domain.doctor.addresses import PROOF
from scheduler.domain.showing.public_pages import OPT_OUT
from scheduler.log import get_logger
from scheduler.web.limits import LARGEST_BODY
from scheduler.web.public.way_out_pages import FROM_PAGE, NEUTRAL_ANSWER, NOT_NOW, RETRY_AFTER

log = get_logger(__name__)

_BODY: Message = {"type": "http.response.body", "body": NEUTRAL_ANSWER.encode()}
_LATER: Message = {"type": "http.response.body", "body": NOT_NOW.encode()}


class OneClick:
    """ASGI, around the public site. ``click`` records what a token stands for, if anything."""

    def __init__(
        self,
        site: ASGIApp,
        click: Callable[[str], Awaitable[None]],
        headers: Mapping[str, str],
        answered: Callable[[str], str | None] = lambda token: None,
    ) -> None:
        """``answered``: what is told to a doctor's token, which stands for nobody; None: it is
        another's."""
        self._site = site
        self._answered = answered
        self._headers = headers
        self._click = click
        self._start = _begins(200, _BODY, headers)
        self._later = _begins(503, _LATER, {**headers, "retry-after": RETRY_AFTER})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not _is_way_out(scope["path"]):
            await self._site(scope, receive, send)
            return
        first = await receive()
        if not _is_whole_click(first):
            await self._site(scope, _once_more(first, receive), send)
            return
        token = scope["path"].removeprefix(OPT_OUT)
        if (proof := self._answered(token)) is not None:
            await send(_begins(200, _BODY, {**self._headers, PROOF: proof}))
            await send(_BODY)
            return
        try:
            await self._click(token)
        except Exception:
            # Never a yes that isn't so: a mail program asks again.
            log.exception("optout.not_answered")
            await send(self._later)
            await send(_LATER)
            return
        await send(self._start)
        await send(_BODY)


def _begins(status: int, body: Message, headers: Mapping[str, str]) -> Message:
    own = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body["body"])),
        **{name.lower(): value for name, value in headers.items()},
    }
    return {
        "type": "http.response.start",
        "status": status,
        "headers": [(name.encode(), value.encode()) for name, value in own.items()],
    }


def _is_way_out(path: str) -> bool:
    return path.startswith(OPT_OUT) and "/" not in path.removeprefix(OPT_OUT)


def _is_whole_click(message: Message) -> bool:
    body = message.get("body", b"")
    whole = message["type"] == "http.request" and not message.get("more_body", False)
    return whole and len(body) <= LARGEST_BODY and FROM_PAGE.encode() not in body


def _once_more(first: Message, receive: Receive) -> Receive:
    """What the site receives: the message that was read already, then the rest."""
    read = [first]

    async def again() -> Message:
        return read.pop() if read else await receive()

    return again
