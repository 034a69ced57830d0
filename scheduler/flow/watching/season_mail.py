"""Mails the report of a series' season to the operators, on the Monday after its recap."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import HandOverError, Permanent, Uncertain
from scheduler.domain.message import Message
from scheduler.domain.organisation import EmailSender
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.ports import KnownOccurrences
from scheduler.domain.provider import Provider
from scheduler.domain.showing.season_report import SeasonReport
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.season_text import season_text
from scheduler.flow.watching.alarm_mail import MailLedger
from scheduler.flow.watching.operator_mail import operator_mail, unasked
from scheduler.log import get_logger

log = get_logger(__name__)

#: When the operators come in, by the organisation's clock.
AT = time(9)
#: A daemon that was down on that Monday still mails it in that week.
_LATE = timedelta(days=7)
_LEFT = (OccurrenceState.RUNNING, OccurrenceState.FINISHED)


class ReportMaker(Protocol):
    def __call__(self, campaign: Campaign, season: str) -> Awaitable[SeasonReport]: ...


@dataclass(kw_only=True)
class SeasonMail:
    """One task of the daemon."""

    agenda: Callable[[], Agenda]
    occurrences: Callable[[], KnownOccurrences]
    ledger: MailLedger
    report: ReportMaker
    provider: Provider
    sender: EmailSender
    to: str
    zone: ZoneInfo
    #: Its name in the log.
    subject: str = "season-mail"
    every: timedelta = timedelta(minutes=10)

    async def look(self, now: datetime) -> None:
        """Once a season; what couldn't leave is tried again."""
        due = self._due(await self.occurrences().occurrences(), now)
        mailed = await self.ledger.mailed() if due else {}
        for campaign, season in due:
            kind = f"season {campaign.name} {season}"
            if kind in mailed:
                continue
            found = await self.report(campaign, season)
            # Before it leaves: a mail less is better than one every ten minutes.
            await self.ledger.note_mailed(kind, now)
            try:
                await self.provider.send(self._mail(found, now), unasked)
            except HandOverError as fault:
                log.warning("season.not_mailed", season=season, code=fault.code)
                if not isinstance(fault, Permanent | Uncertain):
                    await self.ledger.note_mailed(kind, None)
                continue
            log.info("season.mailed", campaign=campaign.name, season=season)

    def _due(self, rows: Sequence[OccurrenceRow], now: datetime) -> list[tuple[Campaign, str]]:
        recaps = {
            (campaign.name, episode.name): campaign
            for campaign in self.agenda().campaigns
            if campaign.kind is CampaignKind.SERIES
            for episode in campaign.episodes
            if episode.when == "recap"
        }
        return [
            (recaps[row.campaign, row.episode], row.season)
            for row in rows
            if (row.campaign, row.episode) in recaps and row.state in _LEFT
            if timedelta(0) <= now - self._monday_after(row.date) < _LATE
        ]

    def _monday_after(self, day: date) -> datetime:
        return datetime.combine(day + timedelta(days=7 - day.weekday()), AT, self.zone)

    def _mail(self, found: SeasonReport, now: datetime) -> Message:
        title = found.heading
        reference = f"season-{found.campaign}-{found.season}-{now:%Y%m%d%H%M%S}"
        return operator_mail(self.sender, self.to, title, season_text(found), reference, now)
