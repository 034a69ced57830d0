"""What would hold each occurrence of the coming days, and what is unfinished: asked anew after an
edit.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from scheduler.bootstrap import App
from scheduler.config.configuration import Configuration
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.showing.desk import Alarm
from scheduler.domain.showing.unfinished import Unfinished
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.unfinished import unfinished
from scheduler.flow.watching.ahead import would_hold
from scheduler.web.desk.live import fingerprint
from scheduler.web.desk.patience import Patience

#: How long an answer holds while no file changes: the ledger changes too.
GOOD_FOR = timedelta(minutes=1)

_Stops = Mapping[str, Sequence[str]]


class Stops:
    """Remembers the answer until a file changes, or for a minute."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._configuration: Configuration | None = None
        self._files = ""
        self._asked_at: datetime | None = None
        self._found: _Stops = {}
        self._unfinished: tuple[Agenda | None, str, list[Unfinished]] = (None, "", [])

    def unfinished(self, app: App) -> list[Unfinished]:
        """What somebody has to complete before it can leave."""
        files = fingerprint(app.configuration.templates)
        if self._unfinished[:2] != (app.agenda, files):
            self._unfinished = (app.agenda, files, unfinished(app.agenda))
        return self._unfinished[2]

    async def of(self, app: App, alarms: Sequence[Alarm]) -> _Stops:
        """Printed id -> reasons, in French. While that takes too long: what the alarms say, which
        the daemon raises after each edit."""
        files = fingerprint(app.configuration.templates)
        if self._is_new(app, files):
            found = await self._patience.within(("stops", files), self._ask(app, files))
            if found is None:
                held = [one for one in alarms if one.kind == AlarmKind.WOULD_BE_HELD]
                return {one.subject: [one.detail] for one in held}
        return self._found

    def _is_new(self, app: App, files: str) -> bool:
        known = self._asked_at is not None and app.clock() < self._asked_at + GOOD_FOR
        return not known or files != self._files or app.configuration is not self._configuration

    async def _ask(self, app: App, files: str) -> _Stops:
        at, found = app.clock(), await would_hold(app.agenda, app.ledger, app.clock())
        self._configuration, self._files, self._asked_at = app.configuration, files, at
        self._found = found
        return found
