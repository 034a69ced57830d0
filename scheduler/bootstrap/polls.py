"""What is looked at for answers, as the configuration says it."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.bootstrap.answering import identity_of
from scheduler.bootstrap.app import App
from scheduler.bootstrap.explaining import bounce_policy
from scheduler.bootstrap.sending import make_renderer
from scheduler.config.sections.channels import SmsSettings
from scheduler.config.sections.mailboxes import MailboxSettings, OAuth2Settings, ReportedSettings
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.channels import EMAIL, SMS
from scheduler.domain.provider import Provider
from scheduler.flow.answers.bounces import BounceStep
from scheduler.flow.answers.polling import MailboxReading, Poll, SmsReading
from scheduler.flow.answers.reporting import ReportedReading
from scheduler.flow.answers.uncertain import SmsSettling
from scheduler.inbox import imap, oauth2
from scheduler.inbox.copies import CopyFolder
from scheduler.inbox.letters import LetterMailbox
from scheduler.inbox.twilio_messages import TwilioMessages

#: How often a provider's list is read.
LIST_EVERY = timedelta(minutes=1)


def make_polls(app: App, providers: Mapping[str, Provider]) -> list[Poll]:
    """One a source; none where everything is brought to us. Nothing is connected yet."""
    channels = app.configuration.settings.channels
    polls = []
    if channels.email.mailbox is not None:
        polls.append(_mailbox_poll(app, channels.email.mailbox))
    if (reported := app.configuration.settings.reported) is not None:
        polls.append(_reported_poll(app, reported))
    if channels.sms.provider == "twilio":
        polls.append(_doubt_poll(app, channels.sms, providers[SMS.name]))
        if channels.sms.inbound == "poll":
            polls.append(_sms_poll(app, channels.sms, providers[SMS.name]))
    return polls


def _mailbox_poll(app: App, keys: MailboxSettings) -> Poll:
    options = mailbox_options(keys)
    reading = MailboxReading(
        mailbox=LetterMailbox(imap.Mailbox(options, mailbox_tokens(keys.oauth2))),
        tokens=app.ledger.tokens,
        ledger=app.people,
        bounces=_bounce_step(app),
    )
    return Poll(
        alarm=AlarmKind.MAILBOX_UNREACHABLE,
        subject=EMAIL.name,
        every=timedelta(seconds=keys.poll_every),
        read=reading.read,
        alarms=app.ledger,
    )


def _reported_poll(app: App, keys: ReportedSettings) -> Poll:
    options = imap.Options(
        host=keys.host,
        port=keys.port,
        security=keys.security,
        username=keys.username,
        password=keys.password.get_secret_value() if keys.password else "",
        ca_file=keys.ca_file,
        folder=keys.folder,
        read_only=True,
    )
    reading = ReportedReading(
        folder=CopyFolder(imap.Mailbox(options, mailbox_tokens(keys.oauth2))),
        ledger=app.reported,
        zone=zone_named(app.configuration.settings.time_zone),
    )
    return Poll(
        alarm=AlarmKind.REPORTED_UNREACHABLE,
        subject="reported",
        every=timedelta(seconds=keys.poll_every),
        read=reading.read,
        alarms=app.ledger,
    )


def mailbox_options(keys: MailboxSettings) -> imap.Options:
    return imap.Options(
        host=keys.host,
        port=keys.port,
        security=keys.security,
        username=keys.username,
        password=keys.password.get_secret_value() if keys.password else "",
        ca_file=keys.ca_file,
        folder=keys.folder,
        processed=keys.processed,
    )


def mailbox_tokens(keys: OAuth2Settings | None) -> oauth2.AccessTokens | None:
    if keys is None:
        return None
    return oauth2.AccessTokens(
        oauth2.Client(
            token_url=keys.token_url.replace("{tenant}", keys.tenant),
            client_id=keys.client_id,
            client_secret=keys.client_secret.get_secret_value(),
            scope=keys.scope,
        )
    )


def _doubt_poll(app: App, keys: SmsSettings, provider: Provider) -> Poll:
    """Asks for the SMS in doubt, however the others' states come; mostly there is none."""
    settling = SmsSettling(
        source=TwilioMessages(provider, ""),
        ledger=app.doubts,
        composer=make_renderer(app),
        words=provider.events,
    )
    return Poll(
        alarm=AlarmKind.SMS_STATES_UNREACHABLE,
        subject=SMS.name,
        every=LIST_EVERY,
        read=settling.read,
        alarms=app.ledger,
    )


def _bounce_step(app: App) -> BounceStep:
    policy = bounce_policy(app.configuration.settings)
    return BounceStep(
        tokens=app.ledger.tokens,
        ledger=app.bounces,
        policy=policy,
        counted=app.ledger.database.counted,
    )


def _sms_poll(app: App, keys: SmsSettings, provider: Provider) -> Poll:
    service = keys.twilio is not None and keys.twilio.messaging_service_sid
    reading = SmsReading(
        source=TwilioMessages(provider, "" if service else keys.sender),
        replies=app.replies,
        states=app.ledger,
        words=provider.events,
        identity=identity_of(app.configuration.settings),
        made_at=app.ledger.made_at,
    )
    return Poll(
        alarm=AlarmKind.REPLIES_UNREACHABLE,
        subject=SMS.name,
        every=LIST_EVERY,
        read=reading.read,
        alarms=app.ledger,
    )
