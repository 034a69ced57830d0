"""Changes of the calendar whose config.yaml was edited, or is gone: a person says which stands.

Until then the change does, for it is what somebody decided last; and it is said, on the desk, in
the alarms, in `status` and by `check`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from scheduler.content.rules.passage import finding
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.changes import Laid
from scheduler.domain.checking.findings import Finding
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.report import AlarmRow
from scheduler.domain.words.changes import stand


class AlarmLedger(Alarms, Protocol):
    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""


def to_decide(changes: Sequence[Laid], today: date) -> list[Laid]:
    return [one for one in changes if one.asks(today)]


async def look(changes: Sequence[Laid], ledger: AlarmLedger, now: datetime) -> None:
    """Raise what is new, clear what was decided. Once a day, and after a change of either."""
    found = {one.decision.change.subject: one for one in to_decide(changes, now.date())}
    for subject, one in found.items():
        who = one.decision.decided_by
        await ledger.raise_alarm(AlarmKind.CALENDAR_BEHIND, subject, who, now)
    for alarm in await ledger.open_alarms():
        if alarm.kind == AlarmKind.CALENDAR_BEHIND and alarm.subject not in found:
            await ledger.clear_alarm(AlarmKind.CALENDAR_BEHIND, alarm.subject, now)


def findings(changes: Sequence[Laid], file: str, today: date) -> list[Finding]:
    """The same, as ``check`` tells it."""
    return [
        finding(
            "change-behind",
            file,
            None,
            f"{stand(one.stand)} : {one.decision.change.subject}, décidé au bureau par "
            f"{one.decision.decided_by}",
        )
        for one in to_decide(changes, today)
    ]
