"""Files that were changed under their edits: a person says which of the two stands.

Until then the edit does, for it is what readers were promised last; and it is said, on the desk, in
the alarms and by ``check``.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from scheduler.content.rules.passage import finding
from scheduler.content.standing import file_text
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.checking.findings import Finding
from scheduler.domain.ports import Alarms
from scheduler.domain.showing.report import AlarmRow
from scheduler.domain.writing.edits import Edit


class EditSource(Protocol):
    async def standing(self) -> tuple[int, list[Edit]]:
        """How many were ever published, and those that stand over their files."""


class AlarmLedger(Alarms, Protocol):
    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""


async def behind(edits: EditSource, files: Path) -> list[Edit]:
    """Those whose file says something new, or is gone."""
    _, standing = await edits.standing()
    return [one for one in standing if one.is_behind(file_text(files, one.path))]


async def look(edits: EditSource, files: Path, ledger: AlarmLedger, now: datetime) -> None:
    """Raise what is new, clear what was decided. Once a day, and after a change of texts."""
    found = {f"templates/{one.path}": one for one in await behind(edits, files)}
    for subject, one in found.items():
        await ledger.raise_alarm(AlarmKind.TEXT_BEHIND, subject, one.published_by, now)
    for alarm in await ledger.open_alarms():
        if alarm.kind == AlarmKind.TEXT_BEHIND and alarm.subject not in found:
            await ledger.clear_alarm(AlarmKind.TEXT_BEHIND, alarm.subject, now)


def findings(found: Sequence[Edit]) -> list[Finding]:
    """The same, as ``check`` tells it."""
    return [
        finding(
            "edit-behind",
            f"templates/{one.path}",
            None,
            f"le fichier a changé sous le texte publié au bureau par {one.published_by}",
        )
        for one in found
    ]
