"""Which messages are to be completed: undated, disabled, with blanks, or sent by no campaign."""

from collections.abc import Sequence

from scheduler.content.folder import MessageFolder
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.unfinished import Lacking, Unfinished, Want
from scheduler.flow.agenda import Agenda
from scheduler.flow.filling import values_of


def unfinished(agenda: Agenda) -> list[Unfinished]:
    """In the order of config.yaml, those that no campaign names last.

    A message that another campaign sends as it is isn't one of them: an event's block without a
    date stays as the model of those that have one.
    """
    uses = [
        (campaign, episode, _load(agenda, episode.message))
        for campaign in agenda.configuration.campaigns
        for episode in campaign.episodes
    ]
    found, complete = [], set()
    for campaign, episode, folder in uses:
        wants = wants_of(campaign, episode, folder)
        if not wants:
            complete.add(episode.message)
        title = folder.title if folder else episode.message
        found.append(
            Unfinished(campaign=campaign.name, message=episode.message, title=title, wants=wants)
        )
    return [
        *(one for one in found if one.wants and one.message not in complete),
        *_sent_by_nobody(agenda, {one.message for one in found}),
    ]


def wants_of(campaign: Campaign, episode: Episode, folder: MessageFolder | None) -> Sequence[Want]:
    """What one use of a message lacks."""
    key = f"campaigns.{campaign.name}"
    wants = []
    if not campaign.enabled:
        wants.append(Want(what=Lacking.ENABLED, key=f"{key}.enabled"))
    if campaign.kind is CampaignKind.EVENT and campaign.starts is None:
        wants.append(Want(what=Lacking.DATE, key=f"{key}.starts"))
    if folder and (names := _blanks(campaign, episode, folder)):
        where = key if campaign.kind is CampaignKind.EVENT else f"{key}.episodes.{episode.name}"
        wants.append(Want(what=Lacking.VALUES, key=f"{where}.values", names=names))
    if folder and folder.sourced and episode.reference is None:
        spot = f"{key}.episodes.{episode.name}.reference"
        wants.append(Want(what=Lacking.REFERENCE, key=spot))
    return wants


def _blanks(campaign: Campaign, episode: Episode, folder: MessageFolder) -> list[str]:
    """Those that must be filled and aren't; a date's own follow from it."""
    dated = campaign.kind is not CampaignKind.EVENT or campaign.starts is not None
    given = values_of(campaign, episode, folder, "fr")
    return [
        blank.name
        for blank in folder.placeholders.values()
        if blank.required and not blank.default and not given.get(blank.name) and dated
    ]


def _sent_by_nobody(agenda: Agenda, named: set[str]) -> list[Unfinished]:
    found = []
    for path in agenda.library.messages():
        if path not in named:
            folder = _load(agenda, path)
            want = Want(what=Lacking.CAMPAIGN, key="campaigns")
            title = folder.title if folder else path
            found.append(Unfinished(campaign="", message=path, title=title, wants=[want]))
    return found


def _load(agenda: Agenda, path: str) -> MessageFolder | None:
    """None: it can't be read, which the page of messages says."""
    try:
        return agenda.library.load(path)
    except (ContentError, NotFound):
        return None
