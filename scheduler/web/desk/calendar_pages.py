"""The year ahead, and one occurrence of it."""

from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.desk import OccurrenceView
from scheduler.domain.errors import NotFound
from scheduler.flow import desk as flow
from scheduler.web.desk import grouping
from scheduler.web.desk.pages import Desk

#: How far back the calendar still shows what has run.
LOOK_BACK = timedelta(days=31)

_OVER = (OccurrenceState.FINISHED, OccurrenceState.MISSED, OccurrenceState.CANCELLED)


class CalendarPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def year(self, request: Request) -> Response:
        app = self._desk.current()
        source = self._desk.source(app)
        today = app.clock().astimezone(self._desk.zone()).date()
        end = _a_year_later(today)
        views = await flow.year(
            app.agenda, source, self._desk.kinds(), today - LOOK_BACK, end, today=today
        )
        coming = [view for view in views if view.date >= today]
        past = [view for view in views if view.date < today]
        return self._desk.page(
            request,
            "calendar",
            zone=self._desk.zone(),
            today=today,
            end=end,
            alarms=await source.alarms(),
            running=[view for view in past if view.state not in _OVER],
            past=[view for view in past if view.state in _OVER],
            coming=coming,
            next=next((view for view in coming if view.state not in _OVER and view.slots), None),
            months=grouping.months(coming, today),
            lines=grouping.channel_lines,
        )

    async def occurrence(self, request: Request) -> Response:
        app = self._desk.current()
        printed = "/".join(request.path_params[part] for part in ("campaign", "episode", "date"))
        kinds = self._desk.kinds()
        try:
            view = await flow.occurrence(app.agenda, self._desk.source(app), kinds, printed)
        except NotFound:
            raise HTTPException(404) from None
        return self._desk.page(
            request,
            "occurrence",
            view=view,
            rehearsed=await self._rehearsed(printed),
            counts=grouping.state_counts,
            reasons=grouping.reasons,
        )

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


def _a_year_later(day: date) -> date:
    """The last day of the twelve months that start with ``day``."""
    years_on = date(day.year + 1, day.month, 1) + timedelta(days=day.day - 1)
    return years_on - timedelta(days=1)
