"""Faults that only show when several keys are read together."""

from collections.abc import Iterator, Sequence, Set
from datetime import time

from scheduler.config import former_names, images, source_checks
from scheduler.config.faults import at
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document, KeyPath
from scheduler.domain.calendar.campaigns import Audience, Campaign, CampaignKind, Episode, People
from scheduler.domain.calendar.channel_hours import SMS_CEILING
from scheduler.domain.calendar.dates import check_when
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import Fault

#: What ``when`` may be, by kind of campaign, as a remedy says it.
RULES = {
    CampaignKind.SERIES: "announcement, sunday-1 to sunday-4, recap",
    CampaignKind.REMINDER: "first-working-tuesday, first-tuesday (or any weekday), day-1 to "
    "day-31, last-day, by-hand",
    CampaignKind.EVENT: "invitation, j-1…j-99, thanks, by-hand",
    CampaignKind.ON_DEMAND: "by-hand",
    CampaignKind.ONBOARDING: "after-1 to after-49 (days after the week of entry)",
}


def check(
    settings: Settings,
    campaigns: Sequence[Campaign],
    audiences: Sequence[Audience],
    document: Document,
) -> list[Fault]:
    found = [at(document, key, what, remedy) for key, what, remedy in _providers(settings)]
    if settings.organisation.logo and (what := images.fault(settings.organisation.logo)):
        remedy = f"give a PNG or JPEG of at most {images.LARGEST} kB"
        found.append(at(document, ("organisation", "logo"), what, remedy))
    found += [
        at(document, key, what, remedy) for key, what, remedy in _joining(settings, audiences)
    ]
    if settings.web.oidc is not None and settings.web.desk_url is None:
        what, remedy = "missing: the provider sends browsers back there", "give web.desk_url"
        found.append(at(document, ("web", "desk_url"), what, remedy))
    found += [
        at(document, key, what, remedy)
        for key, what, remedy in source_checks.check(settings, audiences)
    ]
    if settings.alarms.season_report and settings.alarms.mail_to is None:
        what, remedy = "nobody is to be mailed", "give alarms.mail_to, or remove the key"
        found.append(at(document, ("alarms", "season_report"), what, remedy))
    names = {audience.name for audience in audiences}
    for campaign in campaigns:
        entering = _entering(campaign, campaigns, audiences)
        for key, what, remedy in (*campaign_faults(campaign, names, settings), *entering):
            found.append(at(document, ("campaigns", campaign.name, *key), what, remedy))
    found += former_names.check(campaigns, audiences, document)
    for section in ("extra", "removed"):
        for territory in getattr(settings.holidays, section):
            if not known_territory(territory):
                key = ("holidays", section, territory)
                remedy = "use FR, a department such as 57, or 971 to 976, BL, MF, NC, PF, WF"
                found.append(at(document, key, "is no known territory", remedy))
    return found


Finding = tuple[KeyPath, str, str]


def _joining(settings: Settings, audiences: Sequence[Audience]) -> Iterator[Finding]:
    """Who may join by themselves does so by consenting."""
    name = settings.web.subscribe
    if name is None:
        return
    audience = next((one for one in audiences if one.name == name), None)
    terms = audience.channels.get("email") if audience else None
    if audience is None or not audience.is_source:
        what = f"there is no audience {name!r} with contacts of its own"
        yield ("web", "subscribe"), what, "name one of audiences, or remove the key"
    elif terms is None or terms.basis != Basis.CONSENT:
        what = f"audience {name!r} is not written to by e-mail on the basis of consent"
        yield ("web", "subscribe"), what, "choose another audience, or remove the key"


def _providers(settings: Settings) -> Iterator[Finding]:
    email, sms = settings.channels.email, settings.channels.sms
    if email.provider == "smtp" and email.smtp is None:
        yield (
            ("channels", "email", "smtp"),
            "missing",
            "give the relay's host (and port, security, username)",
        )
    if sms.provider == "twilio" and sms.twilio is None:
        remedy = (
            "give channels.sms.twilio.account_sid, and the token by "
            "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN (or …_FILE)"
        )
        yield ("channels", "sms", "twilio", "auth_token"), "missing secret", remedy
    for channel, (opens, closes) in (
        ("email.window", email.window),
        ("sms.weekdays", sms.weekdays),
        ("sms.saturday", sms.saturday),
    ):
        if opens >= closes:
            yield (
                ("channels", *channel.split(".")),
                "closes before it opens",
                'write ["08:00", "20:00"], the earlier first',
            )
        elif channel.startswith("sms") and not _within_ceiling(opens, closes):
            yield (
                ("channels", *channel.split(".")),
                f"lies outside {SMS_CEILING}, where no SMS may leave (operators' charter of 2026)",
                'write ["08:00", "20:00"]',
            )


