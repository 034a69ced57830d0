"""Who we are, for a reader in doubt; how to reach us; how readable these pages are."""

from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.config.settings import Settings
from scheduler.content.rules.links import HELP_SITES
from scheduler.content.statement import as_html, statement_in, values_of
from scheduler.domain.channels import kind_of
from scheduler.domain.values import frozen
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.web.public.languages import texts_in
from scheduler.web.public.rendering import Pages


@frozen
class Marks:
    """What our messages can be told by."""

    #: Empty when the sender is a bare address.
    sender_name: str
    sender_address: str
    reply_to: str
    return_path_domain: str
    #: By channel, but e-mail.
    senders: Mapping[str, str]
    #: Of the program's own pages.
    our_hosts: Sequence[str]
    #: Others that our messages may lead to.
    known_hosts: Sequence[str]

    def of_channel(self, channel: str) -> str:
        """Who a message on it is from."""
        name = f"{self.sender_name} " if self.sender_name else ""
        if kind_of(channel).is_letter:
            return f"{name}<{self.sender_address}>"
        return self.senders.get(channel, "")

    @classmethod
    def of(cls, settings: Settings) -> "Marks":
        email, organisation = settings.channels.email, settings.organisation
        name, address = parseaddr(email.sender)
        ours = _hosts(settings.web.public_url, settings.web.short_url or "")
        known = [*_hosts(organisation.site, organisation.privacy_url), *organisation.link_domains]
        return cls(
            sender_name=name,
            sender_address=address,
            reply_to=email.reply_to,
            return_path_domain=email.return_path_domain,
            senders={name: keys.sender for name, keys in settings.channels.texts.items()},
            our_hosts=ours,
            known_hosts=[one for one in dict.fromkeys([*known, *HELP_SITES]) if one not in ours],
        )


class HelpPages:
    """Each is in French unless ``?lang=`` says otherwise."""

    def __init__(self, current: Callable[[], App], pages: Pages, versions: WebVersions) -> None:
        self._current = current
        self._pages = pages
        self._versions = versions

    async def help(self, request: Request) -> Response:
        texts = texts_in(request.query_params.get("lang"))
        return self._pages.page(request, "help", texts, switch=True)

    async def verify(self, request: Request) -> Response:
        """« Ce message vient-il de nous ? »: the same page for everybody."""
        app = self._current()
        sent = await self._versions.sent(app.public, lambda: app.writer, app.clock())
        return self._pages.page(
            request,
            "verify",
            texts_in(request.query_params.get("lang")),
            marks=Marks.of(app.configuration.settings),
            sent=sent,
            switch=True,
        )

    async def promises(self, request: Request) -> Response:
        """What anybody may hold us to, with what the configuration says of it."""
        app = self._current()
        settings = app.configuration.settings
        return self._pages.page(
            request,
            "promises",
            texts_in(request.query_params.get("lang")),
            told={
                "week": settings.caps.week,
                "month": settings.caps.month,
                "contacts_years": settings.retention.contacts_years,
                "deliveries_months": settings.retention.deliveries_months,
                "contact": settings.organisation.contact,
                "dpo": settings.organisation.dpo,
            },
            sent=await self._versions.sent(app.public, lambda: app.writer, app.clock()),
            switch=True,
        )

    async def sheet(self, request: Request) -> Response:
        """To print and to fill in by hand: there is nothing to send."""
        return self._pages.page(
            request, "sheet", texts_in(request.query_params.get("lang")), switch=True
        )

    async def accessibility(self, request: Request) -> Response:
        """The statement: prose, a file a language, which the operator may edit."""
        app = self._current()
        asked = texts_in(request.query_params.get("lang"))
        found = statement_in(app.configuration.templates, asked.language)
        html = as_html(found, values_of(app.configuration.settings))
        texts = texts_in(found.language)
        return self._pages.page(request, "accessibility", texts, statement=html, switch=True)

    async def welcome(self, request: Request) -> Response:
        return self._pages.notice(request, lambda texts: texts.welcome)


def _hosts(*addresses: str) -> list[str]:
    hosts = (urlsplit(address).hostname for address in addresses)
    return list(dict.fromkeys(host for host in hosts if host))
