"""What is old is forgotten, once a day, and what was done is written down as a proof of it."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from scheduler.domain.audit import PROGRAM, Act, AuditAct
from scheduler.domain.people.retention import Kept, RetentionRules
from scheduler.log import get_logger

log = get_logger(__name__)

#: What empties people, so that copies of them must go too.
_PEOPLE = (Kept.CONTACTS, Kept.LEAVERS)


class OldThings(Protocol):
    """What this step asks of the ledger. Each call is one transaction."""

    async def count(self, kept: Kept, limit: datetime) -> int: ...

    async def forget_some(
        self, kept: Kept, limit: datetime, after: int, now: datetime
    ) -> tuple[int, int]: ...

    async def note(self, act: Act, now: datetime) -> None: ...

    async def ran_on(self) -> date | None: ...

    async def last_erasure(self) -> datetime | None: ...

    async def scrub(self) -> bool: ...


class Copy(Protocol):
    """A rehearsal: people's data once more, in clear."""

    def made_at(self) -> datetime | None:
        """None where there is none."""

    def remove(self) -> None: ...


@dataclass(kw_only=True, slots=True)
class Retention:
    """Forgets by its rules. ``scrubbed`` is False while the ledger's files hold what it forgot."""

    rules: RetentionRules
    ledger: OldThings
    rehearsal: Copy
    scrubbed: bool = True

    async def look(self, now: datetime) -> None:
        """What the daemon calls often: a run a day (UTC), and its end when somebody was reading."""
        if await self.ledger.ran_on() != now.date():
            await self.run(now, PROGRAM)
        elif not self.scrubbed:
            self.scrubbed = await self.ledger.scrub()

    async def survey(self, now: datetime) -> Mapping[Kept, int]:
        """What a run would forget."""
        counts = Counter({Kept.REHEARSALS: int(await self._is_stale(now, emptied=0))})
        for kept in Kept:
            if kept is not Kept.REHEARSALS:
                counts[kept] = await self.ledger.count(kept, self.rules.limit(kept, now))
        return counts

    async def run(self, now: datetime, by: str) -> Mapping[Kept, int]:
        """Forget, some rows at a time, and write in the audit log how many of what."""
        counts: Counter[Kept] = Counter()
        for kept in Kept:
            if kept is not Kept.REHEARSALS:
                counts[kept] = await self._forget(kept, now)
        if await self._is_stale(now, emptied=sum(counts[one] for one in _PEOPLE)):
            await asyncio.to_thread(self.rehearsal.remove)
            counts[Kept.REHEARSALS] = 1
        self.scrubbed = await self.ledger.scrub()
        told = {kept.value: counts[kept] for kept in Kept}
        await self.ledger.note(
            Act(actor=by, act=AuditAct.RETAIN, subject="ledger", detail=told), now
        )
        log.info("retention.done", scrubbed=self.scrubbed, **told)
        return counts

    async def _forget(self, kept: Kept, now: datetime) -> int:
        limit = self.rules.limit(kept, now)
        total, last = 0, 0
        while True:
            forgotten, after = await self.ledger.forget_some(kept, limit, last, now)
            if after == last:
                return total
            total, last = total + forgotten, after

    async def _is_stale(self, now: datetime, *, emptied: int) -> bool:
        """A rehearsal that is old, or that still shows somebody who is gone."""
        made_at = await asyncio.to_thread(self.rehearsal.made_at)
        if made_at is None:
            return False
        erased = await self.ledger.last_erasure()
        since = erased is not None and erased >= made_at
        return bool(emptied) or since or made_at < self.rules.limit(Kept.REHEARSALS, now)
