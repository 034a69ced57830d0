"""What plans and renders on an app. Apart from the app itself, which every command opens."""

from collections.abc import Mapping

from scheduler.bootstrap.app import App
from scheduler.bootstrap.providers import real_channels
from scheduler.config.settings import Settings
from scheduler.domain.channels import EMAIL
from scheduler.domain.provider import Provider
from scheduler.flow.plan import Planner
from scheduler.flow.render import Renderer
from scheduler.flow.who_writes import sender_of


def make_planner(app: App, providers: Mapping[str, Provider]) -> Planner:
    return Planner(
        agenda=app.agenda,
        ledger=app.ledger,
        channels=app.channels,
        real_world=real_channels(providers),
    )


def make_renderer(app: App, *, test: bool = False) -> Renderer:
    settings = app.configuration.settings
    return Renderer(
        contents=app.ledger,
        tokens=app.ledger.tokens,
        organisation=app.organisation,
        links=app.links,
        email_sender=sender_of(settings),
        senders={name: keys.sender for name, keys in settings.channels.texts.items()},
        sms_name=settings.organisation.sms_name or "",
        channels=app.channels,
        audiences=app.agenda.audiences,
        hours=app.agenda.hours,
        test=test,
    )


def resending_channels(settings: Settings) -> frozenset[str]:
    """Where a message that may have been accepted is sent again by itself: e-mail, or nowhere."""
    return frozenset({EMAIL.name} if settings.channels.email.uncertain == "resend" else ())
