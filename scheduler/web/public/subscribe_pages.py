"""The form of double opt-in, there only when the configuration names an audience for it."""

from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.subscriptions import Subscription
from scheduler.domain.errors import AddressRefused
from scheduler.domain.people.addresses import Email, normalise_email
from scheduler.web.limits import even_time, read_form
from scheduler.web.public.languages import texts_in
from scheduler.web.public.moderation import Moderation
from scheduler.web.public.rendering import Pages
from scheduler.web.public.texts import Texts


class SubscribePages:
    """What the form answers says nothing of who is known here. Opening a page changes nothing."""

    def __init__(self, current: Callable[[], App], pages: Pages) -> None:
        self._current = current
        self._pages = pages
        self._moderation = Moderation()

    async def form(self, request: Request) -> Response:
        audience = self._audience()
        texts = texts_in(request.query_params.get("lang"))
        if request.method != "POST":
            return self._form(request, texts, {}, [])
        form = await read_form(request)
        email = _email(form.get("email", ""))
        if email is None or "agree" not in form:
            wrong = [
                name
                for name, bad in (("email", email is None), ("agree", "agree" not in form))
                if bad
            ]
            return self._form(request, texts, form, wrong)
        app = self._current()
        client = request.client.host if request.client else ""
        if not self._moderation.admits(client, app.clock()):
            return self._pages.notice(request, lambda one: one.too_many, 429)
        async with even_time():
            wish = self._wish(audience, texts, email, form.get("variant", ""))
            await app.subscriptions.ask(wish, audience, app.clock())
        return self._pages.page(request, "notice_alone", texts, notice=texts.subscribe.asked)

    async def confirmation(self, request: Request) -> Response:
        """The page behind the link of the confirmation message, and its button."""
        audience, app = self._audience(), self._current()
        source, now = app.subscriptions, app.clock()
        number = app.ledger.tokens.open_subscription(request.path_params["token"])
        variant = None if number is None else await source.pending(number, now)
        if number is None or variant is None:
            return self._unknown(request)
        texts = texts_in(request.query_params.get("lang"), variant, variant[:2])
        if request.method != "POST":
            return self._pages.page(request, "confirm", texts, switch=True)
        if not await source.confirm(number, audience, now):
            return self._unknown(request)
        return self._pages.page(request, "notice_alone", texts, notice=texts.subscribe.confirmed)

    def _audience(self) -> Audience:
        """Raises HTTPException (404) when nobody may join."""
        configuration = self._current().configuration
        name = configuration.settings.web.subscribe
        if name is None:
            raise HTTPException(404)
        return configuration.audience(name)

    def _wish(self, audience: Audience, texts: Texts, email: Email, variant: str) -> Subscription:
        words = texts.subscribe
        return Subscription(
            audience=audience.name,
            email=email,
            variant=variant if variant in words.variants else texts.code,
            wording=words.wording.format(organisation=self._name()),
            version=f"{words.version}-{texts.code}",
        )

    def _form(
        self, request: Request, texts: Texts, form: Mapping[str, str], wrong: list[str]
    ) -> Response:
        return self._pages.page(
            request,
            "subscribe",
            texts,
            422 if wrong else 200,
            wording=texts.subscribe.wording.format(organisation=self._name()),
            form=form,
            wrong=wrong,
            switch=True,
        )

    def _name(self) -> str:
        return self._current().configuration.settings.organisation.name

    def _unknown(self, request: Request) -> Response:
        return self._pages.notice(request, lambda texts: texts.unknown_link, 404)


def _email(typed: str) -> Email | None:
    try:
        return normalise_email(typed.strip())
    except AddressRefused:
        return None
