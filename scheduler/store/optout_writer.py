"""Opt-outs as they arrive: in the ledger and in the journal beside it, before their answer.

Those that come while a transaction is under way wait for it, and then share the next one with its
two fsyncs: nobody waits for a timer, and a thousand at once cost little more than one.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.alarm_kinds import AlarmKind
from scheduler.domain.optout import OptOut
from scheduler.domain.optout_record import OptOutRecord
from scheduler.log import get_logger
from scheduler.store import optouts
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.database import Database
from scheduler.store.optout_journal import OptOutJournal
from scheduler.store.optouts import Acts

log = get_logger(__name__)

#: Opt-outs in one transaction, at most.
LARGEST_GROUP = 1000
#: Alarm while opt-outs are in the ledger alone.
UNWRITABLE = AlarmKind.OPTOUT_JOURNAL_UNWRITABLE

_Waiting = tuple[int, OptOut, asyncio.Future[bool]]


class OptOutWriter:
    """Every opt-out of a ledger goes through here; ``journal`` is None for a scratch copy."""

    def __init__(self, database: Database, journal: OptOutJournal | None = None) -> None:
        self._database = database
        self._journal = journal
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None
        self._unwritable = False

    async def opt_out(self, address_id: int, act: OptOut) -> bool:
        """Record an act; False when it holds already. Durable when it returns."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((address_id, act, written))
        if self._work is None:
            self._work = asyncio.create_task(self._write_all())
        return await written

    def record(self, connection: Connection, acts: Acts) -> list[bool]:
        """The same in the caller's transaction, of many: which are new.

        The journal has them before the transaction ends. When it can't be written they are in the
        ledger alone, and an alarm says so: refusing them would be worse.
        """
        records = optouts.records_of(connection, acts)
        known = [act for act, record in zip(acts, records, strict=True) if record is not None]
        if len(known) < len(acts):
            # A good token of an address that this ledger never had: it was put back from a backup.
            log.warning("optout.unknown_address", count=len(acts) - len(known))
        answers = iter(optouts.suppress_all(connection, known))
        new = [record is not None and next(answers) for record in records]
        fresh = [record for record, is_new in zip(records, new, strict=True) if record and is_new]
        self._keep(connection, fresh)
        return new

    def journal(self, connection: Connection, acts: Acts) -> None:
        """Keep what the caller has written in the ledger by its own statements."""
        records = optouts.records_of(connection, acts)
        self._keep(connection, [record for record in records if record is not None])

    def lift(
        self,
        connection: Connection,
        address_id: int,
        channel: str,
        now: datetime,
        *,
        only_channel: bool = False,
    ) -> int:
        """The person's own way back on a channel; how many opt-outs it ends."""
        lifted = optouts.lift(connection, address_id, channel, now, only_channel=only_channel)
        records = optouts.records_of(connection, [(address_id, act) for act in lifted])
        self._keep(connection, [record.lifted_at(now) for record in records if record is not None])
        return len(lifted)

    async def _write_all(self) -> None:
        """Group after group, until nobody waits."""
        try:
            while self._waiting:
                group = self._waiting[:LARGEST_GROUP]
                del self._waiting[:LARGEST_GROUP]
                await self._write(group)
        finally:
            self._work = None
            for *_, written in self._waiting:
                written.cancel()

    async def _write(self, group: Sequence[_Waiting]) -> None:
        acts = [(address_id, act) for address_id, act, _ in group]
        asking = [written for *_, written in group]
        try:
            new = await self._database.write(self.record, acts)
        except Exception as fault:
            for written in _patient(asking):
                written.set_exception(fault)
        else:
            answers = dict(zip(asking, new, strict=True))
            for written in _patient(asking):
                written.set_result(answers[written])
        finally:
            for written in _patient(asking):
                written.cancel()

    def _keep(self, connection: Connection, records: Sequence[OptOutRecord]) -> None:
        if self._journal is None or not records:
            return
        name, now = self._journal.path.name, records[-1].at
        try:
            self._journal.append(records)
        except OSError as fault:
            log.error("optout.journal_unwritable", reason=fault.strerror)
            detail = f"{fault.strerror}: opt-outs are in the ledger alone"
            raise_alarm(connection, UNWRITABLE, name, detail, now)
            self._unwritable = True
            return
        if self._unwritable:
            clear_alarm(connection, UNWRITABLE, name, now)
            self._unwritable = False


def _patient(asking: Sequence[asyncio.Future[bool]]) -> list[asyncio.Future[bool]]:
    """Those who have no answer yet, and didn't give up."""
    return [written for written in asking if not written.done()]
