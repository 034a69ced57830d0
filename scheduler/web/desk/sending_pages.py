"""« Envoyer maintenant »: what it would come to, then the form that says yes; and a new text for
those who have not been served yet."""

import asyncio
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, make_forecaster, standing_now
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.measure.prices import Prices
from scheduler.domain.values import frozen
from scheduler.flow.showing.titles import message_of
from scheduler.flow.steering import can_leave, listing, refresh, send_now
from scheduler.flow.steering.forecast import Forecast
from scheduler.flow.texts import fingerprint_of
from scheduler.web.desk import texts
from scheduler.web.desk.calendar_pages import CalendarPages, printed_id
from scheduler.web.desk.counting import Counting, ask_again
from scheduler.web.desk.forecast_view import cost, leaving
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.review import faults
from scheduler.web.desk.sendable import MAY_LEAVE, sendable


@frozen
class _Meant:
    """An occurrence that somebody may send now."""

    app: App
    one: Occurrence
    audiences: tuple[str, ...]
    message: str
    #: Digest of its texts; empty: one is faulty.
    fingerprint: str
    asks: bool
    #: It can't leave, or not from here.
    is_refused: bool


class SendingPages:
    def __init__(self, desk: Desk, calendar: CalendarPages) -> None:
        self._desk = desk
        self._calendar = calendar
        self._counting = Counting()

    async def ask(self, request: Request) -> Response:
        """Who, when, where, for how much, and which faults; GET changes nothing."""
        return await self._page(request, await self._found(request))

    async def send(self, request: Request) -> Response:
        """What was shown: texts that changed since are shown again."""
        asked = await self._desk.forms.read(request)
        meant = await self._found(request)
        if not asked.by:
            return await self._page(request, meant, Wrong(sentence=texts.NO_NAME, field="by"))
        if meant.is_refused or not meant.fingerprint:
            return await self._page(request, meant, Wrong(sentence=texts.CANT_LEAVE))
        if asked.fields.get("fingerprint") != meant.fingerprint:
            return await self._page(request, meant, Wrong(sentence=texts.TEXTS_CHANGED))
        return await self._send(request, asked, meant)

    async def _send(self, request: Request, asked: Asked, meant: _Meant) -> Response:
        app, here = meant.app, f"/calendar/{printed_id(request)}"
        if not self._desk.forms.take(asked):
            return done(request, asked, here)
        kept = await app.ledger.list_of(meant.one.campaign, meant.one.episode, meant.one.season)
        now, agenda, hand = app.clock(), app.agenda, app.hand
        try:
            if meant.asks:
                await send_now.ask(agenda, hand, meant.one, meant.audiences, asked.by, now, kept)
                return done(request, asked, "/approvals")
            row = await send_now.bring_forward(
                agenda, app.ledger, hand, meant.one, meant.audiences, asked.by, now
            )
        except (ContentError, NotFound):
            return await self._page(request, meant, Wrong(sentence=texts.NOT_SENT))
        return done(request, asked, f"/calendar/{row.id}")

    async def refresh(self, request: Request) -> Response:
        """The writers' new text, for those who have not been served yet."""
        asked = await self._desk.forms.read(request)
        app = self._desk.current()
        row = await app.ledger.find_occurrence(printed_id(request))
        if row is None:
            raise HTTPException(404)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field="by-refresh")
            return await self._calendar.show_occurrence(request, 400, wrong)
        if self._desk.forms.take(asked):
            try:
                await refresh.refresh(app.agenda, app.ledger, app.hand, row, asked.by, app.clock())
            except NotFound:
                wrong = Wrong(sentence=texts.NOTHING_TO_REFRESH)
                return await self._calendar.show_occurrence(request, 409, wrong)
            except ContentError:
                wrong = Wrong(sentence=texts.FAULT_TO_REFRESH)
                return await self._calendar.show_occurrence(request, 409, wrong)
        return done(request, asked, f"/calendar/{row.id}")

    async def _found(self, request: Request) -> _Meant:
        # What was changed a moment ago holds here already: a move is told with its new date.
        app, _, _ = await standing_now(self._desk.current())
        printed = printed_id(request)
        one, row = sendable(app, printed), await app.ledger.find_occurrence(printed)
        if one is None or (row is not None and row.state not in MAY_LEAVE):
            raise HTTPException(404)
        now, campaign = app.clock(), app.configuration.campaign(one.campaign)
        names, is_refused, asks, fingerprint = tuple(campaign.audiences), False, False, ""
        try:
            await can_leave.refuse(app.agenda, app.ledger, one, names, now)
            await listing.address(
                app.agenda, app.ledger, app.hand, one, names, None, "", now, everybody=False
            )
            asks = send_now.needs_approval(app.agenda, one)
        except (NotFound, ContentError):
            is_refused = True
        episode = app.agenda.episode(one)
        # The faults of a text that has some are shown.
        with suppress(NotFound, ContentError):
            fingerprint = await asyncio.to_thread(fingerprint_of, app.agenda, campaign, episode)
        return _Meant(
            app=app,
            one=one,
            audiences=names,
            message=episode.message,
            fingerprint=fingerprint,
            asks=asks,
            is_refused=is_refused,
        )

    async def _page(self, request: Request, meant: _Meant, wrong: Wrong | None = None) -> Response:
        app, figures = meant.app, await self._desk.figures()
        now = app.clock()
        forecast = await self._forecast(meant)
        reviewed = await self._desk.review.soon(app, [meant.message])
        sms = app.configuration.settings.channels.sms
        prices = Prices(default=sms.price_per_segment, by_prefix=sms.prices)
        page = self._desk.page(
            request,
            "send",
            409 if wrong else 200,
            wrong=wrong,
            id=printed_id(request),
            day=meant.one.date,
            title=message_of(app.agenda, meant.one.campaign, meant.one.episode)[1],
            meant=meant,
            is_counting=forecast is None,
            leaving=leaving(forecast, app.agenda.audiences, figures, now) if forecast else None,
            cost=cost(forecast, prices, figures) if forecast else "",
            sms_parts=figures.of(forecast.segments) if forecast else 0,
            untold=figures.of(forecast.untold) if forecast and forecast.untold else None,
            faults=faults(reviewed.findings),
            is_read=meant.message not in reviewed.unread,
            figures=figures,
        )
        if forecast is None and wrong is None:
            ask_again(page, request)
        return page

    async def _forecast(self, meant: _Meant) -> Forecast | None:
        """None: people are still counted."""
        app, one = meant.app, meant.one
        people = await app.ledger.people_version()
        key = (app.agenda, app.configuration.changed, one.id, meant.audiences, people)
        return await self._counting.of(
            key, lambda: make_forecaster(app).of(one, meant.audiences, app.clock())
        )
