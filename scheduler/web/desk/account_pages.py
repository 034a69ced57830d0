"""« Comptes »: who may sign in and do what, for whoever conducts the sendings; nobody gives a role
that they haven't got themselves."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.accounts import Account, checked_name, plain_name
from scheduler.domain.errors import AccountRefused, AddressRefused
from scheduler.domain.message import AddressKind
from scheduler.domain.roles import Person, Role, may_give
from scheduler.domain.trials import own_address
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.guard import person_of
from scheduler.web.desk.pages import Desk


class AccountPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._page(request)

    async def add(self, request: Request) -> Response:
        """Shows the link by which its holder chooses a password, once."""
        asked = await self._desk.forms.read(request)
        roles, app = roles_of_form(asked), self._desk.current()
        try:
            name = checked_name(asked.fields.get("name", ""))
        except AccountRefused:
            return await self._page(request, Wrong(sentence=texts.NO_ACCOUNT_NAME, field="name"))
        if not roles:
            return await self._page(request, Wrong(sentence=texts.NO_ROLES, field="new-read"))
        if wrong := self._wrong(request, asked, roles):
            return await self._page(request, wrong)
        if not self._desk.forms.take(asked):
            return await self._page(request, Wrong(sentence=texts.LINK_SHOWN_ONCE))
        try:
            value = await app.accounts.add(name, roles, asked.by, app.clock())
        except AccountRefused:
            return await self._page(request, Wrong(sentence=texts.NAME_IS_THERE, field="name"))
        return self._desk.page(request, "account_link", whose=name, link=f"/welcome/{value}")

    async def link(self, request: Request) -> Response:
        """Another link, for a lost password."""
        asked, one = await self._asked(request)
        app = self._desk.current()
        if one.subject:
            return await self._page(request, Wrong(sentence=texts.BY_PROVIDER))
        if wrong := self._wrong(request, asked, one.roles):
            return await self._page(request, wrong)
        if not self._desk.forms.take(asked):
            return await self._page(request, Wrong(sentence=texts.LINK_SHOWN_ONCE))
        value = await app.accounts.renew_link(one.name, asked.by, app.clock())
        return self._desk.page(request, "account_link", whose=one.name, link=f"/welcome/{value}")

    async def roles(self, request: Request) -> Response:
        asked, one = await self._asked(request)
        given, app = roles_of_form(asked), self._desk.current()
        if one.subject:
            return await self._page(request, Wrong(sentence=texts.BY_PROVIDER))
        if not given:
            field = f"roles-{one.id}-read"
            return await self._page(request, Wrong(sentence=texts.NO_ROLES_LEFT, field=field))
        if wrong := self._wrong(request, asked, given | one.roles):
            return await self._page(request, wrong)
        if self._desk.forms.take(asked):
            await app.accounts.give_roles(one.name, given, asked.by, app.clock())
        return done(request, asked, "/accounts")

    async def address(self, request: Request) -> Response:
        """Where somebody gets trials: whoever writes doesn't type it, or they could send to
        anybody."""
        asked, one = await self._asked(request)
        app, field = self._desk.current(), f"address-{one.id}"
        if wrong := self._wrong(request, asked, one.roles):
            return await self._page(request, wrong)
        typed, forgets = asked.fields.get("address", ""), asked.fields.get("do") == "forget"
        try:
            found = {} if forgets else dict([own_address(typed)])
        except AddressRefused:
            return await self._page(request, Wrong(sentence=texts.NO_OWN_ADDRESS, field=field))
        if self._desk.forms.take(asked):
            for kind, to in (found or dict.fromkeys(AddressKind, "")).items():
                await app.own_addresses.put(one.name, kind, to, asked.by, app.clock())
        return done(request, asked, "/accounts")

    async def remove(self, request: Request) -> Response:
        """With its sessions; nobody takes their own away, and is out at once."""
        asked, one = await self._asked(request)
        app = self._desk.current()
        if wrong := self._wrong(request, asked, one.roles):
            return await self._page(request, wrong)
        if one.name == self._person(request).name:
            return await self._page(request, Wrong(sentence=texts.NOT_YOURSELF))
        if self._desk.forms.take(asked):
            await app.accounts.remove(one.name, asked.by, app.clock())
        return done(request, asked, "/accounts")

    async def _asked(self, request: Request) -> tuple[Asked, Account]:
        asked = await self._desk.forms.read(request)
        wanted = request.path_params["account"]
        every = await self._desk.current().accounts.every()
        found = next((one for one in every if one.id == wanted), None)
        if found is None:
            raise HTTPException(404)
        return asked, found

    def _wrong(self, request: Request, asked: Asked, roles: frozenset[Role]) -> Wrong | None:
        if not asked.by:
            return Wrong(sentence=texts.NO_NAME, field="by-add")
        if not may_give(self._person(request), roles):
            return Wrong(sentence=texts.NOT_YOUR_ROLE_TO_GIVE)
        return None

    def _person(self, request: Request) -> Person:
        person = person_of(request)
        if person is None:
            raise HTTPException(403)
        return person

    async def _page(self, request: Request, wrong: Wrong | None = None) -> Response:
        person = self._person(request)
        noted = await self._desk.current().own_addresses.noted()
        return self._desk.page(
            request,
            "accounts",
            400 if wrong else 200,
            wrong=wrong,
            accounts=[
                (one, may_give(person, one.roles))
                for one in await self._desk.current().accounts.every()
            ],
            noted=noted,
            plain=plain_name,
            mine=person.holds,
            me=person.name,
        )


def roles_of_form(asked: Asked) -> frozenset[Role]:
    """Those that are ticked."""
    return frozenset(role for role in Role if f"role-{role}" in asked.fields)
