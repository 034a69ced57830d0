"""Opt-outs that a full disk keeps out of the ledger: on disk beside it, and into it later."""

import asyncio
from collections.abc import Callable, Sequence
from sqlite3 import SQLITE_FULL, SQLITE_IOERR

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from scheduler.domain.consent.optout_record import OptOutRecord
from scheduler.domain.errors import NotRecorded
from scheduler.log import get_logger
from scheduler.store.database import Database
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replayed_acts import apply
from scheduler.store.optouts.rows import Acts

log = get_logger(__name__)

#: What PostgreSQL calls a full disk.
DISK_FULL = "53100"


def is_full(fault: BaseException) -> bool:
    """The ledger takes no writes for want of room."""
    if isinstance(fault, OSError):
        return True
    orig = fault.orig if isinstance(fault, DBAPIError) else None
    # The low byte of an extended code is the code.
    code = getattr(orig, "sqlite_errorcode", 0) & 0xFF
    return code in (SQLITE_FULL, SQLITE_IOERR) or getattr(orig, "sqlstate", "") == DISK_FULL


class SetAside:
    """The journal's room that is written ahead, and the way out of it."""

    def __init__(self, journal: OptOutJournal) -> None:
        self._journal = journal
        #: Something in it the ledger hasn't yet: nothing may leave.
        self.holds = False

    async def take(
        self,
        database: Database,
        acts: Acts,
        records_of: Callable[[Connection, Acts], list[OptOutRecord]],
    ) -> list[bool]:
        """On disk when it returns. Raises NotRecorded when there is no room left."""
        # Before the first wait: no intent is taken from now on.
        self.holds = True
        try:
            records = await database.read(records_of, acts)
            await asyncio.to_thread(self._journal.set_aside, records)
        except (DBAPIError, OSError) as fault:
            log.error("optout.not_recorded", opt_outs=len(acts), reason=type(fault).__name__)
            raise NotRecorded("the disk is full: ask again later") from fault
        log.warning("optout.set_aside", opt_outs=len(acts))
        return [True] * len(acts)

    async def prepare(self) -> None:
        """Written ahead; as far as there is room."""
        try:
            await asyncio.to_thread(self._journal.reserve.prepare)
        except OSError as fault:
            log.warning("optout.no_reserve", reason=fault.strerror)

    async def bring_in(self, database: Database) -> int:
        """Into the ledger and the journal what was set aside, here or by another process; how many,
        0 while there is no room still. May be repeated, with the same end."""
        held = await asyncio.to_thread(self._journal.reserve.read)
        if not held:
            self.holds = False
            return 0
        self.holds = True
        records = self._journal.reading(held).records
        try:
            await database.write(self._bring_in, records)
            await asyncio.to_thread(self._journal.reserve.clear, held)
        except (DBAPIError, OSError) as fault:
            if not is_full(fault):
                raise
            return 0
        self.holds = bool(await asyncio.to_thread(self._journal.reserve.read))
        log.warning("optout.brought_in", opt_outs=len(records))
        return len(records)

    def _bring_in(self, connection: Connection, records: Sequence[OptOutRecord]) -> None:
        apply(connection, records)
        self._journal.append(records)
