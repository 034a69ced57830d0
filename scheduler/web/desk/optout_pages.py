"""« Désinscriptions »: how many people, by week and by message, never who; and a form to
note one that somebody was told of."""

from datetime import datetime, time

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import AddressRefused
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.roles import Role
from scheduler.domain.showing.objections_counted import Occasion, by_message, by_week, first_week
from scheduler.flow.people.persons import Address, address_of
from scheduler.flow.people.wishes import opt_out
from scheduler.flow.showing.titles import message_of
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.guard import person_of
from scheduler.web.desk.pages import Desk
from scheduler.web.limits import even_time


class OptOutPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return await self._show(request)

    async def add(self, request: Request) -> Response:
        """Whatever is known of whoever has the address, one answer, and in the same time."""
        asked = await self._desk.forms.read(request)
        try:
            address = address_of(asked.fields.get("who", ""))
        except AddressRefused:
            wrong = Wrong(sentence=texts.NEITHER_ONE, field="who")
            return await self._show(request, 400, wrong)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field="by-optout")
            return await self._show(request, 400, wrong)
        if self._desk.forms.take(asked):
            async with even_time():
                await self._note(address, asked.by)
        return done(request, asked, "/optouts?noted=1")

    async def _note(self, address: Address, by: str) -> None:
        app, channel = self._desk.current(), address.channel
        new = await opt_out(app.people, address, channel, app.clock())
        act = Act(
            actor=by,
            act=AuditAct.OPT_OUT,
            subject=app.people.name_of(address.kind, address.identity),
            detail={"channel": channel, "new": new},
        )
        await app.people.note_export(act, app.clock())

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        person = person_of(request)
        known = {"noted": "noted" in request.query_params, "wrong": wrong}
        if person is None or Role.READ not in person.holds:
            return self._desk.page(request, "optouts", status, figures=None, **known)
        app, zone = self._desk.current(), self._desk.zone()
        today = app.clock().astimezone(zone).date()
        start = datetime.combine(first_week(today), time(), zone)
        found = await self._desk.source(app).objected(start)
        figures = await self._desk.figures()
        messages = figures.split(by_message(found))
        return self._desk.page(
            request,
            "optouts",
            status,
            **known,
            figures=figures,
            weeks=figures.split(by_week(found, zone, today)),
            messages=[(self._told(after), people) for after, people in messages.items()],
        )

    def _told(self, after: Occasion | None) -> tuple[str, str, Occasion] | None:
        """The occurrence's printed id, and its message's title."""
        if after is None:
            return None
        campaign, episode, season, day = after
        _, title = message_of(self._desk.current().agenda, campaign, episode)
        return printed_id(campaign, episode, season, day), title, after
