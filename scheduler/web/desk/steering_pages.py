"""What the commands pause, resume, cancel, stop-all and resume-all do, asked by forms."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.errors import NotFound
from scheduler.domain.planning import OccurrenceRow
from scheduler.flow.showing.titles import message_of
from scheduler.flow.steering import steer as flow
from scheduler.flow.steering.halts import go_on
from scheduler.web.desk import texts
from scheduler.web.desk.calendar_pages import CalendarPages, printed_id
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk

Handler = Callable[[Request], Awaitable[Response]]
#: What is done to every channel.
Order = Callable[[flow.StopLedger, str, datetime], Awaitable[flow.AllSteered]]


class SteeringPages:
    def __init__(self, desk: Desk, calendar: CalendarPages) -> None:
        self._desk = desk
        self._calendar = calendar

    def one(self, how: flow.How) -> Handler:
        """Do it to an occurrence. What its state forbids meanwhile is left undone."""

        async def answer(request: Request) -> Response:
            asked = await self._desk.forms.read(request)
            app, row = await self._find(request)
            if not asked.by:
                return await self._again(request, app, row, how)
            if self._desk.forms.take(asked) and how in flow.possible(row.state):
                await _steer(app, row, how, asked.by)
            return done(request, asked, f"/calendar/{row.id}")

        return answer

    async def ask_to_cancel(self, request: Request) -> Response:
        """Asks once more, with what would be lost; GET changes nothing."""
        app, row = await self._find(request)
        if flow.How.CANCELLED not in flow.possible(row.state):
            return RedirectResponse(f"/calendar/{row.id}", 303)
        return await self._cancel_page(request, app, row)

    def every(self, order: Order) -> Handler:
        """Do it to every channel at once; it may be said twice."""

        async def answer(request: Request) -> Response:
            asked = await self._desk.forms.read(request)
            if not asked.by:
                wrong = Wrong(sentence=texts.NO_NAME, field="by-all")
                return await self._calendar.show_year(request, 400, wrong)
            if self._desk.forms.take(asked):
                app = self._desk.current()
                await order(app.hand, asked.by, app.clock())
            return done(request, asked, "/")

        return answer

    async def go_on(self, request: Request) -> Response:
        """Let a campaign go on where the provider refused it. What goes on already is left so."""
        asked = await self._desk.forms.read(request)
        campaign, channel = (request.path_params[part] for part in ("campaign", "channel"))
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{campaign}/{channel}")
            return await self._calendar.show_year(request, 400, wrong)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            with suppress(NotFound):  # somebody else was faster
                await go_on(app.hand, campaign, channel, asked.by, app.clock())
        return done(request, asked, "/")

    async def _find(self, request: Request) -> tuple[App, OccurrenceRow]:
        app = self._desk.current()
        row = await app.ledger.find_occurrence(printed_id(request))
        if row is None:
            raise HTTPException(404)
        return app, row

    async def _again(
        self, request: Request, app: App, row: OccurrenceRow, how: flow.How
    ) -> Response:
        """The page the form was on, with what it lacks."""
        wrong = Wrong(sentence=texts.NO_NAME, field="by")
        if how is flow.How.CANCELLED:
            return await self._cancel_page(request, app, row, 400, wrong)
        return await self._calendar.show_occurrence(request, 400, wrong)

    async def _cancel_page(
        self,
        request: Request,
        app: App,
        row: OccurrenceRow,
        status: int = 200,
        wrong: Wrong | None = None,
    ) -> Response:
        return self._desk.page(
            request,
            "cancel",
            status,
            id=row.id,
            day=row.date,
            title=message_of(app.agenda, row.campaign, row.episode)[1],
            standing=await flow.standing_of(app.ledger, row),
            figures=await self._desk.figures(),
            wrong=wrong,
        )


async def _steer(app: App, row: OccurrenceRow, how: flow.How, by: str) -> None:
    try:
        await flow.steer(app.ledger, app.hand, row, how, by, app.clock())
    except NotFound:
        # Somebody else was faster: the page shows what stands.
        return
