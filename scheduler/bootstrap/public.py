"""What the public pages work with."""

from scheduler.bootstrap.app import App
from scheduler.bootstrap.pace import destinations_of
from scheduler.flow.people.subscribe import Confirmations
from scheduler.flow.showing.public_pages import Writer
from scheduler.flow.who_writes import links_of, organisation_of, sender_of
from scheduler.store.people.preferences import PreferenceLedger
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.reading.public import PublicLedger


def public_source(app: App) -> PublicLedger:
    """What the public pages read of an app's ledger."""
    return PublicLedger(app.ledger.database)


def writer_of(app: App) -> Writer:
    """In whose name web versions are composed."""
    settings = app.configuration.settings
    return Writer(
        organisation=organisation_of(settings),
        links=links_of(settings),
        sender=sender_of(settings),
        zone=settings.time_zone,
        people={one.name: one.people for one in app.configuration.audiences},
    )


def preference_source(app: App) -> PreferenceLedger:
    """Where the holders of links find and change what they receive."""
    return PreferenceLedger(app.ledger.database, app.ledger.keys, app.ledger.optouts)


def subscription_source(app: App) -> SubscriptionLedger:
    """Where people ask to be written to, and confirm it."""
    return SubscriptionLedger(
        app.ledger.database,
        app.ledger.keys,
        app.ledger.optouts,
        destinations_of(app.configuration.settings),
    )


def confirmations_of(app: App) -> Confirmations:
    """What the confirmation messages are made of."""
    return Confirmations(
        library=app.agenda.library,
        writer=writer_of(app),
        tokens=app.ledger.tokens,
        source=subscription_source(app),
    )
