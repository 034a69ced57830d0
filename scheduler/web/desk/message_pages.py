"""The messages of the calendar, and one of them as its readers will see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import make_renderer
from scheduler.domain.campaigns import Audience
from scheduler.domain.desk import EmailView, Preview, Reader
from scheduler.domain.errors import ContentError, Fault, NotFound
from scheduler.flow.messages import listing, next_dates, texts_of
from scheduler.flow.preview import READERS, Asked, preview
from scheduler.web.desk.pages import Desk, frame

_YEAR = timedelta(days=366)
Named = TypeVar("Named", Audience, Reader)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What the page's selectors are set to, and what they offer."""

    message: str
    audiences: Sequence[Audience]
    audience: Audience
    variants: Sequence[str]
    variant: str
    reader: Reader
    readers: Sequence[Reader] = READERS

    def asked(self, channel: str) -> Asked:
        return Asked(
            message=self.message,
            channel=channel,
            audience=self.audience.name,
            language=self.variant.removesuffix("-falc"),
            easy_to_read=self.variant.endswith("-falc"),
            reader=self.reader,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One channel of a message: its preview, or why there is none."""

    channel: str
    preview: Preview | None = None
    fault: Fault | None = None

    @property
    def is_email(self) -> bool:
        return self.preview is not None and isinstance(self.preview.view, EmailView)


class MessagePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        app = self._desk.current()
        today = app.clock().astimezone(self._desk.zone()).date()
        dates = next_dates(app.agenda, today, today + _YEAR)
        found = sorted(listing(app.agenda), key=lambda one: dates.get(one.path, date.max))
        return self._desk.page(request, "messages", messages=found, dates=dates)

    async def message(self, request: Request) -> Response:
        path = request.path_params["path"]
        try:
            folder = self._desk.current().agenda.library.load(path)
        except NotFound:
            raise HTTPException(404) from None
        except ContentError as broken:
            return self._desk.page(request, "faulty_message", title=path, fault=broken.fault)
        choice = self._choice(request)
        return self._desk.page(
            request,
            "message",
            folder=folder,
            choice=choice,
            sender=self._desk.current().configuration.settings.channels.sms.sender,
            shown=[await self._shown(choice, channel) for channel in choice.audience.channels],
        )

    async def frame(self, request: Request) -> Response:
        """The HTML part alone, locked up."""
        try:
            shown = await self._shown(self._choice(request), "email")
        except ContentError:
            raise HTTPException(404) from None
        if shown.preview is None or not isinstance(shown.preview.view, EmailView):
            raise HTTPException(404)
        return frame(shown.preview.view.html)

    def _choice(self, request: Request) -> Choice:
        """What was asked for; the first of a kind in place of what there isn't."""
        agenda, path = self._desk.current().agenda, request.path_params["path"]
        try:
            folder = agenda.library.load(path)
        except NotFound:
            raise HTTPException(404) from None
        audiences = list(agenda.configuration.audiences)
        served = [audience for audience in audiences if texts_of(folder, audience)] or audiences
        audience = _named(served, request.query_params.get("audience"))
        variants = sorted({source.variant for source in texts_of(folder, audience)}, key=_order)
        wanted = request.query_params.get("variant", "")
        return Choice(
            message=path,
            audiences=served,
            audience=audience,
            variants=variants,
            variant=wanted if wanted in variants else next(iter(variants), "fr"),
            reader=_named(READERS, request.query_params.get("reader")),
        )

    async def _shown(self, choice: Choice, channel: str) -> Shown:
        app = self._desk.current()
        renderer = make_renderer(app, test=True)
        try:
            found = await preview(app.agenda, renderer, choice.asked(channel), app.clock())
        except NotFound:
            return Shown(channel=channel)
        except ContentError as broken:
            return Shown(channel=channel, fault=broken.fault)
        return Shown(channel=channel, preview=found)


def _named(found: Sequence[Named], name: str | None) -> Named:
    return next((one for one in found if one.name == name), found[0])


def _order(variant: str) -> tuple[bool, str]:
    """French first."""
    return not variant.startswith("fr"), variant
