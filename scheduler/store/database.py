"""Opening the database: one writer at a time on SQLite, durable commits on both kinds.

A transaction is a plain function of a connection, run whole in a worker thread: one hop a
transaction. (An async driver hops once a statement; the ADR on the ledger has the figures.)

SQLite's deferred transactions fail at once when they turn into writers (SQLITE_BUSY_SNAPSHOT, the
time-out is not even looked at), so a writing transaction begins with BEGIN IMMEDIATE and a reading
connection may not write.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from importlib.util import find_spec
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import LedgerError
from scheduler.domain.showing.counted import Counted
from scheduler.store import busy
from scheduler.store.folding import NAME, fold_value
from scheduler.store.spending import Spending
from scheduler.store.statements.compiled import SHARED
from scheduler.store.statements.many import OCTETS, octets
from scheduler.store.unchanged import Unchanged

#: How long a transaction waits for another process's (milliseconds): longer than a backup holds
#: the database.
BUSY_TIMEOUT = 60_000
#: How long the log's cutting off waits for those who still read in it (milliseconds).
SCRUB_TIMEOUT = 2_000
#: Transactions at once: readers, and writers on PostgreSQL. SQLite has one writer.
THREADS = 4
#: Pages that SQLite keeps in memory (kB): of the writer enough for the inner pages of every index
#: of a million people; each reader has its own.
WRITER_CACHE = 32_768
READER_CACHE = 8_192
#: What PostgreSQL says of a transaction that it ended for another's sake: a deadlock, a
#: serialization failure; and how often such a one is repeated.
GIVEN_UP = frozenset({"40P01", "40001"})
REPEATS = 3
#: Number of the advisory lock that daemons share ("reflexe" in ASCII).
DAEMON_LOCK = 0x7265666C657865
#: Both ends of a connection notice within seconds that the network swallows everything: what a
#: process had locked that was cut off holds nobody up. In libpq's words, and in the server's.
WATCHFUL = {
    "connect_timeout": "10",
    "keepalives_idle": "5",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "15000",
}
WATCHFUL_SERVER = {
    "tcp_keepalives_idle": "5s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "15s",
}
#: Nor does one that was frozen: no transaction of ours waits for anything but the server.
LONGEST_PAUSE = {"idle_in_transaction_session_timeout": "20s"}

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


def sqlite_engine(url: URL, *, durable: bool, writes: bool, patience: int = BUSY_TIMEOUT) -> Engine:
    """Connections whose transactions begin as this module's docstring says."""
    engine = create_engine(url, pool_size=1 if writes else THREADS, execution_options=SHARED)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        connection.create_function(NAME, 1, fold_value, deterministic=True)
        connection.create_function(OCTETS, 1, octets, deterministic=True)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute(f"PRAGMA cache_size=-{WRITER_CACHE if writes else READER_CACHE}")
        # What is deleted or emptied is overwritten with zeros, not only forgotten.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _cut_log(cursor: Any) -> bool:
    try:
        # Writers wait behind this one: not for long.
        cursor.execute(f"PRAGMA busy_timeout={SCRUB_TIMEOUT}")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        cursor.close()


def server_arguments(url: URL, told: dict[str, str]) -> dict[str, str]:
    """What connections to a server are opened with, beside its address; what the address says
    itself comes first. ``told``: settings of the session."""
    given = {name: str(value) for name, value in url.query.items()}
    settings = [f"-c {name}={value}" for name, value in (WATCHFUL_SERVER | told).items()]
    options = " ".join([*settings, given.pop("options", "")]).strip()
    return {**WATCHFUL, **given, "options": options}


def postgres_engine(url: URL, told: dict[str, str]) -> Engine:
    """``told``: settings of each session, beside those that every connection has. Raises
    LedgerError without the extra `postgres`."""
    need_postgres_parts()
    engine = create_engine(
        url,
        connect_args=server_arguments(url, told),
        pool_size=2 * THREADS,
        pool_pre_ping=True,
        execution_options=SHARED,
    )

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _record: object) -> None:
        """An intent is on disk before the first byte leaves: this is not optional."""
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off":
                cursor.execute("SET synchronous_commit = on")
        connection.commit()

    return engine


def need_postgres_parts() -> None:
    """Raises LedgerError where the extra isn't installed."""
    if not has_postgres_parts():
        raise LedgerError(
            "a ledger on PostgreSQL needs parts that aren't installed: "
            "pip install 'reflexe[postgres]'"
        )


def has_postgres_parts() -> bool:
    return all(find_spec(one) is not None for one in ("psycopg", "procrastinate"))


def _answers(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1")


async def check_reachable(database: Database) -> None:
    """Raises LedgerError, in words, when the database can't be opened."""
    try:
        await database.read(_answers)
    except DBAPIError as unreachable:
        reason = str(unreachable.orig).splitlines()[0]
        raise LedgerError(f"the ledger can't be opened: {reason}") from unreachable
