"""What keeps the messages of a campaign from leaving, told before it is switched on."""

from collections.abc import Iterator

from scheduler.domain.calendar.campaigns import Campaign, Episode
from scheduler.domain.calendar.changes import Change, Facet
from scheduler.domain.channels import channel_label
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.unfinished import WORDS, Lacking
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.titles import message_of
from scheduler.flow.showing.unfinished import wants_of


def look(agenda: Agenda, change: Change) -> Iterator[str]:
    """``agenda``: with the change. French."""
    if change.facet is not Facet.ENABLED:
        return
    for campaign in agenda.campaigns:
        if campaign.name == change.campaign:
            for episode in campaign.episodes:
                title = message_of(agenda, campaign.name, episode.name)[1]
                for what in _lacking(agenda, campaign, episode):
                    yield f"« {title} » : {what}"


def _lacking(agenda: Agenda, campaign: Campaign, episode: Episode) -> Iterator[str]:
    try:
        folder = agenda.library.load(episode.message)
    except (ContentError, NotFound):
        yield "son message manque ou ne peut pas être lu : rien n'en partira"
        return
    for want in wants_of(campaign, episode, folder):
        if want.what is Lacking.VALUES:
            labels = ", ".join(folder.placeholders[name].label for name in want.names)
            yield f"{WORDS[want.what]} avant qu'il puisse partir ({labels})"
        else:
            yield WORDS[want.what]
    for source in folder.sources:
        if source.fault is not None:
            yield f"un de ses textes a une faute et ne partira pas ({source.path})"
    for name in campaign.audiences:
        audience = agenda.audiences[name]
        for channel in agenda.channels(campaign, episode, audience):
            if folder.pick(channel, name, "fr", easy_to_read=False) is None:
                yield f"aucun texte pour « {audience.label} » ({channel_label(channel)})"
