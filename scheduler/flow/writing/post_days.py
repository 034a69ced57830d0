"""On which day each post is advised, and from when a twin's address leads anywhere."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode
from scheduler.domain.names.tokens import TwinTokens
from scheduler.domain.twins import Posting, post_days
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.public_pages import PublicSource, WebVersions
from scheduler.flow.showing.web_version import Writer

#: Back and ahead of today: whose posts may want the same days, and the next time of a yearly one.
_BACK, _AHEAD = timedelta(days=28), timedelta(days=366)


@frozen
class Nowhere:
    """Nothing is behind a twin's address yet."""

    #: When its message leaves; None: nothing says it.
    until: date | None


def advised_days(agenda: Agenda, today: date) -> dict[Posting, date]:
    """Every post of the weeks behind and the year ahead, each on a day of its own."""
    named = {
        (campaign.name, episode.name): (campaign, episode)
        for campaign in agenda.campaigns
        for episode in campaign.episodes
    }
    found = []
    for one in agenda.occurrences(today - _BACK, today + _AHEAD):
        campaign, episode = named[one.campaign, one.episode]
        found.append(
            Posting(
                message=episode.message,
                sent_on=one.date,
                announces=_announces(campaign, episode, one.date),
            )
        )
    return post_days(found, agenda.hours.holidays)


def post_day_of(agenda: Agenda, message: str, today: date) -> date | None:
    """The next advised day; None: nothing says when the message leaves."""
    days = advised_days(agenda, today).items()
    return min((day for one, day in days if one.message == message and day >= today), default=None)


async def leads_nowhere(
    address: str,
    public: PublicSource,
    writer: Callable[[], Writer],
    tokens: TwinTokens,
    now: datetime,
) -> bool:
    """Whether nothing is behind an address yet: its message never left."""
    word = address.rpartition("/")[2]
    return await WebVersions().by_word(word, public, writer, tokens, now) is None


def opens_on(agenda: Agenda, message: str, now: datetime) -> date | None:
    """When a message leaves next; None: nothing says it."""
    today = now.astimezone(ZoneInfo(agenda.configuration.settings.time_zone)).date()
    days = (one.sent_on for one in advised_days(agenda, today) if one.message == message)
    return min((day for day in days if day >= today), default=None)


def _announces(campaign: Campaign, episode: Episode, day: date) -> bool:
    """What it tells of is still ahead."""
    if campaign.kind is CampaignKind.EVENT:
        return campaign.starts is not None and day <= campaign.starts.date()
    return episode.when == "announcement"
