"""Counting what staff reported: a look at the folder of copies, and a number a week."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from scheduler.domain.answers.reported import Copy, Upto, count
from scheduler.domain.values import frozen
from scheduler.log import get_logger

log = get_logger(__name__)


class Folder(Protocol):
    async def since(self, upto: Upto) -> tuple[str, list[Copy]]:
        """Which folder it is, and what came into it since. Raises InboxAway."""


class ReportedLedger(Protocol):
    """Each call is one transaction."""

    async def upto(self) -> Upto:
        """How far the folder was counted."""

    async def add(self, weeks: Mapping[date, int], before: Upto, upto: Upto) -> bool:
        """Add to the weeks, unless somebody else has counted on from ``before`` meanwhile."""


@frozen
class ReportedReading:
    folder: Folder
    ledger: ReportedLedger
    zone: ZoneInfo

    async def read(self, now: datetime) -> None:
        """Raises InboxAway."""
        before = await self.ledger.upto()
        validity, copies = await self.folder.since(before)
        found = count(copies, validity, before, now, self.zone)
        if found.upto != before and await self.ledger.add(found.weeks, before, found.upto):
            log.info("reported.counted", weeks=len(found.weeks))
