"""« Mon compte »: a second code at signing in, and the address of the team's agenda."""

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.second_code import key_uri, typed_secret
from scheduler.web.desk import texts
from scheduler.web.desk.agenda_feed import ENDING, PLACE
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.patience_of_codes import CodeTries
from scheduler.web.desk.text_state import owner_of
from scheduler.web.desk.visits import visit_of

HERE = "/my-account"


class OwnAccountPages:
    def __init__(self, desk: Desk, tries: CodeTries) -> None:
        self._desk = desk
        self._tries = tries

    async def show(self, request: Request) -> Response:
        return await self._page(request)

    async def begin_code(self, request: Request) -> Response:
        asked, mine = await self._asked(request)
        if self._desk.forms.take(asked):
            await self._desk.current().own_account.begin_code(mine)
        return done(request, asked, HERE)

    async def prove_code(self, request: Request) -> Response:
        asked, mine = await self._asked(request)
        app = self._desk.current()
        typed = asked.fields.get("code", "")
        if not self._tries.may(mine):
            return await self._page(request, Wrong(sentence=texts.TOO_MANY_CODES, field="code"))
        visit = visit_of(request)
        here = visit.session.id if visit and visit.session else 0
        if not await app.own_account.prove_code(mine, typed, app.clock(), here):
            return await self._page(request, Wrong(sentence=texts.WRONG_CODE, field="code"))
        self._tries.right(mine)
        return done(request, asked, HERE)

    async def remove_code(self, request: Request) -> Response:
        asked, mine = await self._asked(request)
        app = self._desk.current()
        typed = asked.fields.get("code", "")
        if not self._tries.may(mine):
            return await self._page(request, Wrong(sentence=texts.TOO_MANY_CODES, field="code"))
        if not await app.own_account.remove_code(mine, typed, app.clock()):
            return await self._page(request, Wrong(sentence=texts.WRONG_CODE, field="code"))
        self._tries.right(mine)
        return done(request, asked, HERE)

    async def make_agenda(self, request: Request) -> Response:
        """Shown once: the ledger keeps its digest alone."""
        asked, mine = await self._asked(request)
        if not self._desk.forms.take(asked):
            return await self._page(request, Wrong(sentence=texts.AGENDA_SHOWN_ONCE))
        app = self._desk.current()
        value = await app.own_account.make_agenda(mine, app.clock())
        if value is None:
            raise HTTPException(404)
        web = app.configuration.settings.web
        place = web.desk_url or f"{request.url.scheme}://{request.url.netloc}"
        return await self._page(request, address=f"{place.rstrip('/')}{PLACE}{value}{ENDING}")

    async def end_agenda(self, request: Request) -> Response:
        asked, mine = await self._asked(request)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            await app.own_account.end_agenda(mine, asked.by, app.clock())
        return done(request, asked, HERE)

    async def _asked(self, request: Request) -> tuple[Asked, int]:
        asked = await self._desk.forms.read(request)
        mine = _mine(request)
        if mine is None:
            raise HTTPException(404)
        return asked, mine

    async def _page(
        self, request: Request, wrong: Wrong | None = None, address: str = ""
    ) -> Response:
        app, mine = self._desk.current(), _mine(request)
        own = await app.own_account.of(mine) if mine is not None else None
        secret = own.begun if own else None
        issuer = f"Réflexe {app.configuration.settings.organisation.name}"
        return self._desk.page(
            request,
            "my_account",
            400 if wrong else 200,
            wrong=wrong,
            own=own,
            secret=typed_secret(secret) if secret else "",
            code=_drawn(key_uri(secret, own.name, issuer)) if own and secret else "",
            address=address,
            trials_to=await app.own_addresses.of(owner_of(request)),
        )


def _mine(request: Request) -> int | None:
    """The account of whoever is in by one."""
    visit = visit_of(request)
    return visit.session.account.id if visit and visit.session else None


def _drawn(address: str) -> Markup:
    """A QR code, drawn where the page stands: nothing of it is fetched."""
    from segno import make_qr

    drawn = make_qr(address, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return Markup(drawn)  # noqa: S704 - segno's shapes alone
