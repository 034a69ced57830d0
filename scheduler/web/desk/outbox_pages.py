"""The outbox: what each invented contact received, in the rehearsal or for real.

With a provider that reaches the real world, contacts are people: then it shows totals alone.
"""

import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.showing.desk import (
    PEOPLE_ON_A_PAGE,
    DeliveryLine,
    EmailView,
    PersonLine,
    SmsView,
)
from scheduler.domain.values import frozen
from scheduler.flow.showing.titles import message_of
from scheduler.flow.writing.preview import read_email, read_sms
from scheduler.web.desk import grouping
from scheduler.web.desk.pages import Desk, DeskSource, frame

#: What the ledger's integers hold.
LARGEST_ID = 2**63 - 1
REHEARSAL, REAL = "rehearsal", "real"


@frozen
class Box:
    """One of the two outboxes."""

    #: ``rehearsal`` or ``real``.
    name: str
    app: App
    source: DeskSource
    files: Path
    #: The other one has something in it too.
    has_other: bool

    @property
    def is_rehearsal(self) -> bool:
        return self.name == REHEARSAL


class OutboxPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def people(self, request: Request) -> Response:
        if not self._desk.shows_people(request):
            source = self._desk.source(self._desk.current())
            figures = await self._desk.figures()
            totals = grouping.totals(await source.totals(), figures)
            return self._desk.page(request, "counted", totals=totals)
        box = await self._box(request)
        page = _page_number(request)
        total, people = await box.source.people(page)
        return self._desk.page(
            request,
            "outbox",
            box=box,
            people=people,
            total=total,
            page=page,
            pages=max(1, -(-total // PEOPLE_ON_A_PAGE)),
            labels=_labels(box.app),
            empty=not await box.source.any_delivery(),
        )

    async def person(self, request: Request) -> Response:
        box, person = await self._person(request)
        deliveries = await box.source.deliveries(person.contact)
        return self._desk.page(
            request,
            "person",
            box=box,
            person=person,
            deliveries=deliveries,
            titles={one.occurrence: _title(box.app, one) for one in deliveries},
            labels=_labels(box.app),
        )

    async def delivery(self, request: Request) -> Response:
        box, person, delivery = await self._delivery(request)
        view = _read(box.files, delivery.provider_id)
        return self._desk.page(
            request,
            "delivery",
            box=box,
            person=person,
            delivery=delivery,
            title=_title(box.app, delivery),
            view=view,
            is_email=isinstance(view, EmailView),
            sender=box.app.configuration.settings.channels.sms.sender,
            optout=self._local_optout(request, view) if view else "",
        )

    async def frame(self, request: Request) -> Response:
        """The HTML part alone, locked up."""
        box, _, delivery = await self._delivery(request)
        view = _read(box.files, delivery.provider_id)
        if not isinstance(view, EmailView):
            raise HTTPException(404)
        return frame(view.html)

    async def _box(self, request: Request) -> Box:
        """The one asked for, or else the rehearsal's until something was planned for real."""
        real, rehearsed = self._desk.current(), self._desk.rehearsal()
        source = self._desk.source(real)
        any_real = await source.any_delivery()
        wanted = request.query_params.get("box") or (REAL if any_real else REHEARSAL)
        if wanted == REHEARSAL and rehearsed is not None:
            return Box(
                name=REHEARSAL,
                app=rehearsed,
                source=self._desk.source(rehearsed),
                files=self._desk.rehearsal_outbox,
                has_other=any_real,
            )
        return Box(
            name=REAL,
            app=real,
            source=source,
            files=real.configuration.settings.outbox.path,
            has_other=rehearsed is not None,
        )

    async def _person(self, request: Request) -> tuple[Box, PersonLine]:
        if self._desk.real_channels:
            raise HTTPException(404)
        box, contact = await self._box(request), request.path_params["contact"]
        person = await box.source.person(contact) if contact <= LARGEST_ID else None
        if person is None:
            raise HTTPException(404)
        return box, person

    async def _delivery(self, request: Request) -> tuple[Box, PersonLine, DeliveryLine]:
        box, person = await self._person(request)
        for one in await box.source.deliveries(person.contact):
            if one.delivery == request.path_params["delivery"]:
                return box, person, one
        raise HTTPException(404)

    def _local_optout(self, request: Request, view: EmailView | SmsView) -> str:
        """Its opt-out page on this machine: the public address leads nowhere from a first day."""
        app = self._desk.current()
        host, _, port = app.configuration.settings.web.public_bind.rpartition(":")
        if host in ("0.0.0.0", "[::]", "::"):  # noqa: S104 - compared, not bound
            host = request.url.hostname or "localhost"
        path = _optout_path(view, app.links.public_url, app.links.short_url)
        return f"http://{host}:{port}{path}" if path else ""


def _labels(app: App) -> dict[str, str]:
    return {audience.name: audience.label for audience in app.configuration.audiences}


def _title(app: App, delivery: DeliveryLine) -> str:
    """Of the text that was kept; where none was needed, of the message as it is now."""
    campaign, episode, _ = delivery.occurrence.split("/")
    return delivery.title or message_of(app.agenda, campaign, episode)[1]


def _page_number(request: Request) -> int:
    asked = request.query_params.get("page", "1")
    return max(1, int(asked)) if re.fullmatch("[0-9]{1,6}", asked) else 1


def _read(files: Path, provider_id: str) -> EmailView | SmsView | None:
    """The kept message; None when it was counted only, or is gone."""
    path = (files / provider_id).resolve()
    if not provider_id or not path.is_relative_to(files.resolve()) or not path.is_file():
        return None
    body = path.read_bytes()
    return read_email(body) if path.suffix == ".eml" else read_sms(body)


def _optout_path(view: EmailView | SmsView, public_url: str, short_url: str) -> str:
    """The part of its opt-out address after the host."""
    if isinstance(view, SmsView):
        host = re.escape(short_url.removeprefix("https://"))
        found = re.search(f"{host}(/[A-Za-z0-9]{{8}})$", view.body)
    else:
        header = dict(view.headers).get("List-Unsubscribe", "")
        found = re.search(f"<{re.escape(public_url)}(/d/[A-Za-z0-9_-]+)>", header)
    return found[1] if found else ""
