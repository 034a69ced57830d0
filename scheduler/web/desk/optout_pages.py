"""« Désinscriptions »: how many people, by week and by message, never who."""

from datetime import datetime, time

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.showing.objections_counted import Occasion, by_message, by_week, first_week
from scheduler.flow.showing.desk import message_of
from scheduler.web.desk.pages import Desk


class OptOutPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        app, zone = self._desk.current(), self._desk.zone()
        today = app.clock().astimezone(zone).date()
        start = datetime.combine(first_week(today), time(), zone)
        found = await self._desk.source(app).objected(start)
        figures = await self._desk.figures()
        messages = figures.split(by_message(found))
        return self._desk.page(
            request,
            "optouts",
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
