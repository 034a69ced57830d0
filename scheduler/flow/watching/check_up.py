"""The doctor once a month: an alarm when a check turns wrong, its end when it is mended."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.doctor.lines import Check, Examination, Verdict
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.report import AlarmRow
from scheduler.log import get_logger

log = get_logger(__name__)

MONTH = timedelta(days=30)
#: While something is wrong: whoever mends it shouldn't wait a month for the alarm to end.
DAY = timedelta(days=1)


class CheckUpLedger(Alarms, Protocol):
    """Each call is one transaction."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""

    async def examined_at(self) -> datetime | None:
        """When the doctor last began; None: never."""

    async def note_examined(self, now: datetime) -> None: ...


@dataclass(kw_only=True)
class CheckUp:
    """One task of the daemon."""

    ledger: CheckUpLedger
    #: None: nobody asks for it any more, so what it found ends.
    examine: Callable[[datetime], Awaitable[Examination]] | None
    #: Its name in the log.
    subject: str = "doctor"
    every: timedelta = timedelta(minutes=10)

    async def look(self, now: datetime) -> None:
        if self.examine is None:
            await self._forget(now)
            return
        if not await self._is_time(now):
            return
        # Before it: one that fails half-way is not begun again every ten minutes.
        await self.ledger.note_examined(now)
        found = await self.examine(now)
        for check in Check:
            await self._tell(check, found, now)
        log.info("doctor.examined", wrong=found.count(Verdict.WRONG))

    async def _forget(self, now: datetime) -> None:
        for alarm in await self.ledger.open_alarms():
            if alarm.kind == AlarmKind.DOCTOR_WRONG:
                await self.ledger.clear_alarm(alarm.kind, alarm.subject, now)

    async def _is_time(self, now: datetime) -> bool:
        last = await self.ledger.examined_at()
        if last is None or last > now:
            return True
        kinds = {one.kind for one in await self.ledger.open_alarms()}
        return now - last >= (DAY if AlarmKind.DOCTOR_WRONG in kinds else MONTH)

    async def _tell(self, check: Check, found: Examination, now: datetime) -> None:
        """What can't be told leaves the alarm as it is."""
        lines = [one for one in found.lines if one.check is check]
        wrong: Sequence[str] = [one.subject for one in lines if one.verdict is Verdict.WRONG]
        if wrong:
            detail = ", ".join(wrong)
            await self.ledger.raise_alarm(AlarmKind.DOCTOR_WRONG, check.value, detail, now)
        elif all(one.verdict is Verdict.FINE for one in lines):
            await self.ledger.clear_alarm(AlarmKind.DOCTOR_WRONG, check.value, now)
