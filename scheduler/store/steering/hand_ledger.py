"""The ledger as the commands see it that steer a sending by hand: each method, one transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.addressees import FoundList, RecipientList, Sought
from scheduler.domain.audit import AuditEntry, AuditVerdict
from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.passing import Pass
from scheduler.domain.planning import KeptText, OccurrenceRow, Refreshed
from scheduler.domain.sending import TrialRecord
from scheduler.domain.showing.report import Standing
from scheduler.domain.showing.siblings import Seen
from scheduler.domain.trials import TrialNote
from scheduler.store import audit, stopping
from scheduler.store.database import Database
from scheduler.store.planning import approvals, lists, passes, seen_texts
from scheduler.store.sealing import Keys
from scheduler.store.sending import halts
from scheduler.store.steering import acts as steering
from scheduler.store.steering import trials


class HandLedger:
    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    async def bring_forward(
        self,
        one: Occurrence,
        audiences: Sequence[str],
        by: str,
        now: datetime,
        ends: Sequence[OccurrenceRow] = (),
    ) -> OccurrenceRow:
        return await self._database.write(steering.bring_forward, one, audiences, by, now, ends)

    async def change(
        self,
        row: OccurrenceRow,
        to: OccurrenceState,
        only_from: Iterable[OccurrenceState],
        by: str,
        now: datetime,
    ) -> bool:
        return await self._database.write(steering.change, row, to, only_from, by, now)

    async def cancel(self, row: OccurrenceRow, by: str, now: datetime) -> int:
        return await self._database.write(steering.cancel, row, by, now)

    async def stop_all(self, by: str, now: datetime) -> bool:
        return await self._database.write(stopping.stop_all, by, now)

    async def resume_all(self, by: str, now: datetime) -> bool:
        return await self._database.write(stopping.resume_all, by, now)

    async def lift_halt(self, campaign: str, channel: str, by: str, now: datetime) -> bool:
        return await self._database.write(halts.lift_halt, campaign, channel, by, now)

    async def halted(self) -> list[str]:
        return await self._database.read(halts.halted)

    async def waiting_of(self, campaign: str, channel: str) -> int:
        return await self._database.read(halts.waiting_of, campaign, channel)

    async def standing(self) -> Standing:
        return await self._database.read(stopping.standing)

    async def kept_texts(self, row: int) -> list[KeptText]:
        return await self._database.read(steering.kept_texts, row)

    async def refresh(
        self,
        row: OccurrenceRow,
        texts: Sequence[tuple[KeptText, str, str]],
        by: str,
        now: datetime,
    ) -> Refreshed:
        return await self._database.write(steering.refresh, row, texts, by, now)

    async def find_listed(self, sources: Collection[str], sought: Sequence[Sought]) -> FoundList:
        """Who the rows of a file stand for."""
        return await self._database.read(lists.resolve, self._keys, sources, sought)

    async def listed(self, kept: RecipientList) -> list[int]:
        return await self._database.read(lists.people_of, kept.row)

    async def keep_list(
        self, one: Occurrence, people: Collection[int] | None, by: str, now: datetime
    ) -> RecipientList:
        """To whom it goes from now on; None: by name to everybody. Raises NotFound once it has
        begun to leave to others."""
        return await self._database.write(lists.keep, one, people, by, now)

    async def drop_list(self, one: Occurrence) -> None:
        await self._database.write(lists.drop, one)

    async def approvals_of(self, message: str) -> list[Approval]:
        return await self._database.read(approvals.of_message, message)

    async def waiting_approvals(self) -> list[Approval]:
        """What nobody has allowed yet, the oldest first."""
        return await self._database.read(approvals.waiting)

    async def ask_approval(self, asked: Approval) -> None:
        await self._database.write(approvals.ask, asked)

    async def allow(
        self, asked: Approval, by: str, now: datetime, ends: Sequence[OccurrenceRow] = ()
    ) -> OccurrenceRow | None:
        """Allow exactly what was asked and make it due, both or neither; None when it was asked
        anew meanwhile, or is allowed."""
        return await self._database.write(_allow, asked, by, now, ends)

    async def passes(self, message: str) -> list[Pass]:
        """What people asked to let pass of a message, allowed or not."""
        return await self._database.read(passes.of_message, message)

    async def ask_pass(self, asked: Pass) -> bool:
        """Note that somebody asks; False when it was asked or allowed before."""
        return await self._database.write(passes.ask, asked)

    async def allow_pass(self, asked: Pass, by: str, now: datetime) -> bool:
        """Let exactly this pass; False when it is no longer asked so, or is allowed."""
        return await self._database.write(passes.allow, asked, by, now)

    async def withdraw_pass(self, asked: Pass, by: str, now: datetime) -> bool:
        """It holds again; False when it wasn't there."""
        return await self._database.write(passes.withdraw, asked, by, now)

    async def note_trial(self, record: TrialRecord, now: datetime) -> None:
        await self._database.write(trials.note, record, self._keys, now)

    async def trials_since(self, moment: datetime) -> int:
        return await self._database.read(trials.since, moment)

    async def latest_trials(self, message: str, most: int) -> list[TrialNote]:
        """Of one message, the latest first."""
        return await self._database.read(trials.latest, message, most)

    async def read_again(self, path: str, seen: Seen, by: str) -> None:
        """A text still follows its French text: somebody says so."""
        await self._database.write(seen_texts.read_again, path, seen, by)

    async def audit_entries(self, limit: int) -> list[AuditEntry]:
        return await self._database.read(audit.entries, limit)

    async def verify_audit(self, kept: str = "") -> AuditVerdict:
        return await self._database.read(audit.verify, kept)


def _allow(
    connection: Connection,
    asked: Approval,
    by: str,
    now: datetime,
    ends: Sequence[OccurrenceRow],
) -> OccurrenceRow | None:
    if not approvals.approve(connection, asked, by, now):
        return None
    return steering.bring_forward(connection, asked.occurrence, asked.audiences, by, now, ends)
