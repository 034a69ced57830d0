"""How the ledger's connections are made, on SQLite and on PostgreSQL.

SQLite's deferred transactions fail at once when they turn into writers (SQLITE_BUSY_SNAPSHOT, the
time-out is not even looked at), so a writing transaction begins with BEGIN IMMEDIATE and a reading
connection may not write.
"""

from importlib.util import find_spec
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from scheduler.domain.errors import LedgerError
from scheduler.store.folding import NAME, fold_value
from scheduler.store.statements.compiled import SHARED
from scheduler.store.statements.many import OCTETS, octets

#: How long a transaction waits for another process's (milliseconds): longer than a backup holds
#: the database.
BUSY_TIMEOUT = 60_000
#: Transactions at once: readers, and writers on PostgreSQL. SQLite has one writer.
THREADS = 4
#: Pages that SQLite keeps in memory (kB): of the writer enough for the inner pages of every index
#: of a million people; each reader has its own.
WRITER_CACHE = 32_768
READER_CACHE = 8_192
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
