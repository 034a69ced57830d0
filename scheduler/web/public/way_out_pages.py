"""The pages behind opt-out links, and the one click that needs no page (RFC 8058)."""

import re
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.consent.grounds import legal_basis, transfer
from scheduler.domain.message import AddressKind
from scheduler.domain.showing.public_pages import PREFERENCES
from scheduler.flow.people.opt_out import (
    WayOut,
    behind_email_link,
    behind_short_link,
    leave,
    leave_by_click,
)
from scheduler.web.limits import even_time, read_form
from scheduler.web.public.languages import texts_in
from scheduler.web.public.rendering import Pages
from scheduler.web.public.texts import Texts

#: What mail programs are told, whatever the token: true either way.
NEUTRAL_ANSWER = "Demande reçue. Request received.\n"
#: What they and people are told when it can't be written down.
NOT_NOW = "Demande non enregistrée, réessayez. Not recorded, try again.\n"
#: Seconds.
RETRY_AFTER = "300"
#: Hidden field of our own form: its answer is a page.
FROM_PAGE = "from_page"

_SHORT_TOKEN = re.compile(r"[0-9A-Za-z]{8}")


class WayOutPages:
    """GET shows what the button does and changes nothing; POST is the button, or a mail program.

    The token is the authority: no cookie, no login, no check of where a POST comes from, and any
    body will do. A POST may be repeated.
    """

    def __init__(self, current: Callable[[], App], pages: Pages) -> None:
        self._current = current
        self._pages = pages

    async def by_email(self, request: Request) -> Response:
        return await self._answer(request, self._behind_email_link)

    async def by_short_link(self, request: Request) -> Response:
        if not _SHORT_TOKEN.fullmatch(request.path_params["token"]):
            raise HTTPException(404)
        return await self._answer(request, self._behind_short_link)

    async def click(self, token: str) -> None:
        """A mail program's own button: no page follows."""
        app = self._current()
        async with even_time():
            await leave_by_click(token, app.ledger.tokens, app.people, app.clock())

    async def _answer(
        self, request: Request, find: Callable[[str], Awaitable[WayOut | None]]
    ) -> Response:
        token = request.path_params["token"]
        if request.method != "POST":
            return self._page(request, await find(token))
        form = await read_form(request)
        one_click = FROM_PAGE not in form
        async with even_time():
            way_out = await find(token)
            if way_out is not None:
                app = self._current()
                await leave(way_out, app.people, app.clock(), one_click=one_click)
        if one_click:
            return PlainTextResponse(NEUTRAL_ANSWER)
        return self._page(request, way_out, done=True)

    async def _behind_email_link(self, token: str) -> WayOut | None:
        app = self._current()
        return await behind_email_link(token, app.ledger.tokens, app.people)

    async def _behind_short_link(self, token: str) -> WayOut | None:
        return await behind_short_link(token.upper(), self._current().people)

    def _origin(self, way_out: WayOut, texts: Texts) -> list[str]:
        """How we have the number, where we know it."""
        if not way_out.origin:
            return []
        configuration, organisation = self._current().configuration, self._current().organisation
        moved = transfer(organisation.sms_abroad, texts.code)
        separator = " " if texts.code == texts.language else "\n"
        told = {
            "origin": (texts.sms.own_origin if way_out.own_file else texts.sms.origin_of).format(
                origin=way_out.origin
            ),
            "basis": legal_basis(configuration.sms_basis(way_out.source), texts.language),
            "transfer": f"{moved}{separator}" if moved else "",
            "years": organisation.keeps_years,
            "dpo": organisation.dpo,
            "notice": organisation.privacy_url,
            "version": self._version(texts),
        }
        return [line.format(**told) for line in texts.sms.origin]

    def _version(self, texts: Texts) -> str:
        """Of the notice on data, as a page says it; empty: it has none."""
        version = self._current().configuration.settings.organisation.notice_version
        return texts.sms.version.format(version=version) if version else ""

    def _page(self, request: Request, way_out: WayOut | None, *, done: bool = False) -> Response:
        if way_out is None:
            return self._pages.notice(request, lambda texts: texts.unknown_link, 404)
        texts = texts_in(request.query_params.get("lang"), way_out.language)
        by_email = way_out.kind is AddressKind.EMAIL
        root = "../" * (request.url.path.count("/") - 1)
        return self._pages.page(
            request,
            "done" if done else "way_out",
            texts,
            words=texts.email if by_email else texts.sms,
            test=way_out.test,
            from_page=FROM_PAGE,
            origin=self._origin(way_out, texts),
            choices_page=f"{root}{PREFERENCES[1:]}{request.path_params['token']}",
            switch=not done,
        )
