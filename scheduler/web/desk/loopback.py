"""Who may use a desk without a token, on a loopback address: whoever sits at the machine, as long
as nobody real is behind it.

Under a name of the machine (a page elsewhere that points its own name at 127.0.0.1 gets nothing),
and not through a proxy, which speaks for anybody. On a real site the address opens no page: it says
how the first account is made.
"""

import hmac
import re
import secrets
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.domain.roles import Person
from scheduler.web.desk.access import (
    LOOPBACK_NAMES,
    MACHINE,
    METRICS,
    OPEN_PATHS,
    Whose,
    host_name,
)
from scheduler.web.desk.visits import COOKIE, Visit, note_visit, with_cookie
from scheduler.web.peer import FORWARDED, is_loopback, peer_of


class LoopbackOnly:
    """ASGI middleware. A cookie tells its visitors apart, so that the forms of one are nobody
    else's."""

    def __init__(
        self, app: ASGIApp, refuse: Callable[[Request, int], Response], whose: Whose
    ) -> None:
        """``refuse``: 421 for a name that isn't the machine's, 401 for who must sign in."""
        self._app = app
        self._whose = whose
        self._refuse = refuse
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive)
            if host_name(request.headers.get("host", "")) not in LOOPBACK_NAMES:
                await self._refuse(request, 421)(scope, receive, send)
                return
            person = await self._person(request)
            if person is None:
                await self._refuse(request, 401)(scope, receive, send)
                return
            send = self._noted(request, send, person)
        await self._app(scope, receive, send)

    async def _person(self, request: Request) -> Person | None:
        """None: somebody who has to sign in."""
        if not is_loopback(peer_of(request.scope)) or any(
            name in request.headers for name in FORWARDED
        ):
            return None
        if request.url.path == METRICS:
            return MACHINE
        person = await self._whose()
        return person if person.acts else None

    def _noted(self, request: Request, send: Send, person: Person) -> Send:
        known = request.cookies.get(COOKIE, "")
        is_ours = re.fullmatch("[A-Za-z0-9_-]{43}", known) is not None
        value = known if is_ours else secrets.token_urlsafe(32)
        key = hmac.digest(self._key, value.encode(), "sha256")
        note_visit(request.scope, Visit(key=key, person=person))
        if is_ours or request.url.path in OPEN_PATHS | {METRICS}:
            return send
        return with_cookie(send, request, value, None)
