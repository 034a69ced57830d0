"""What people call a campaign and an episode by: the titles of their messages."""

import re

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.words.campaigns import campaign_words
from scheduler.domain.words.french import french_date
from scheduler.flow.agenda import Agenda


def campaign_title(agenda: Agenda, campaign: Campaign) -> str:
    """What people call a campaign by: its kind, its first message's title, how many others; an
    event has its kit's title and its date."""
    if campaign.kind is CampaignKind.EVENT and campaign.starts is not None and campaign.episodes:
        return f"{_event_words(agenda, campaign)}, {french_date(campaign.starts.date())}"
    messages = dict.fromkeys(one.message for one in campaign.episodes)
    if not messages:
        return campaign.name
    first = message_of(agenda, campaign.name, campaign.episodes[0].name)[1]
    return campaign_words(campaign.kind, first, len(messages) - 1)


def _event_words(agenda: Agenda, campaign: Campaign) -> str:
    """What the titles of its messages begin with (« Webinaire : invitation »), else the whole title
    of the one that leaves first: they may be in any order."""
    titles = {one.name: message_of(agenda, campaign.name, one.name)[1] for one in campaign.episodes}
    heads = {re.split(r":\s", title, maxsplit=1)[0].rstrip() for title in titles.values()}
    if len(heads) == 1:
        return heads.pop()
    invitation = (one.name for one in campaign.episodes if one.when == "invitation")
    return titles[next(invitation, campaign.episodes[0].name)]


def message_of(agenda: Agenda, campaign: str, episode: str) -> tuple[str, str]:
    """The message's path and title; the episode's name where there is no readable message."""
    paths = (
        one.message
        for known in agenda.configuration.campaigns
        for one in known.episodes
        if (known.name, one.name) == (campaign, episode)
    )
    path = next(paths, "")
    try:
        return path, agenda.library.load(path).title
    except (ContentError, NotFound):
        return path, episode
