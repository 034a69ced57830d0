"""What looks ahead at a sending by hand."""

from scheduler.bootstrap.app import App
from scheduler.bootstrap.providers import make_providers, real_channels
from scheduler.content.sms import SmsSuffix
from scheduler.domain.errors import ConfigError
from scheduler.flow.slot_plans import SlotPlans
from scheduler.flow.steering.forecast import Forecaster


def make_forecaster(app: App) -> Forecaster:
    settings = app.configuration.settings
    return Forecaster(
        agenda=app.agenda,
        ledger=app.ledger,
        plans=SlotPlans(
            agenda=app.agenda,
            ledger=app.ledger,
            channels=app.channels,
            real_world=_real(app),
        ),
        suffix=SmsSuffix.of(
            settings.channels.sms.sender,
            app.links.short_url,
            settings.organisation.sms_name or "",
        ),
        organisation=app.organisation,
    )


def _real(app: App) -> frozenset[str]:
    """The channels that reach real people; a command may be without the daemon's secrets, and then
    counts invented numbers as any other."""
    try:
        return real_channels(make_providers(app.configuration.settings))
    except ConfigError:
        return frozenset()
