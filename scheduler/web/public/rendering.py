"""Turning texts into pages."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from scheduler.bootstrap import App, organisation_of
from scheduler.content.statement import statement_in
from scheduler.domain.channels import channel_label
from scheduler.web.public.languages import ALL, SHOWN
from scheduler.web.public.texts import Notice, Texts
from scheduler.web.templating import make_pages


class Pages:
    """Renders the public pages with the organisation as it is configured at that moment."""

    def __init__(self, current: Callable[[], App]) -> None:
        self._current = current
        self._templates = make_pages()

    def page(
        self, request: Request, name: str, texts: Texts, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page in one language; ``switch`` among the values: with links to the others."""
        return HTMLResponse(self.part(request, name, texts, **values), status)

    def part(self, request: Request, name: str, texts: Texts, **values: Any) -> str:
        """The same as text, for a page that is made of parts."""
        settings = self._current().configuration.settings
        templates = self._current().configuration.templates
        others = [other for other in SHOWN if other is not texts] if values.get("switch") else []
        return self._templates.get_template(f"public/{name}.html").render(
            texts=texts,
            others=others,
            organisation=settings.organisation,
            # Whom to call, as readers of this page are told.
            call=organisation_of(settings).help_for(texts.language),
            channel_label=channel_label,
            links=self._current().links,
            conformity=statement_in(templates, texts.language).state,
            joining=settings.web.subscribe is not None,
            # Relative, so that it holds under either host and behind any path.
            root="../" * (request.url.path.count("/") - 1),
            **values,
        )

    def notice(
        self, request: Request, which: Callable[[Texts], Notice], status: int = 200
    ) -> HTMLResponse:
        """A short page for nobody in particular, in every language."""
        notices = [(texts, which(texts)) for texts in ALL]
        return self.page(request, "notice", ALL[0], status, notices=notices)
