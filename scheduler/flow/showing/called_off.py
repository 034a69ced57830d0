"""What became of an event, for the pages that anybody may open about it."""

from enum import Enum, auto
from typing import Protocol

from scheduler.domain.calendar.campaigns import CampaignKind
from scheduler.domain.errors import ContentError, NotFound
from scheduler.flow.agenda import Agenda


class Standing(Enum):
    #: No event of config.yaml: nothing can become of it.
    NO_EVENT = auto()
    ON = auto()
    #: Somebody has called it off, whenever the messages that say so leave.
    CALLED_OFF = auto()


class HandSource(Protocol):
    async def brought_forward(self, campaign: str) -> list[str]:
        """The episodes of a campaign that a person made due, and didn't cancel since."""


async def standing_of(agenda: Agenda, source: HandSource, campaign: str) -> Standing:
    """As the ledger and the messages say at this moment."""
    try:
        found = agenda.configuration.campaign(campaign)
    except NotFound:
        return Standing.NO_EVENT
    if found.kind is not CampaignKind.EVENT:
        return Standing.NO_EVENT
    messages = {episode.name: episode.message for episode in found.episodes}
    made_due = await source.brought_forward(campaign)
    off = found.cancelled or any(
        _cancels(agenda, messages[name]) for name in made_due if name in messages
    )
    return Standing.CALLED_OFF if off else Standing.ON


def _cancels(agenda: Agenda, message: str) -> bool:
    try:
        calendar = agenda.library.load(message).calendar
    except (ContentError, NotFound):
        return False
    return calendar is not None and calendar.cancels
