"""« Bilan »: the report of a campaign's season, made anew every ten minutes at most; behind the
page, where that takes long."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, season_report
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.seasons import seasons_of
from scheduler.domain.showing.season_report import SeasonReport
from scheduler.flow.showing.titles import campaign_title
from scheduler.web.desk.counting import MOMENT, Counting, ask_again
from scheduler.web.desk.pages import Desk
from scheduler.web.season.charts import bars
from scheduler.web.season.page import cell

#: It counts every delivery of two seasons: one page a moment, however many ask for it.
KEPT = timedelta(minutes=10)
#: Reports that are kept at once.
_MOST = 20


class SeasonPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[tuple[str, str], tuple[datetime, App, SeasonReport]] = {}
        self._counting = Counting(MOMENT)

    async def latest(self, request: Request) -> Response:
        """Of the first series that there is one of, else of whatever campaign."""
        known = await self._known()
        if not known:
            return self._desk.page(request, "season", report=None, is_counting=False, others=[])
        return await self._page(request, *known[0], known)

    async def show(self, request: Request) -> Response:
        asked = request.path_params["campaign"], request.path_params["season"]
        known = await self._known()
        if asked not in known:
            raise HTTPException(404)
        return await self._page(request, *asked, known)

    async def _page(
        self, request: Request, campaign: str, season: str, known: list[tuple[str, str]]
    ) -> Response:
        found = self._campaigns()[campaign]
        key = (self._desk.current().agenda, campaign, season)
        report = await self._counting.of(key, lambda: self._report(found, season))
        page = self._desk.page(
            request,
            "season",
            report=report,
            is_counting=report is None,
            others=self._titled(known),
            bars=bars,
            cell=cell,
        )
        if report is None:
            ask_again(page, request)
        return page

    def _titled(self, known: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
        agenda, campaigns = self._desk.current().agenda, self._campaigns()
        named = {name: campaign_title(agenda, campaigns[name]) for name, _ in known}
        return [(name, season, named[name]) for name, season in known]

    async def _report(self, campaign: Campaign, season: str) -> SeasonReport:
        app, key = self._desk.current(), (campaign.name, season)
        now, kept = app.clock(), self._kept.get(key)
        if kept and kept[1] is app and timedelta() <= now - kept[0] < KEPT:
            return kept[2]
        report = await season_report(app, campaign, season, await self._desk.figures())
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = (now, app, report)
        return report

    def _campaigns(self) -> dict[str, Campaign]:
        return {one.name: one for one in self._desk.current().configuration.campaigns}

    async def _known(self) -> list[tuple[str, str]]:
        """(campaign, season) of all that the ledger has, in the configuration's order."""
        rows = await self._desk.current().ledger.occurrences()
        return [(name, season) for name in self._campaigns() for season in seasons_of(rows, name)]
