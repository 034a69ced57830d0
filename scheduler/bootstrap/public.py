"""What the public pages work with."""

from typing import TYPE_CHECKING

from scheduler.bootstrap.app import App
from scheduler.domain.host import Host
from scheduler.flow.who_writes import host_of

if TYPE_CHECKING:
    from scheduler.flow.people.subscribe import Confirmations


def confirmations_of(app: App) -> "Confirmations":
    """What the confirmation messages are made of."""
    from scheduler.flow.people.subscribe import Confirmations

    return Confirmations(
        library=app.agenda.library,
        writer=app.writer,
        tokens=app.ledger.tokens,
        source=app.subscriptions,
    )


def host_of_pages(app: App) -> Host:
    """Who comments, on the pages that have a voice."""
    return host_of(app.configuration.settings)


def host_name_of(app: App) -> str:
    return host_of_pages(app).name
