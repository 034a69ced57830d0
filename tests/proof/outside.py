"""What befalls the ledger from outside while the daemon lives."""

import sqlite3
import time
from contextlib import closing

from tests.proof.ground import Ground

#: Seconds that another program keeps the ledger to itself.
HELD = 2
OTHERS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


def put_out_of_reach(where: Ground) -> None:
    """PostgreSQL closes every connection, as at a restart; SQLite's ledger is locked by another."""
    if not where.is_sqlite:
        where.query(OTHERS)
        return
    with closing(sqlite3.connect(where.ledger_file, isolation_level=None, timeout=60)) as other:
        other.execute("begin immediate")
        time.sleep(HELD)
        other.execute("rollback")


def empty_the_queue(where: Ground) -> None:
    """Whatever Procrastinate knows is forgotten."""
    where.change("truncate procrastinate_jobs, procrastinate_events, procrastinate_workers cascade")


def restart(where: Ground, seconds: float) -> None:
    """The server goes down as in a power cut, and comes back after a while."""
    assert where.server is not None
    where.server.crash()
    time.sleep(seconds)
    where.server.start()
