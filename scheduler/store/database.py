"""The ledger's transactions: one writer at a time on SQLite, durable commits on both kinds.

A transaction is a plain function of a connection, run whole in a worker thread: one hop a
transaction. (An async driver hops once a statement; the ADR on the ledger has the figures.)
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import LedgerError
from scheduler.domain.showing.counted import Counted
from scheduler.store import busy
from scheduler.store.connecting import (
    BUSY_TIMEOUT,
    LONGEST_PAUSE,
    THREADS,
    postgres_engine,
    sqlite_engine,
)
from scheduler.store.spending import Spending
from scheduler.store.unchanged import Unchanged

#: How long the log's cutting off waits for those who still read in it (milliseconds).
SCRUB_TIMEOUT = 2_000
#: What PostgreSQL says of a transaction that it ended for another's sake: a deadlock, a
#: serialization failure; and how often such a one is repeated.
GIVEN_UP = frozenset({"40P01", "40001"})
REPEATS = 3
#: Number of the advisory lock that daemons share ("reflexe" in ASCII).
DAEMON_LOCK = 0x7265666C657865
#: Where a writing connection keeps what is to be said after its transaction.
_ONCE_WRITTEN = "once-written"

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """A ledger's connections. Made by ``bootstrap``; nothing connects before the first use."""

    def __init__(
        self,
        url: str,
        *,
        durable: bool = True,
        alone: bool = False,
        patience: int = BUSY_TIMEOUT,
    ) -> None:
        """``durable=False`` is for scratch copies only: a power cut may corrupt them.
        ``patience``: for another's lock (milliseconds).

        ``alone`` says that nothing else waits in the loop (a rehearsal plays alone): transactions
        then run in the caller's thread. Ten thousand small ones take a third of the time.
        """
        parsed = make_url(url)
        self._alone = alone
        self._patience = patience
        #: What this process has done, for monitoring.
        self.counted = Counted()
        #: What its transactions have taken, by name.
        self.spending = Spending(self.counted)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        #: What was read is kept while nothing changes; a scratch copy changes all the time.
        self.keeps = self.is_sqlite and not alone
        self._unchanged = Unchanged(parsed.database if self.keeps else None)
        if self.is_sqlite:
            self._reader, self._writer = (
                sqlite_engine(parsed, durable=durable, writes=writes, patience=patience)
                for writes in (False, True)
            )
        else:
            told = LONGEST_PAUSE | {"lock_timeout": f"{patience}ms"}
            self._reader = self._writer = postgres_engine(parsed, told)
        self._readers = ThreadPoolExecutor(THREADS, thread_name_prefix="ledger-read")
        self._held: Connection | None = None
        writers = 1 if self.is_sqlite else THREADS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="ledger-write")

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What ``work`` finds, in one consistent view. On SQLite a write in it is refused.

        Raises LedgerBusy, as ``write`` does, when another kept what it needs for too long.
        """

        def transaction() -> T:
            with self._said(), self.spending.of(work, "read"), self._reader.begin() as connection:
                return work(connection, *args, **kwargs)

        return await self._run(self._readers, transaction)

    async def read_kept(self, work: Callable[..., T], *args: Hashable) -> T:
        """``read``, or the same answer again while nothing was committed to the ledger since. What
        ``work`` finds must depend on the ledger and on these arguments alone: not on the time."""
        return await self.unless_unchanged(work, args, lambda: self.read(work, *args))

    async def unless_unchanged(
        self, work: Callable[..., T], asked: Hashable, ask: Callable[[], Coroutine[Any, Any, T]]
    ) -> T:
        """The same of an answer that is had in another way, a write that mostly changes nothing."""
        question, version = (work, asked), self._unchanged.version()
        if version is not None:
            is_known, found = self._unchanged.known(question)
            if is_known:
                known: T = copy(found)
                return known
        answer = await ask()
        self._unchanged.keep(question, copy(answer), version)
        return answer

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction, durable when it returns, rolled back when ``work`` raises.

        A caller that is cancelled meanwhile doesn't stop it: it ends as it would have. One that
        the server gave up for another's sake (a deadlock) was rolled back whole, and is repeated.
        """

        def transaction() -> T:
            for _time in range(REPEATS):
                try:
                    with self.spending.of(work, "write"), self.writing() as connection:
                        return work(connection, *args, **kwargs)
                except DBAPIError as failed:
                    if getattr(failed.orig, "sqlstate", None) not in GIVEN_UP:
                        raise
            with self.spending.of(work, "write"), self.writing() as connection:
                return work(connection, *args, **kwargs)

        return await self._run(self._writers, transaction)

    async def _run(self, threads: ThreadPoolExecutor, transaction: Callable[[], T]) -> T:
        if self._alone:
            return transaction()
        return await asyncio.get_running_loop().run_in_executor(threads, transaction)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction in the calling thread, for work that runs in another database's."""
        told: list[Callable[[], None]] = []
        with self._said(), self._writer.begin() as connection:
            connection.info[_ONCE_WRITTEN] = told
            yield connection
        for tell in told:
            tell()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Another's lock in words."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as fault:
            if not busy.is_busy(fault):
                raise
            raise busy.told(self._reader, self._patience / 1000) from fault

    async def scrub(self, tables: Sequence[str]) -> bool:
        """Let what was deleted or emptied leave the files: SQLite's log is folded in and cut off;
        on PostgreSQL these tables are vacuumed. False when somebody was reading: try again later.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writers, self._scrub, tables)

    def _scrub(self, tables: Sequence[str]) -> bool:
        # Neither may be said inside a transaction.
        with self._writer.connect() as connection:
            if self.is_sqlite:
                return _cut_log(connection.connection.cursor())
            names = ", ".join(f'"{name}"' for name in tables)
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            plain.exec_driver_sql(f"VACUUM {names}")
        return True

    async def hold(self, *, alone: bool = False) -> bool:
        """Work on a PostgreSQL ledger until ``close``; False while another keeps it for itself, or
        (``alone``) while anybody works on it.

        May be said again: a lock that was lost with its connection is taken anew. It is an advisory
        one of the session: the server lets go of it at any death. On SQLite a lock
        file beside the ledger does this, and the answer is always True.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writers, self._hold, alone)

    def _hold(self, alone: bool) -> bool:
        if self.is_sqlite:
            return True
        if self._held is not None and self._is_alive(self._held):
            return True
        how = "" if alone else "_shared"
        self._held = self._writer.connect().execution_options(isolation_level="AUTOCOMMIT")
        lock = f"SELECT pg_try_advisory_lock{how}({DAEMON_LOCK})"
        got = bool(self._held.exec_driver_sql(lock).scalar())
        if not got:
            self._let_go()
        return got

    def _is_alive(self, held: Connection) -> bool:
        try:
            held.exec_driver_sql("SELECT 1")
        except DBAPIError:
            self._let_go()
            return False
        return True

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.invalidate()
            self._held.close()
            self._held = None

    async def close(self) -> None:
        """Wait for what is under way, then let go of every connection. May be called twice."""
        for pool in (self._readers, self._writers):
            await asyncio.to_thread(pool.shutdown)
        self._let_go()
        self._unchanged.close()
        self._reader.dispose()
        self._writer.dispose()


def once_written(connection: Connection, tell: Callable[[], None]) -> None:
    """Said in the writing thread, after this transaction has ended well and not before."""
    connection.info[_ONCE_WRITTEN].append(tell)


def _cut_log(cursor: Any) -> bool:
    try:
        # Writers wait behind this one: not for long.
        cursor.execute(f"PRAGMA busy_timeout={SCRUB_TIMEOUT}")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        cursor.close()


def _answers(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1")


async def check_reachable(database: Database) -> None:
    """Raises LedgerError, in words, when the database can't be opened."""
    try:
        await database.read(_answers)
    except DBAPIError as unreachable:
        reason = str(unreachable.orig).splitlines()[0]
        raise LedgerError(f"the ledger can't be opened: {reason}") from unreachable
