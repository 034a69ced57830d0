"""The year ahead, and one occurrence of it."""

import asyncio
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.alarms.raising import STOPPED_BY_HAND
from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.showing.desk import OccurrenceView
from scheduler.domain.writing.drafts import DraftState, NotTaken, why_not
from scheduler.flow.showing import desk as flow
from scheduler.flow.steering.change_forecast import has_left
from scheduler.flow.steering.steer import possible, standing_of
from scheduler.flow.writing.posts_due import posts_due
from scheduler.web.desk import grouping, told_counts
from scheduler.web.desk.card_notes import by_campaign, faults_of
from scheduler.web.desk.forms import Wrong
from scheduler.web.desk.pages import Desk, DeskSource
from scheduler.web.desk.sendable import may_be_sent
from scheduler.web.desk.text_state import owner_of
from scheduler.web.desk.text_titles import titles_of

#: How far back the calendar still shows what has run.
LOOK_BACK = timedelta(days=31)

_OVER = (OccurrenceState.FINISHED, OccurrenceState.MISSED, OccurrenceState.CANCELLED)


class CalendarPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def year(self, request: Request) -> Response:
        return await self.show_year(request)

    async def occurrence(self, request: Request) -> Response:
        return await self.show_occurrence(request)

    async def show_year(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        """``wrong``: what was wrong with a form of this page."""
        app = self._desk.current()
        source = self._desk.source(app)
        start, today, end = shown_days(app)
        views = await flow.year(
            app.agenda,
            source,
            self._desk.kinds(),
            start,
            end,
            today=today,
            now=app.clock(),
            since=app.ledger.made_at,
        )
        coming = [view for view in views if view.date >= today]
        past = [view for view in views if view.date < today]
        watched = await self._watched(app, source)
        figures = await self._desk.figures()
        # Both at once: the first look after an edit reads the texts.
        texts = sorted({view.message for view in coming if view.message})
        known = [one for one in app.agenda.library.messages() if one in texts]
        stops, reviewed = await asyncio.gather(
            self._desk.stops.of(app, watched["alarms"]), self._desk.review.soon(app, known)
        )
        return self._desk.page(
            request,
            "calendar",
            status,
            zone=self._desk.zone(),
            today=today,
            end=end,
            stops=stops,
            faults=faults_of(reviewed, known),
            unfinished=by_campaign(self._desk.stops.unfinished(app)),
            **watched,
            **await self._writing(request),
            labels={one.name: one.label for one in app.configuration.audiences},
            figures=figures,
            wrong=wrong,
            running=[view for view in past if not _is_over(view)],
            past=[view for view in past if _is_over(view)],
            posts=await asyncio.to_thread(posts_due, app.agenda, views, today),
            archives=await flow.archived_years(source),
            coming=coming,
            next=next((view for view in coming if not _is_over(view) and view.slots), None),
            months=grouping.months(coming, today),
            lines=partial(grouping.channel_lines, figures=figures),
        )

    async def _writing(self, request: Request) -> dict[str, Any]:
        """Texts that wait for this visitor: proposed by others, or their own that were refused."""
        drafts = await self._desk.current().drafts.every()
        owner = owner_of(request)
        return {
            "proposed": sum(
                why_not(one, one.fingerprint, owner) in (None, NotTaken.NAMELESS) for one in drafts
            ),
            "refused": await titles_of(
                self._desk.current(),
                (
                    one.path
                    for one in drafts
                    if one.state is DraftState.REFUSED and one.owner == owner
                ),
            ),
        }

    async def archive(self, request: Request) -> Response:
        """What is over, of one year: past Octobers stay to be looked at."""
        app = self._desk.current()
        source, wanted = self._desk.source(app), request.path_params["year"]
        years = await flow.archived_years(source)
        if wanted not in years:
            raise HTTPException(404)
        views = await flow.archive(app.agenda, source, self._desk.kinds(), wanted)
        return self._desk.page(
            request,
            "archives",
            year=wanted,
            years=years,
            months=[
                (first, list(held))
                for first, held in groupby(views, key=lambda view: view.date.replace(day=1))
            ],
            counts=partial(told_counts.state_counts, figures=await self._desk.figures()),
        )

    async def _watched(self, app: App, source: DeskSource) -> dict[str, Any]:
        """What needs a person, what a person holds back, and what rests by itself."""
        alarms, hand, now = await source.alarms(), app.hand, app.clock()
        replicas = await source.replicas(now)
        return {
            "now": now.astimezone(self._desk.zone()),
            "alarms": [one for one in alarms if one.kind != STOPPED_BY_HAND],
            "stopped": next((one for one in alarms if one.kind == STOPPED_BY_HAND), None),
            "halted": {
                one: await hand.waiting_of(*one.rsplit("/", 1)) for one in await hand.halted()
            },
            "standing": await hand.standing(),
            "waiting": len(await hand.waiting_approvals()),
            "rests": await source.rests(),
            "replicas": replicas if len(replicas) > 1 else [],
        }

    async def show_occurrence(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        """``wrong``: what was wrong with a form of this page."""
        app, printed = self._desk.current(), printed_id(request)
        kinds = self._desk.kinds()
        try:
            view = await flow.occurrence(
                app.agenda,
                self._desk.source(app),
                kinds,
                printed,
                now=app.clock(),
                since=app.ledger.made_at,
            )
        except NotFound:
            raise HTTPException(404) from None
        row = await app.ledger.find_occurrence(printed)
        stops = await self._desk.stops.of(app, await self._desk.source(app).alarms())
        figures = await self._desk.figures()
        return self._desk.page(
            request,
            "occurrence",
            status,
            view=view,
            stops=stops.get(printed, ()),
            possible=possible(row.state) if row else (),
            standing=await standing_of(app.ledger, row) if row else None,
            waiting=await self._waits(app, printed),
            sendable=may_be_sent(app, printed, row.state if row else None),
            changeable=_may_be_changed(app, view, row),
            event=_kind_of(app, view) is CampaignKind.EVENT,
            wrong=wrong,
            rehearsed=await self._rehearsed(printed),
            counts=partial(told_counts.state_counts, figures=figures),
            reasons=partial(told_counts.reasons, figures=figures),
            people=partial(grouping.people_of, figures=figures),
            rows=grouping.rows,
            figures=figures,
        )

    async def _waits(self, app: App, printed: str) -> bool:
        """For a second person."""
        waiting = await app.hand.waiting_approvals()
        return any(one.occurrence.id == printed for one in waiting)

    async def _rehearsed(self, printed: str) -> OccurrenceView | None:
        """The same occurrence as the rehearsal ran it, if it did."""
        app = self._desk.rehearsal()
        if app is None:
            return None
        source = self._desk.source(app)
        try:
            view = await flow.occurrence(app.agenda, source, self._desk.kinds(), printed)
        except NotFound:
            return None
        return view if view.planned else None


def shown_days(app: App) -> tuple[date, date, date]:
    """The first day that the year's page shows, today, and the last."""
    today = app.clock().astimezone(ZoneInfo(app.configuration.settings.time_zone)).date()
    return today - LOOK_BACK, today, _a_year_later(today)


def _may_be_changed(app: App, view: OccurrenceView, row: OccurrenceRow | None) -> bool:
    """It waits, and what it is one of has days of its own."""
    waits = row is None or not has_left(row, view.planned)
    kind = _kind_of(app, view)
    return waits and not view.past and kind is not None and kind is not CampaignKind.ONBOARDING


def _kind_of(app: App, view: OccurrenceView) -> CampaignKind | None:
    campaigns = app.configuration.campaigns
    return next((one.kind for one in campaigns if one.name == view.campaign), None)


def _is_over(view: OccurrenceView) -> bool:
    return view.past or view.state in _OVER


def printed_id(request: Request) -> str:
    """The occurrence that a path is about."""
    return "/".join(request.path_params[part] for part in ("campaign", "episode", "date"))


def _a_year_later(day: date) -> date:
    """The last day of the twelve months that start with ``day``."""
    years_on = date(day.year + 1, day.month, 1) + timedelta(days=day.day - 1)
    return years_on - timedelta(days=1)
