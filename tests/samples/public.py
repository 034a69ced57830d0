"""Somebody before the public server, with a browser or a mail program."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from scheduler.bootstrap import App
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.domain.people.person import ContactCard
from scheduler.web.public import make_public
from tests.serving import serving

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BUTTON = {"from_page": "1"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Keeps no cookie and follows no redirection."""

    app: App
    session: aiohttp.ClientSession

    async def card(self, key: str) -> ContactCard:
        (found,) = await self.app.people.find(key, None)
        return found

    async def email_link(self, key: str, *, test: bool = False) -> str:
        card = await self.card(key)
        assert card.email_id is not None
        token = OptOutToken(
            address_id=AddressId(card.email_id), contact_id=ContactId(card.contact), test=test
        )
        return f"/d/{self.app.ledger.tokens.optout(token)}"

    async def short_link(self, key: str) -> str:
        return f"/{(await self.card(key)).token}"

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.session.get(path, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def post(
        self,
        path: str,
        body: Mapping[str, str] | bytes | aiohttp.MultipartWriter,
        **headers: str,
    ) -> tuple[int, str]:
        async with self.session.post(
            path, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, await answer.text()

    async def opt_outs(self) -> list[tuple[str, str, str, str]]:
        """(address, channel, scope, route) of every opt-out that holds."""
        rows = await self.app.people.opt_outs()
        return [(row.address, row.channel, row.scope, row.route) for row in rows]


@asynccontextmanager
async def visiting(app: App) -> AsyncIterator[Visitor]:
    """The public server of a world, on a real port."""
    public = make_public(lambda: app, dict, ready=lambda: True)
    with serving(public) as address:
        async with aiohttp.ClientSession(address, cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Visitor(app=app, session=session)
