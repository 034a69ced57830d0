"""« Créer le premier compte »: whoever has the desk's token makes it, before anybody has one."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.accounts import checked_name
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Role
from scheduler.web.desk import texts
from scheduler.web.desk.account_pages import roles_of_form
from scheduler.web.desk.forms import Wrong
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.visits import visit_of

#: Who did it, for the audit log: nobody has a name yet.
BY = "desk-token"


class FirstAccount:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        await self._only_the_first(request)
        return self._page(request)

    async def make(self, request: Request) -> Response:
        """Shows the link by which its holder chooses a password. Made again before that, an
        account gets another link."""
        await self._only_the_first(request)
        asked = await self._desk.forms.read(request)
        roles = roles_of_form(asked)
        try:
            name = checked_name(asked.fields.get("name", ""))
        except AccountRefused:
            return self._page(request, Wrong(sentence=texts.NO_ACCOUNT_NAME, field="name"), roles)
        if not roles:
            return self._page(request, Wrong(sentence=texts.NO_ROLES, field="role-read"), roles)
        if not self._desk.forms.take(asked):
            return self._page(request, Wrong(sentence=texts.LINK_SHOWN_ONCE), roles)
        app = self._desk.current()
        try:
            value = await app.accounts.first(name, roles, BY, app.clock())
        except AccountRefused:
            # Somebody may have come in meanwhile.
            await self._only_the_first(request)
            return self._page(request, Wrong(sentence=texts.NAME_IS_THERE, field="name"), roles)
        return self._desk.page(request, "account_link", whose=name, link=f"/welcome/{value}")

    async def _only_the_first(self, request: Request) -> None:
        visit = visit_of(request)
        if visit is None or not visit.has_token or await self._desk.current().accounts.anybody():
            raise HTTPException(404)

    def _page(
        self,
        request: Request,
        wrong: Wrong | None = None,
        roles: frozenset[Role] = frozenset(Role),
    ) -> Response:
        return self._desk.page(
            request, "first_account", 400 if wrong else 200, wrong=wrong, chosen=roles
        )
