"""The ledger of a world: SQLite on a file in memory, and what may happen at each commit."""

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from scheduler.store.connecting import sqlite_engine
from scheduler.store.database import Database
from tests.simulation.ground import Ground
from tests.simulation.process import Fate
from tests.simulation.threads import Calls


@cache
def engine_of(url: URL, *, writes: bool, **others: Any) -> Engine:
    """One for all lives: opening it and compiling its statements costs more than a life."""
    return sqlite_engine(url, writes=writes, **others)


def begin(ground: Ground) -> None:
    """Make the world's ledger what the template is."""
    with _engine(ground, writes=True).connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        connection.rollback()
        ground.template.backup(raw)
        raw.executescript(WATCH)


def watch_commits(ground: Ground, calls: Calls, fate: Fate) -> None:
    """Whoever commits comes by before and after."""
    engine = _engine(ground, writes=True)
    dialect: Any = engine.dialect
    commit = type(dialect).do_commit

    def do_commit(connection: Any) -> None:
        process = calls.inside
        if process is not None:
            fate.comes_by(process, "commit")
        commit(dialect, connection)
        if process is not None:
            fate.comes_by(process, "committed")

    dialect.do_commit = do_commit


def ask(ground: Ground, question: str, *values: Any) -> list[Any]:
    """What the ledger holds now, asked by nobody of this world."""
    with _engine(ground, writes=False).connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        found: list[Any] = raw.execute(question, values).fetchall()
        connection.rollback()
        return found


FAILURES = {
    "locked": sqlite3.OperationalError("database is locked"),
    "full": sqlite3.OperationalError("database or disk is full"),
    "broken": sqlite3.OperationalError("disk I/O error"),
}


#: An intent is its batch's holder's alone: noted where one isn't.
WATCH = """
    create table fenced (delivery integer, batch_owner text, taker text);
    create trigger fence after update of state on delivery
    when new.state = 'sending' and old.state = 'waiting'
    begin
        insert into fenced
        select new.id, coalesce(batch.owner, ''), replica.name
        from batch, replica
        where batch.slot_id = new.slot_id and batch.number = new.batch
          and replica.id = new.replica_id and replica.name is not batch.owner;
    end;
"""


@cache
def _database(url: str) -> Database:
    """One with the engines that the owners' own have: asked for first while the seams are laid."""
    return Database(url)


def _engine(ground: Ground, *, writes: bool) -> Engine:
    database = _database(ground.url)
    return database._writer if writes else database._reader
