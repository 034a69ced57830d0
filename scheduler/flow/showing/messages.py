"""Which messages there are, for whom, and whether they could be sent as they are."""

from datetime import date

from scheduler.content.composing.content import Content, freeze
from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.calendar.appointment import AgendaEntry
from scheduler.domain.calendar.campaigns import Audience, Campaign, Episode
from scheduler.domain.errors import ContentError, Fault, NotFound
from scheduler.domain.showing.desk import MessageView, TextView
from scheduler.flow.agenda import Agenda
from scheduler.flow.filling import NEW_ENTRY, calendar_of, for_every_zone, values_of
from scheduler.flow.results import with_examples


def listing(agenda: Agenda) -> list[MessageView]:
    """Every message that has a folder or that a campaign names, by path."""
    named = {
        episode.message
        for campaign in agenda.configuration.campaigns
        for episode in campaign.episodes
    }
    return [_message(agenda, path) for path in sorted({*agenda.library.messages(), *named})]


def next_dates(agenda: Agenda, start: date, end: date) -> dict[str, date]:
    """The first nominal date of each message in a range."""
    messages = {
        (campaign.name, episode.name): episode.message
        for campaign in agenda.campaigns
        for episode in campaign.episodes
    }
    found: dict[str, date] = {}
    for one in sorted(agenda.occurrences(start, end), key=lambda one: one.date):
        found.setdefault(messages[one.campaign, one.episode], one.date)
    return found


def texts_of(folder: MessageFolder, audience: Audience) -> list[Source]:
    """The texts that members of an audience may get."""
    return [source for source in folder.sources if _is_for(folder, source, audience)]


def use_of(agenda: Agenda, message: str) -> tuple[Campaign, Episode] | None:
    """The first episode that sends a message, of a dated event if there is one; None: no campaign
    does."""
    uses = [
        (campaign, episode)
        for campaign in agenda.configuration.campaigns
        for episode in campaign.episodes
        if episode.message == message
    ]
    return min(uses, key=lambda use: use[0].starts is None, default=None)


def sample_content(
    agenda: Agenda,
    folder: MessageFolder,
    source: Source,
    audience: Audience,
    entry: AgendaEntry = NEW_ENTRY,
) -> tuple[Content, str]:
    """A text as its campaign sends it, and the campaign's name.

    An example stands where something still has to be typed; an event without a date carries no
    calendar file. Raises ContentError for a fault in a file.
    """
    values = {
        name: blank.example
        for name, blank in folder.placeholders.items()
        if blank.required and not blank.default
    }
    used = use_of(agenda, folder.path)
    if used is None:
        content = freeze(agenda.library, folder, source, audience, values)
        return with_examples(folder, content), folder.path.partition("/")[0]
    campaign, episode = used
    language = source.variant.partition("-")[0]
    values |= values_of(campaign, episode, folder, language)
    content = with_examples(folder, freeze(agenda.library, folder, source, audience, values))
    if not source.is_letter:
        content = for_every_zone(content, campaign)
    elif campaign.starts is not None:
        calendar = calendar_of(agenda.configuration, campaign, folder, language, values, entry)
        content = content.carrying(calendar)
    return content, campaign.name


def _message(agenda: Agenda, path: str) -> MessageView:
    try:
        folder = agenda.library.load(path)
    except NotFound as missing:
        remedy = "écrivez-le, ou retirez-le de la campagne"
        fault = Fault(where=f"templates/{path}", what=str(missing), remedy=remedy)
        return MessageView(path=path, title=path, fault=fault)
    except ContentError as broken:
        return MessageView(path=path, title=path, fault=broken.fault)
    texts = [_text(agenda, folder, source) for source in folder.sources]
    return MessageView(path=path, title=folder.title, texts=texts)


def _text(agenda: Agenda, folder: MessageFolder, source: Source) -> TextView:
    readers = [one for one in agenda.configuration.audiences if _is_for(folder, source, one)]
    return TextView(
        channel=source.channel,
        audiences=[audience.label for audience in readers],
        variant=source.variant,
        path=source.path,
        fault=source.fault,
    )


def _is_for(folder: MessageFolder, source: Source, audience: Audience) -> bool:
    theirs = source.audience in folder.lineage(audience.name)
    return theirs and source.channel in audience.channels
