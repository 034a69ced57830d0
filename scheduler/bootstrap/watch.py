"""What watches over the rest: alarms, figures, what is in doubt, the mail to the operator."""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from scheduler.bootstrap.app import App
from scheduler.config.configuration import Configuration
from scheduler.config.settings import AlarmSettings, Settings
from scheduler.domain.alarms.raising import Thresholds
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.channels import EMAIL
from scheduler.domain.organisation import EmailSender
from scheduler.domain.provider import Provider
from scheduler.domain.showing.gauges import Gauges
from scheduler.domain.showing.season_report import SeasonReport
from scheduler.domain.showing.small_numbers import figures_for
from scheduler.flow.watching.alarm_mail import AlarmMail
from scheduler.flow.watching.alarms import AlarmWatch, gauges
from scheduler.flow.watching.season_mail import SeasonMail

#: How long before its relay's certificate ends a person is called.
CERTIFICATE = timedelta(days=14)


def make_watch(app: App, providers: Mapping[str, Provider]) -> AlarmWatch:
    """The look at what needs a person."""
    configuration = app.configuration
    return AlarmWatch(
        ledger=app.gauges,
        hours=app.agenda.hours,
        thresholds=_thresholds(configuration.settings.alarms),
        zone=configuration.settings.time_zone,
        free=lambda: _free(configuration),
        certificates=lambda: _certificates(providers),
    )


async def current_gauges(app: App) -> Gauges:
    """The figures of this moment."""
    thresholds = _thresholds(app.configuration.settings.alarms)
    return await gauges(app.gauges, app.agenda.hours, thresholds, app.clock())


def make_season_mail(
    current: Callable[[], App], providers: Mapping[str, Provider]
) -> SeasonMail | None:
    """None where nobody asked for it."""
    settings = current().configuration.settings
    if settings.alarms.mail_to is None or not settings.alarms.season_report:
        return None

    async def report(campaign: Campaign, season: str) -> SeasonReport:
        # It reads the quizzes, which nothing else here needs.
        from scheduler.bootstrap.seasons import season_report

        app = current()
        figures = figures_for(invented=await app.ledger.people_are_invented())
        return await season_report(app, campaign, season, figures)

    return SeasonMail(
        agenda=lambda: current().agenda,
        occurrences=lambda: current().ledger,
        ledger=current().gauges,
        report=report,
        provider=providers[EMAIL.name],
        sender=_sender_of(settings),
        to=settings.alarms.mail_to,
        zone=zone_named(settings.time_zone),
    )


def _sender_of(settings: Settings) -> EmailSender:
    email = settings.channels.email
    return EmailSender(
        sender=email.sender,
        reply_to=email.reply_to,
        return_path_domain=email.return_path_domain,
    )


def make_alarm_mail(app: App, providers: Mapping[str, Provider]) -> AlarmMail | None:
    """None where nobody is to be told by mail."""
    settings = app.configuration.settings
    if settings.alarms.mail_to is None:
        return None
    return AlarmMail(
        ledger=app.gauges,
        provider=providers[EMAIL.name],
        sender=_sender_of(settings),
        to=settings.alarms.mail_to,
    )


def _thresholds(keys: AlarmSettings) -> Thresholds:
    return Thresholds(
        backlog=timedelta(minutes=keys.backlog_minutes),
        disk_free=keys.disk_free_mb,
        certificate=CERTIFICATE,
        bounce_rate=keys.bounce_rate,
        complaint_rate=keys.complaint_rate,
        rate_messages=keys.rate_messages,
    )


def _free(configuration: Configuration) -> dict[str, int]:
    """What is written -> megabytes free where it is."""
    folders = {"ledger": configuration.var, "optout-journal": configuration.optout_journal.parent}
    return {
        name: shutil.disk_usage(folder).free // 1_000_000
        for name, folder in folders.items()
        if folder.exists()
    }


def _certificates(providers: Mapping[str, Provider]) -> dict[str, datetime]:
    """Of the providers that know one: most have no relay of their own."""
    known = {name: one.certificate_ends for name, one in providers.items()}
    return {name: ends for name, ends in known.items() if ends is not None}