def _within_ceiling(opens: time, closes: time) -> bool:
    return max(opens, SMS_CEILING.opens) < min(closes, SMS_CEILING.closes)


def _sms_hours(hours: tuple[time, time]) -> tuple[time, time]:
    """As they hold: within the ceiling."""
    opens, closes = hours
    return max(opens, SMS_CEILING.opens), min(closes, SMS_CEILING.closes)


def campaign_faults(
    campaign: Campaign, audiences: Set[str], settings: Settings
) -> Iterator[Finding]:
    """What is wrong with one, whatever the others are."""
    for name in campaign.audiences:
        if name not in audiences:
            yield ("audiences",), f"there is no audience {name!r}", "name one listed at the top"
    channels = set(settings.channels.model_dump())
    for name in campaign.channels:
        if name not in channels:
            known = ", ".join(sorted(channels))
            yield ("channels",), f"there is no channel {name!r}", f"use one of: {known}"
    if campaign.starts and campaign.ends and campaign.ends <= campaign.starts:
        yield ("ends",), "the event ends before it starts", "mend starts or ends"
    yield from _hours(("at",), campaign.at, campaign, settings)
    for episode in campaign.episodes:
        yield from _episode(episode, campaign, settings)
    yield from _particulars(campaign, settings)


def _particulars(campaign: Campaign, settings: Settings) -> Iterator[Finding]:
    if campaign.cancelled and campaign.kind is not CampaignKind.EVENT:
        yield ("cancelled",), "only an event is called off", "say enabled: false"
    known = {one.name for one in campaign.episodes}
    for position, ((episode, _), own) in enumerate(campaign.particulars.items()):
        key = ("occurrences", str(position))
        if campaign.kind in (CampaignKind.ONBOARDING, CampaignKind.ON_DEMAND):
            what = f"a campaign {campaign.kind} has no occurrence of its own word"
            yield key, what, "remove the entry"
        if episode not in known:
            what, remedy = f"there is no episode {episode!r}", f"name one of {sorted(known)}"
            yield (*key, "episode"), what, remedy
        if own.at:
            yield from _hours((*key, "at"), own.at, campaign, settings)


def _entering(
    campaign: Campaign, campaigns: Sequence[Campaign], audiences: Sequence[Audience]
) -> Iterator[Finding]:
    """Only staff enter: a patient's date of entry is a stay in hospital, which is never kept."""
    series = {
        f"{one.name}/{episode.name}"
        for one in campaigns
        for episode in one.episodes
        if one.kind is CampaignKind.SERIES
    }
    for episode in campaign.episodes:
        if episode.same_as and campaign.kind is not CampaignKind.ONBOARDING:
            what = "only an onboarding campaign's episode says the same as a series'"
            yield ("episodes", episode.name, "same_as"), what, "remove the key"
        elif episode.same_as and episode.same_as not in series:
            what = f"no series has an episode {episode.same_as!r}"
            remedy = "name one as campaign/episode, or remove the key"
            yield ("episodes", episode.name, "same_as"), what, remedy
    if campaign.kind is not CampaignKind.ONBOARDING:
        return
    for audience in audiences:
        if audience.name in campaign.audiences and audience.people is not People.STAFF:
            what = f"audience {audience.name!r} isn't said to be staff: no entry is kept there"
            remedy = f"take it out, or say people: staff in audiences/{audience.name}.yaml"
            yield ("audiences",), what, remedy


def _episode(episode: Episode, campaign: Campaign, settings: Settings) -> Iterator[Finding]:
    key = ("episodes", episode.name)
    if check_when(campaign.kind, episode.when):
        what = f"{episode.when!r} is no rule of a {campaign.kind} campaign"
        yield (*key, "when"), what, f"use one of: {RULES[campaign.kind]}"
    if episode.at:
        yield from _hours((*key, "at"), episode.at, campaign, settings)


def _hours(
    key: KeyPath, at_time: time, campaign: Campaign, settings: Settings
) -> Iterator[Finding]:
    for channel, (opens, closes) in closed_at(at_time, campaign, settings):
        what = f"{at_time:%H:%M} is outside the hours of channel {channel} "
        what += f"({opens:%H:%M} to {closes:%H:%M})"
        yield key, what, "choose a time inside them, or change the channel's hours"


def closed_at(
    at_time: time, campaign: Campaign, settings: Settings
) -> Iterator[tuple[str, tuple[time, time]]]:
    """Channels of a campaign that are closed then, and when they are open."""
    windows = {
        "email": settings.channels.email.window,
        "sms": _sms_hours(settings.channels.sms.weekdays),
    }
    for channel in campaign.channels:
        opens, closes = windows.get(channel, (time.min, time.max))
        if not opens <= at_time < closes:
            yield channel, (opens, closes)
