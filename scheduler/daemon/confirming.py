"""Writes to those who asked to be written to, so that they confirm it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.daemon.per_app import PerApp
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.errors import ContentError
from scheduler.domain.provider import Provider
from scheduler.flow.people.subscribe import confirm_due
from scheduler.log import get_logger

log = get_logger(__name__)


class Confirming:
    """One task of the daemon, for ``keep_polling``."""

    subject = "confirmations"
    every = timedelta(seconds=2)

    def __init__(self, current: Callable[[], App], provider: Provider) -> None:
        self._current = current
        self._confirmations = PerApp(current, bootstrap.confirmations_of)
        self._provider = provider

    async def look(self, now: datetime) -> None:
        app = self._current()
        if not app.configuration.settings.web.subscribe:
            return
        try:
            await confirm_due(self._confirmations(), self._provider, now)
        except ContentError as faulty:
            alarm = (AlarmKind.MESSAGE_FAULTY, "confirmation", str(faulty))
            if await app.ledger.raise_alarm(*alarm, now):
                log.error("confirmation.faulty", reason=str(faulty))
        else:
            await app.ledger.clear_alarm(AlarmKind.MESSAGE_FAULTY, "confirmation", now)
