"""When the calendar was last looked at, and how that went: for /readyz, `status` and the alarm."""

from datetime import datetime, timedelta

from scheduler.bootstrap import Ledger
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.processes.replicas import LOOKS_WITHIN

#: How often the ledger is told that the calendar was looked at.
NOTE_LOOKS_EVERY = timedelta(seconds=10)


class Looks:
    """Of one daemon."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self._failed = False
        #: The ledger may hold an alarm of a look that failed: of this process, or the one before.
        self._is_alarmed = True
        self._noted_at: datetime | None = None

    def went_well_lately(self, now: datetime) -> bool:
        if self.at is None or self._failed:
            return False
        return abs(now - self.at) < LOOKS_WITHIN

    async def went_well(self, ledger: Ledger, now: datetime) -> None:
        """Kept here for /readyz, and in the ledger for ``reflexe status``; its alarm is cleared."""
        self.at = now
        noted = self._noted_at
        if noted is None or abs(now - noted) >= NOTE_LOOKS_EVERY:
            await ledger.note_look(now)
            self._noted_at = now
        self._failed = False
        if self._is_alarmed:
            await ledger.clear_alarm(AlarmKind.LOOK_FAILED, "daemon", now)
            self._is_alarmed = False

    def went_wrong(self) -> None:
        """The alarm is the caller's to raise: the ledger may be away."""
        self._failed = self._is_alarmed = True
