"""Who we are, for a reader in doubt."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.web.public.languages import texts_in
from scheduler.web.public.rendering import Pages


class HelpPages:
    def __init__(self, current: Callable[[], App], pages: Pages) -> None:
        self._current = current
        self._pages = pages

    async def help(self, request: Request) -> Response:
        """« Ce message vient-il de nous ? », in French unless ``?lang=`` says otherwise."""
        channels = self._current().configuration.settings.channels
        return self._pages.page(
            request,
            "help",
            texts_in(request.query_params.get("lang")),
            email_sender=channels.email.sender,
            sms_sender=channels.sms.sender,
            switch=True,
        )

    async def welcome(self, request: Request) -> Response:
        return self._pages.notice(request, lambda texts: texts.welcome)
