"""The door of OpenID Connect: a sign-in begins here, comes back here once, and is asked again each
hour.

Nothing is written before it comes back: state, nonce and PKCE's verifier are made of one value in
the browser's cookie and the ledger's keys, so any replica may answer.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.bootstrap import App
from scheduler.config.sections.desk import OidcSettings
from scheduler.domain.accounts import (
    ROLES_ASKED_AGAIN,
    ROLES_ASKED_EVERY,
    SESSION_LASTS,
    SIGN_IN_LASTS,
    DeskSession,
    checked_name,
)
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Role
from scheduler.domain.sign_in import email_told, groups_told, name_told, roles_of_groups
from scheduler.log import get_logger
from scheduler.web.desk import texts
from scheduler.web.desk.oidc_provider import OidcAway, OidcProvider, OidcRefused, Told
from scheduler.web.desk.slowing import Slowing
from scheduler.web.desk.visits import COOKIE, set_cookie

log = get_logger(__name__)

START, BACK = "/oidc/start", "/oidc/callback"
#: Holds what a sign-in that was begun is made of.
BEGUN = "reflexe_desk_oidc"
#: Renders a page of the door: (request, its name, status, what is wrong, whose it is).
DoorPage = Callable[[Request, str, int, str, str], Response]


class OidcDoor:
    def __init__(self, current: Callable[[], App], page: DoorPage, slowing: Slowing) -> None:
        self._current = current
        self._page = page
        self._slowing = slowing
        self._made: tuple[OidcSettings, OidcProvider] | None = None

    def is_asked(self, request: Request) -> bool:
        return self._settings() is not None and request.url.path in (START, BACK)

    async def answer(self, request: Request) -> Response:
        if request.method != "GET":
            return self._page(request, "error", 405, texts.OIDC_FAILED, "")
        return await (self._start if request.url.path == START else self._back)(request)

    async def renewed(self, found: DeskSession) -> DeskSession | None:
        """The session with its roles as the provider gives them now; None: it is over."""
        if found.asked_at is None:
            return found
        settings, now = self._settings(), self._now()
        if settings is None or not found.account.subject.startswith(f"{settings.issuer} "):
            return await self._end(found)
        # Asked in the future: a clock was wrong, and would put it off for as long.
        if timedelta() <= now - found.asked_at < ROLES_ASKED_EVERY:
            return found
        renewal = await self._current().outside.claim(found.id, found.asked_at, now)
        if renewal is None:
            return found
        return await self._ask_again(found, renewal, settings)

    async def _ask_again(
        self, found: DeskSession, renewal: str, settings: OidcSettings
    ) -> DeskSession | None:
        app, now = self._current(), self._now()
        if not renewal:
            return await self._end(found)
        try:
            told = await self._provider(settings).again(renewal, now)
            if _subject(settings, told) != found.account.subject:
                raise OidcRefused("it speaks of somebody else")
        except OidcAway as away:
            log.warning("desk.oidc_away", reason=str(away))
            # Nobody has a role meanwhile.
            soon = now - ROLES_ASKED_EVERY + ROLES_ASKED_AGAIN
            await app.outside.renew(found.id, frozenset(), renewal, soon, now)
        except OidcRefused as refused:
            log.warning("desk.oidc_refused", reason=str(refused))
            return await self._end(found)
        else:
            roles = _roles(settings, told)
            if roles is None:
                return await self._end(found)
            await app.outside.renew(found.id, roles, told.renewal, now, now)
        return await app.sessions.of(found.id, now)

    async def _end(self, found: DeskSession) -> DeskSession | None:
        await self._current().sessions.leave(found.id)
        return None

    async def _start(self, request: Request) -> Response:
        settings, now = self._settings(), self._now()
        assert settings is not None  # noqa: S101 - it is asked before
        value = f"{int(now.timestamp())}-{token_urlsafe(32)}"
        state, nonce, verifier = self._made_of(value)
        try:
            where = await self._provider(settings).beginning(state, nonce, verifier, now)
        except (OidcAway, OidcRefused) as fault:
            log.warning("desk.oidc_away", reason=str(fault))
            return self._page(request, "error", 503, texts.OIDC_AWAY, "")
        answer = RedirectResponse(where, 303)
        # Lax: it comes back from another site. It opens nothing by itself.
        answer.set_cookie(
            BEGUN,
            value,
            max_age=int(SIGN_IN_LASTS.total_seconds()),
            path=BACK,
            secure=self._is_https(),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _back(self, request: Request) -> Response:
        settings, now = self._settings(), self._now()
        assert settings is not None  # noqa: S101 - it is asked before
        try:
            told = await self._told(request, settings)
        except OidcAway as away:
            log.warning("desk.oidc_away", reason=str(away))
            return self._ended(self._page(request, "error", 503, texts.OIDC_AWAY, ""))
        except OidcRefused as refused:
            log.warning("desk.oidc_refused", reason=str(refused))
            client = request.client.host if request.client else ""
            await self._slowing.wrong(client, "oidc")
            return self._ended(self._page(request, "error", 403, texts.OIDC_FAILED, ""))
        roles = _roles(settings, told)
        if roles is None:
            return self._ended(self._page(request, "error", 403, texts.NO_PLACE, ""))
        return self._ended(await self._enter(request, settings, told, roles, now))

    async def _told(self, request: Request, settings: OidcSettings) -> Told:
        """What comes back belongs to a sign-in of this browser, lately begun, not yet answered."""
        asked, value, now = request.query_params, request.cookies.get(BEGUN, ""), self._now()
        state, nonce, verifier = self._made_of(value)
        begun = value.partition("-")[0]
        age = now.timestamp() - int(begun) if begun.isdecimal() and len(begun) < 13 else None
        if age is None or not 0 <= age < SIGN_IN_LASTS.total_seconds():
            raise OidcRefused("no sign-in was begun here, or too long ago")
        if not hmac.compare_digest(asked.get("state", "").encode(), state.encode()):
            raise OidcRefused("the state is of another sign-in")
        if not await self._current().outside.spend(value, now):
            raise OidcRefused("the state was answered before")
        if asked.get("iss", settings.issuer) != settings.issuer:
            raise OidcRefused("another issuer answers")
        if not asked.get("code"):
            raise OidcRefused(f"no code: {asked.get('error', '')[:60]!r}")
        return await self._provider(settings).signed_in(asked["code"], verifier, nonce, now)

    async def _enter(
        self,
        request: Request,
        settings: OidcSettings,
        told: Told,
        roles: frozenset[Role],
        now: datetime,
    ) -> Response:
        before, subject = request.cookies.get(COOKIE, ""), _subject(settings, told)
        try:
            name = checked_name(name_told(told.claims, settings.name_claim))
        except AccountRefused:
            return self._page(request, "error", 403, texts.OIDC_NO_NAME, "")
        enter = self._current().outside.enter
        try:
            email = email_told(told.claims)
            value = await enter(subject, name, roles, told.renewal, before, now, email)
        except AccountRefused as refused:
            log.warning("desk.oidc_refused", reason=str(refused))
            return self._page(request, "error", 403, texts.NAME_TAKEN, "")
        # No redirection: what another site leads to brings no strict cookie.
        answer = self._page(request, "entered", 200, "", name)
        set_cookie(answer, request, COOKIE, value, int(SESSION_LASTS.total_seconds()))
        return answer

    def _ended(self, answer: Response) -> Response:
        answer.delete_cookie(
            BEGUN, path=BACK, secure=self._is_https(), httponly=True, samesite="lax"
        )
        return answer

    def _made_of(self, value: str) -> tuple[str, str, str]:
        derived = self._current().outside.derived
        return derived("state", value), derived("nonce", value), derived("verifier", value)

    def _provider(self, settings: OidcSettings) -> OidcProvider:
        """One for as long as its settings stay: it keeps what it was told."""
        if self._made is None or self._made[0] != settings:
            self._made = settings, OidcProvider(settings, f"{self._desk_url()}{BACK}")
        return self._made[1]

    def _settings(self) -> OidcSettings | None:
        return self._current().configuration.settings.web.oidc

    def _desk_url(self) -> str:
        return self._current().configuration.settings.web.desk_url or ""

    def _is_https(self) -> bool:
        return self._desk_url().startswith("https://")

    def _now(self) -> datetime:
        return self._current().clock()


def _subject(settings: OidcSettings, told: Told) -> str:
    return f"{settings.issuer} {told.claims['sub']}"


def _roles(settings: OidcSettings, told: Told) -> frozenset[Role] | None:
    return roles_of_groups(groups_told(told.claims, settings.groups_claim), settings.roles)
