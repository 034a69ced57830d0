"""How many requests of one client are worked on at once."""

from collections import Counter

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.domain.showing.public_pages import is_played, is_way_out

#: Requests of one client: behind a known proxy the client's real address counts.
MOST_IN_HAND = 40
#: Of the password battle, beside them: a room's telephones leave by one address.
MOST_PLAYED = 120


class InHand:
    """ASGI middleware: one more of the same client is answered 503; a way out never is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._in_hand: Counter[tuple[str, bool]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_way_out(scope["path"]):
            await self._app(scope, receive, send)
            return
        plays = is_played(scope["path"])
        client = (scope["client"][0] if scope["client"] else "", plays)
        if self._in_hand[client] >= (MOST_PLAYED if plays else MOST_IN_HAND):
            busy = PlainTextResponse("busy\n", 503, {"Retry-After": "5"})
            await busy(scope, receive, send)
            return
        self._in_hand[client] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._in_hand[client] -= 1
            if not self._in_hand[client]:
                del self._in_hand[client]
