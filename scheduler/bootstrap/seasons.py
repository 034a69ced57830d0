"""The report of a season, from an app's ledgers and the texts that are in its folders."""

from asyncio import to_thread
from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.bootstrap.app import App
from scheduler.bootstrap.public import host_name_of
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.checking.passing import Pass
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.measure.typed import KeptFigure
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.quizzes.counted import Chosen, Pressed
from scheduler.domain.showing.objections_counted import Objected
from scheduler.domain.showing.report import Count, Covered, ReceivedText
from scheduler.domain.showing.season_report import SeasonReport
from scheduler.domain.showing.small_numbers import Figures
from scheduler.flow.showing.quizzes import Shelf
from scheduler.flow.showing.season import Seasons


async def season_report(
    app: App, campaign: Campaign, season: str, figures: Figures, *, evidence: bool = False
) -> SeasonReport:
    """As the ledger has it now; nothing is written."""
    settings = app.configuration.settings
    values = {"hote": host_name_of(app), "organisation": settings.organisation.name}
    offered = await to_thread(Shelf().all, app.configuration.templates, values)
    seasons = Seasons(source=_Source(app), agenda=app.agenda, zone=ZoneInfo(settings.time_zone))
    return await seasons.report(
        campaign,
        season,
        figures,
        app.clock(),
        [one.french for one in offered.values()],
        evidence=evidence,
    )


class _Source:
    """An app's ledgers, as a report asks them."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def occurrences(self) -> list[OccurrenceRow]:
        return await self._app.ledger.occurrences()

    async def counts(self, rows: Collection[OccurrenceId]) -> list[Count]:
        return await self._app.ledger.counts(rows)

    async def coverage(self, rows: Collection[OccurrenceId]) -> list[Covered]:
        return await self._app.desk.coverage(rows)

    async def objected(self, since: datetime) -> list[Objected]:
        return await self._app.desk.objected(since)

    async def answers(self) -> Mapping[Chosen, int]:
        return await self._app.tallies.answers()

    async def reactions(self) -> Mapping[Pressed, int]:
        return await self._app.tallies.reactions()

    async def reported(self) -> Mapping[date, int]:
        return await self._app.reported.weeks()

    async def typed(self, campaign: str) -> list[KeptFigure]:
        return await self._app.typed_figures.every(campaign)

    async def received(self, row: OccurrenceId) -> list[ReceivedText]:
        return await self._app.ledger.received(row)

    async def approvals(self, message: str) -> list[Approval]:
        return await self._app.hand.approvals_of(message)

    async def passes(self, message: str) -> list[Pass]:
        return await self._app.ledger.passes(message)
