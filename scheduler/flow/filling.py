"""What fills a message's placeholders: typed by the organisation, or known of the event."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scheduler.config.configuration import Configuration
from scheduler.content.calendar_file import appointment_file
from scheduler.content.composing.content import Content, freeze
from scheduler.content.elsewhere import HOUR, with_elsewhere
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.placeholders import filled
from scheduler.domain.calendar.appointment import AgendaEntry, Appointment
from scheduler.domain.calendar.campaigns import Audience, Campaign, Episode
from scheduler.domain.errors import ContentError
from scheduler.domain.words import english, french
from scheduler.flow.agenda import Agenda

#: What an agenda entry is before anybody has it.
NEW_ENTRY = AgendaEntry(sequence=0, changed_at=datetime(1970, 1, 1, tzinfo=UTC))
#: How an event's hour is told from the reader's own: by its zone's best-known place.
_ZONES = {
    "Europe/Paris": ("heure de Paris", "Paris time"),
    "Indian/Reunion": ("heure de La Réunion", "Réunion time"),
    "Indian/Mayotte": ("heure de Mayotte", "Mayotte time"),
    "America/Guadeloupe": ("heure de la Guadeloupe", "Guadeloupe time"),
    "America/Martinique": ("heure de la Martinique", "Martinique time"),
    "America/St_Barthelemy": ("heure de Saint-Barthélemy", "Saint Barthélemy time"),
    "America/Marigot": ("heure de Saint-Martin", "Saint Martin time"),
    "America/Cayenne": ("heure de Cayenne", "Cayenne time"),
    "America/Miquelon": ("heure de Miquelon", "Miquelon time"),
    "Pacific/Noumea": ("heure de Nouméa", "Nouméa time"),
    "Pacific/Tahiti": ("heure de Tahiti", "Tahiti time"),
    "Pacific/Marquesas": ("heure des Marquises", "Marquesas time"),
    "Pacific/Gambier": ("heure des Gambier", "Gambier time"),
    "Pacific/Wallis": ("heure de Wallis", "Wallis time"),
}


def content_of(
    agenda: Agenda,
    campaign: Campaign,
    episode: Episode,
    folder: MessageFolder,
    source: Source,
    audience: Audience,
    entry: AgendaEntry = NEW_ENTRY,
) -> Content:
    """One text as this episode sends it, with its calendar file. Raises ContentError."""
    language = source.variant.partition("-")[0]
    values = values_of(campaign, episode, folder, language)
    content = freeze(agenda.library, folder, source, audience, values)
    if not source.is_letter:
        return for_every_zone(content, campaign)
    calendar = calendar_of(agenda.configuration, campaign, folder, language, content.values, entry)
    return content.carrying(calendar)


def for_every_zone(content: Content, campaign: Campaign) -> Content:
    """An SMS that shows an event's hour also says whose hour it is, to readers elsewhere."""
    if campaign.starts is None or not content.values.get(HOUR):
        return content
    return content.saying(with_elsewhere(content.values, campaign.starts, campaign.zone))


def values_of(
    campaign: Campaign, episode: Episode, folder: MessageFolder, language: str
) -> dict[str, str]:
    """The values of one use of a message: the episode's, the campaign's, then the event's own.

    An episode's are given whole, so that a misspelt one is refused; of the others, only what the
    message has a placeholder for.
    """
    shared = _event_values(campaign, language) | dict(campaign.values)
    if episode.reference is not None:
        shared = {"date_source": _dated(episode.reference.dated, language)} | shared
    asked = {name: value for name, value in shared.items() if name in folder.placeholders}
    return asked | dict(episode.values)


def appointments_of(
    agenda: Agenda, campaign: Campaign, episode: Episode, folder: MessageFolder
) -> dict[str, Appointment]:
    """What agendas would show, by language of this message's e-mails; none where it carries no
    calendar file. Raises ContentError."""
    if folder.calendar is None:
        return {}
    where = agenda.library.where(f"{folder.path}/message.yaml")
    languages = {source.variant.partition("-")[0] for source in folder.sources if source.is_letter}
    found = {}
    for language in sorted(languages):
        values = filled(folder, values_of(campaign, episode, folder, language), where)
        one = _appointment(agenda.configuration, campaign, folder, language, values, NEW_ENTRY)
        found[language] = one
    return found


def calendar_of(
    configuration: Configuration,
    campaign: Campaign,
    folder: MessageFolder,
    language: str,
    values: Mapping[str, str],
    entry: AgendaEntry,
) -> str:
    """The .ics file that goes with a message; empty when it has none. Raises ContentError."""
    if folder.calendar is None:
        return ""
    return appointment_file(_appointment(configuration, campaign, folder, language, values, entry))


def _appointment(
    configuration: Configuration,
    campaign: Campaign,
    folder: MessageFolder,
    language: str,
    values: Mapping[str, str],
    entry: AgendaEntry,
) -> Appointment:
    """Raises ContentError when the campaign has no date to put into it."""
    if campaign.starts is None or folder.calendar is None:
        raise ContentError(
            where=f"templates/{folder.path}/message.yaml",
            what=f"ce message porte un rendez-vous, et « {campaign.name} » n'a pas de date",
            remedy="donnez-lui starts: dans config.yaml, ou retirez calendar: du message",
        )
    settings = configuration.settings
    host = urlsplit(settings.web.public_url).hostname
    contact = settings.organisation.contact
    return Appointment(
        uid=f"{campaign.first_name}@{host}",
        entry=entry,
        starts=_local(campaign.starts, campaign.zone),
        ends=_local(campaign.ends, campaign.zone) if campaign.ends else None,
        summary=folder.calendar.summary,
        location=values.get("lieu_complet") or campaign.place,
        url=values.get("lien", ""),
        description=_description(campaign, language, contact),
        organiser_name=settings.organisation.name,
        organiser_email=settings.channels.email.reply_to,
        cancelled=folder.calendar.cancels,
    )


def _description(campaign: Campaign, language: str, contact: str) -> str:
    """What somebody typed of the event, in French, before what is said of every one."""
    said = _DESCRIPTIONS.get(language, _DESCRIPTIONS["fr"]).format(contact)
    own = campaign.values.get("description", "") if language == "fr" else ""
    return f"{own} {said}" if own else said


_DESCRIPTIONS = {
    "fr": "Aucun mot de passe ne vous sera demandé. Une question ? {}",
    "en": "You will not be asked for any password. A question? {}",
}


def _dated(day: date, language: str) -> str:
    """A document's date: nobody asks for its weekday."""
    told = english.english_date(day) if language == "en" else french.french_date(day)
    return told.partition(" ")[2]


def _local(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone))


def _event_values(campaign: Campaign, language: str) -> dict[str, str]:
    """``date``, ``heure`` and ``lieu`` fit an SMS; the others are for e-mail."""
    if campaign.starts is None:
        return {"lieu": campaign.place} if campaign.place else {}
    day, at = campaign.starts.date(), campaign.starts.time()
    in_english = language == "en"
    values = {
        "date": english.english_day(day) if in_english else french.french_day(day),
        "date_complete": english.english_date(day) if in_english else french.french_date(day),
        "heure": english.english_time(at) if in_english else french.french_time(at),
        "fuseau": _ZONES.get(campaign.zone, (campaign.zone, campaign.zone))[in_english],
        "lieu": campaign.place,
    }
    if campaign.ends is not None and not in_english:
        values["duree"] = french.french_duration(campaign.ends - campaign.starts)
    return {name: value for name, value in values.items() if value}
