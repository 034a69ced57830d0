"""Who may use a desk that knows nobody by name yet: whoever has its token, which opens a session
of at most twelve hours. (On loopback there may be none: ``loopback``.)
"""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.domain.roles import ALL_ROLES, SIGNED_IN, Person, Role
from scheduler.web.desk import texts
from scheduler.web.desk.sessions import LASTS, Session, Sessions
from scheduler.web.desk.visits import COOKIE, Visit, note_visit, set_cookie, with_cookie
from scheduler.web.limits import read_form
from scheduler.web.well_known import PATHS

#: Wrong tokens that one client may give in a minute.
TRIES = 10
WINDOW = timedelta(minutes=1)
#: How long each further wrong one waits for its answer.
SLOWED_SECONDS = 1.0
#: Clients remembered at once.
CLIENTS = 1000
#: They tell nothing but their state, or are part of the program.
OPEN_PATHS = PATHS | {"/healthz", "/readyz", "/static/desk.css", "/static/icon.svg"}
#: Read by machines, which bring the token in a header.
METRICS = "/metrics"
#: Asked for by a page that is left open: nobody uses the session by that.
_BY_ITSELF = "/live/"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

#: Whoever has the token, or sits at the machine, before invented people: no name is proven.
UNNAMED = Person(name="", roles=ALL_ROLES)
#: The same on a real site, where nobody acts without a name, and nobody is looked at without one.
ONLY_LOOKS = Person(name="", roles=ALL_ROLES - {Role.PRIVACY}, acts=False)
#: What reads the metrics.
MACHINE = Person(name="", roles=SIGNED_IN)

#: Renders the login page: (request, status, what is wrong).
LoginPage = Callable[[Request, int, str], Response]
#: Who somebody without a name of their own is, for now.
Whose = Callable[[], Awaitable[Person]]


class TokenRequired:
    """ASGI middleware: nothing but the login page without the token or its session."""

    def __init__(
        self,
        app: ASGIApp,
        token: str,
        login_page: LoginPage,
        clock: Callable[[], datetime],
        whose: Whose,
    ) -> None:
        self._app = app
        self._whose = whose
        self._token = token.encode()
        self._sessions = Sessions()
        self._login_page = login_page
        self._clock = clock
        self._wrong: dict[str, list[datetime]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = await self._answer(request)
        if answer is None:
            await self._app(scope, receive, self._renewing(request, send))
        else:
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """The answer to somebody who isn't in yet; None for somebody who is."""
        if request.url.path == "/login" and request.method == "POST":
            if from_elsewhere(request):
                return self._login_page(request, 403, texts.FROM_ELSEWHERE)
            return await self._try(request, (await read_form(request)).get("token", ""), "/")
        if request.url.path == METRICS and "authorization" in request.headers:
            return await self._bearer(request)
        if "token" in request.query_params:
            return await self._try(request, request.query_params["token"], _without_token(request))
        session = self._session(request)
        if session is None:
            return self._login_page(request, 401, "")

        async def leave() -> None:
            self._sessions.end(session)

        visit = Visit(key=session.key, person=await self._whose(), leave=leave, has_token=True)
        note_visit(request.scope, visit)
        return None

    def _session(self, request: Request) -> Session | None:
        in_use = not request.url.path.startswith(_BY_ITSELF)
        value = request.cookies.get(COOKIE, "")
        return self._sessions.find(value, self._clock(), in_use=in_use)

    def _renewing(self, request: Request, send: Send) -> Send:
        """With a new value for a session that is used, when it is time for one."""
        value, now = request.cookies.get(COOKIE, ""), self._clock()
        session = self._sessions.find(value, now, in_use=False)
        if request.method != "GET" or session is None:
            return send
        renewed = self._sessions.renew(value, session, now)
        left = int((session.ends - now).total_seconds())
        return with_cookie(send, request, renewed, left) if renewed else send

    async def _try(self, request: Request, token: str, next_path: str) -> Response:
        refused = await self._refused(request, token)
        if refused is not None:
            return refused
        before = self._session(request)
        if before is not None:
            self._sessions.end(before)
        answer = RedirectResponse(next_path, 303)
        value = self._sessions.begin(self._clock())
        set_cookie(answer, request, COOKIE, value, int(LASTS.total_seconds()))
        return answer

    async def _bearer(self, request: Request) -> Response | None:
        """A machine that has the token, at each request (RFC 6750); it gets no session."""
        scheme, _, token = request.headers["authorization"].partition(" ")
        refused = await self._refused(request, token if scheme.lower() == "bearer" else "")
        if refused is None:
            note_visit(request.scope, Visit(key=secrets.token_bytes(32), person=MACHINE))
        return refused

    async def _refused(self, request: Request, token: str) -> Response | None:
        """The answer to a wrong token; None for the right one, however many wrong ones came before
        it: behind a proxy, or by a script left running, they may be somebody else's."""
        if hmac.compare_digest(token.encode(), self._token):
            return None
        client = request.client.host if request.client else ""
        if self._is_slowed_down(client):
            await asyncio.sleep(SLOWED_SECONDS)
            return self._login_page(request, 429, texts.TOO_MANY_TRIES)
        self._wrong.setdefault(client, []).append(self._clock())
        return self._login_page(request, 401, texts.WRONG_TOKEN)

    def _is_slowed_down(self, client: str) -> bool:
        since = self._clock() - WINDOW
        recent = [at for at in self._wrong.pop(client, []) if at > since]
        if recent:
            self._wrong[client] = recent
        while len(self._wrong) > CLIENTS:
            del self._wrong[next(iter(self._wrong))]
        return len(recent) >= TRIES


def host_name(host: str) -> str:
    """The Host header without its port, in lower case."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()


def from_elsewhere(request: Request) -> bool:
    """A form of another site, as far as browsers say where a form is from.

    Our own pages keep their address to themselves (no-referrer), so their ``Origin`` is ``null``;
    Fetch Metadata tells the two apart.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.headers.get("host")


def _without_token(request: Request) -> str:
    """The same page without the token, always on this server."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "token"]
    path = "/" + request.url.path.lstrip("/\\")
    return f"{path}?{urlencode(kept)}" if kept else path
