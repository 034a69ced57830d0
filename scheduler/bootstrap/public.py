"""What the public pages work with."""

from scheduler.bootstrap.app import App
from scheduler.flow.people.subscribe import Confirmations


def confirmations_of(app: App) -> Confirmations:
    """What the confirmation messages are made of."""
    return Confirmations(
        library=app.agenda.library,
        writer=app.writer,
        tokens=app.ledger.tokens,
        source=app.subscriptions,
    )
