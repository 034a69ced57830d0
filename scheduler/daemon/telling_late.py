"""At a start, what fell due while nothing could send it, and how it may still be sent."""

from scheduler.bootstrap import App
from scheduler.flow.watching.late_start import passed
from scheduler.log import get_logger

log = get_logger(__name__)


async def tell_of_late(app: App) -> list[str]:
    """In words: a ledger made after the hour lets it pass, and nobody would wonder why."""
    now, ledger = app.clock(), app.ledger
    names = [one.name for one in app.agenda.campaigns]
    whole = not app.configuration.faults
    enabled = await ledger.note_campaigns(names, now, whole=whole)
    found = await passed(app.agenda, ledger, enabled, now)
    for one in found:
        log.warning("occurrence.passed", occurrence=one, remedy="reflexe send-now")
    return [
        f"{one} fell due before this ledger, or its campaign, was there: it doesn't leave by "
        f"itself. `reflexe send-now {one.rpartition('/')[0]}` sends it."
        for one in found
    ]
