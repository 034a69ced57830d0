"""The door of a desk that knows people: a trusted proxy names them, or an OpenID provider, or a
name and a password open a session, kept in the ledger.

Until somebody could come in by a name, the door before it stands: the token, or the machine.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from secrets import token_bytes

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.bootstrap import App
from scheduler.config.settings import WebSettings
from scheduler.domain.accounts import (
    SESSION_LASTS,
    DeskSession,
    plain_name,
)
from scheduler.domain.password_rule import LONGEST_PASSWORD, password_fault
from scheduler.domain.roles import Person
from scheduler.web.desk import texts
from scheduler.web.desk.access import MACHINE, METRICS, OPEN_PATHS, from_elsewhere
from scheduler.web.desk.agenda_feed import AgendaFeed
from scheduler.web.desk.oidc_door import DoorPage, OidcDoor
from scheduler.web.desk.passwords import Passwords
from scheduler.web.desk.patience_of_codes import CodeTries
from scheduler.web.desk.proxy_header import ProxyHeader
from scheduler.web.desk.slowing import Slowing
from scheduler.web.desk.visits import COOKIE, Visit, note_visit, note_waiting, set_cookie
from scheduler.web.limits import read_form

#: Sets a first password, by the value that follows.
WELCOME = "/welcome/"
_BY_ITSELF = "/live/"


class AccountDoor:
    """ASGI middleware around the door that stood before."""

    def __init__(
        self,
        app: ASGIApp,
        before: Callable[[ASGIApp], ASGIApp],
        current: Callable[[], App],
        page: DoorPage,
        tries: CodeTries,
    ) -> None:
        self._app = app
        self._before = before(app)
        self._current = current
        self._page = page
        self._passwords = Passwords()
        self._slowing = Slowing(lambda: current().clock())
        self._header = ProxyHeader()
        self._tries = tries
        self._feed = AgendaFeed(current)
        self._oidc = OidcDoor(current, page, self._slowing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if request.url.path.startswith(WELCOME):
            answer: Response | None = await self._welcome(request)
        elif self._feed.is_asked(request):
            answer = await self._feed.answer(request) or self._page(request, "error", 404, "", "")
        elif self._oidc.is_asked(request):
            answer = await self._oidc.answer(request)
        elif self._has_machine_token(request):
            note_visit(scope, Visit(key=token_bytes(32), person=MACHINE))
            answer = None
        elif _is_machine(request):
            await self._before(scope, receive, send)
            return
        elif (named := self._header.look(request, self._web(), self._now())) is not None:
            answer = self._enter_by_portal(request, named)
        elif not await self._knows_people():
            note_waiting(scope, bool(await self._current().accounts.every()))
            await self._before(scope, receive, send)
            return
        elif request.url.path == "/login" and request.method == "POST":
            answer = await self._login(request)
        else:
            answer = await self._enter(request)
        await (answer or self._app)(scope, receive, send)

    def _has_machine_token(self, request: Request) -> bool:
        """What only reads the metrics brings a token of its own (RFC 6750)."""
        wanted = self._web().metrics_token
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if wanted is None or request.url.path != METRICS or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.encode(), wanted.get_secret_value().encode())

    async def _knows_people(self) -> bool:
        web = self._web()
        if web.sign_in is not None or web.oidc is not None:
            return True
        return await self._current().accounts.anybody()

    def _enter_by_portal(self, request: Request, named: Person | str) -> Response | None:
        """Without a session: whom the portal no longer names is out at once."""
        if isinstance(named, str):
            return self._page(request, "error", 403, texts.NO_PLACE, "")
        key = self._current().accounts.form_key(named.name)
        wanted = self._web().sign_in
        portal = (wanted.sign_out if wanted else None) or ""
        note_visit(request.scope, Visit(key=key, person=named, leave=_nothing, portal=portal))
        return None

    async def _enter(self, request: Request) -> Response | None:
        """Roles are asked again at each request."""
        value = request.cookies.get(COOKIE, "")
        in_use = not request.url.path.startswith(_BY_ITSELF)
        found = await self._current().sessions.find(value, self._now(), in_use=in_use)
        found = await self._oidc.renewed(found) if found is not None else None
        if found is None:
            return self._page(request, "sign_in", 401, "", "")
        note_visit(request.scope, self._visit(found, value))
        return None

    def _visit(self, found: DeskSession, value: str) -> Visit:
        async def leave() -> None:
            await self._current().sessions.leave(found.id)

        key = hashlib.sha256(f"forms {value}".encode()).digest()
        return Visit(key=key, person=found.account.person, leave=leave, session=found)

    async def _login(self, request: Request) -> Response:
        if from_elsewhere(request):
            return self._page(request, "sign_in", 403, texts.FROM_ELSEWHERE, "")
        fields = await read_form(request)
        name, password = fields.get("name", ""), fields.get("password", "")
        account = await self._account_of(name, password)
        if account is not None and await self._has_code(account, fields.get("code", "")):
            return await self._open(request, account)
        # The right one is never slowed down: wrong ones may be somebody else's.
        client = request.client.host if request.client else ""
        slowed = await self._slowing.wrong(client, plain_name(name))
        fault = texts.TOO_MANY_TRIES if slowed else texts.WRONG_PASSWORD
        return self._page(request, "sign_in", 429 if slowed else 401, fault, "")

    async def _account_of(self, name: str, password: str) -> int | None:
        """Compared in the same time, whether there is such an account or not."""
        known = await self._current().accounts.password_of(name)
        hashed = known[1] if known else ""
        fits = await self._passwords.fits(hashed, password[:LONGEST_PASSWORD])
        return known[0] if known and fits else None

    async def _has_code(self, account: int, typed: str) -> bool:
        """Whether the second code is right, where one is asked for; the answer to a wrong one is
        that to a wrong password."""
        own = self._current().own_account
        if not await own.asks_for_code(account):
            return True
        if not self._tries.may(account) or not await own.passes(account, typed, self._now()):
            return False
        self._tries.right(account)
        return True

    async def _welcome(self, request: Request) -> Response:
        """GET shows a form; POST sets the password, and signs in."""
        value = request.url.path.removeprefix(WELCOME)
        name = await self._current().accounts.linked(value, self._now())
        if name is None:
            return self._page(request, "error", 404, texts.LINK_SPENT, "")
        if request.method != "POST":
            return self._page(request, "welcome", 200, "", name)
        if from_elsewhere(request):
            return self._page(request, "welcome", 403, texts.FROM_ELSEWHERE, name)
        fields = await read_form(request)
        password = fields.get("password", "")
        organisation = self._current().configuration.settings.organisation.name
        if fault := password_fault(password, (name, organisation)):
            return self._page(request, "welcome", 400, texts.WEAK_PASSWORD[fault], name)
        if password != fields.get("again", ""):
            return self._page(request, "welcome", 400, texts.PASSWORDS_DIFFER, name)
        hashed = await self._passwords.hashed(password)
        account = await self._current().accounts.set_password(value, hashed, self._now())
        if account is None:
            return self._page(request, "error", 404, texts.LINK_SPENT, "")
        return await self._open(request, account)

    async def _open(self, request: Request, account: int) -> Response:
        before = request.cookies.get(COOKIE, "")
        value = await self._current().sessions.sign_in(account, before, self._now())
        if value is None:
            return self._page(request, "sign_in", 401, texts.WRONG_PASSWORD, "")
        answer = RedirectResponse("/", 303)
        set_cookie(answer, request, COOKIE, value, int(SESSION_LASTS.total_seconds()))
        return answer

    def _now(self) -> datetime:
        return self._current().clock()

    def _web(self) -> WebSettings:
        return self._current().configuration.settings.web


async def _nothing() -> None:
    """There is no session of ours to end."""


def _is_machine(request: Request) -> bool:
    """What reads the metrics brings a token, or sits at the machine: the door before knows."""
    return request.url.path == METRICS and not request.cookies and not request.query_params
