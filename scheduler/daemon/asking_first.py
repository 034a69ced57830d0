"""Before anything is planned or sent: whether a long absence is caught up by itself."""

from datetime import datetime, timedelta

from scheduler.bootstrap import App
from scheduler.flow.plan import Planner
from scheduler.flow.watching import catching_up


async def ask_first(app: App, planner: Planner, looked_at: datetime | None) -> list[str]:
    """What the absence has left behind waits for a person, where the operator wants that; the
    printed ids. ``looked_at``: when any daemon last looked at the calendar."""
    settings, now = app.configuration.settings.daemon, app.clock()
    least = timedelta(minutes=settings.catch_up_minutes)
    if settings.catch_up != "ask" or looked_at is None or now - looked_at < least:
        return []
    await planner.sync(now)
    return await catching_up.hold(app.agenda, app.ledger, app.hand, looked_at, now)
