"""A lock that is not had in time: a sentence that says who has it, on both databases."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text, update
from sqlalchemy.engine import make_url

from scheduler.cli.french import french
from scheduler.domain.errors import LedgerBusy
from scheduler.domain.processes.leases import import_of
from scheduler.store import leases
from scheduler.store.database import Database
from scheduler.store.schema.tables import meta
from scheduler.store.setup import writer_engine

#: Milliseconds that these ledgers wait.
PATIENCE = 300


def change(connection: Connection) -> None:
    connection.execute(update(meta).values(value="another"))


@contextmanager
def kept(url: str) -> Iterator[None]:
    """By another connection, which has changed the same and not ended."""
    engine = writer_engine(make_url(url))
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('essai', '1')"))
        connection.commit()
        connection.execute(update(meta).values(value="2"))
        yield
        connection.rollback()
    engine.dispose()


async def test_whoever_waits_too_long_is_told_in_words(ledger_url: str) -> None:
    database = Database(ledger_url, patience=PATIENCE)

    with kept(ledger_url), pytest.raises(LedgerBusy) as told:
        await database.write(change)

    said = str(told.value)
    assert said.startswith("the ledger is busy, and was not free within 0.3 s: process ")
    assert "Nothing was changed" in said
    assert french(said).startswith("le registre est occupé")
    await database.write(change)
    await database.close()


async def test_an_act_that_is_under_way_is_named(ledger_url: str) -> None:
    database = Database(ledger_url, patience=PATIENCE)
    now = datetime.now(UTC)
    await database.write(leases.take, import_of("staff"), "Camille", now)

    with kept(ledger_url), pytest.raises(LedgerBusy) as told:
        await database.write(change)

    assert f"import of staff is under way (Camille, since {now:%Y-%m-%d %H:%M:%S} UTC)" in str(
        told.value
    )
    await database.close()


async def test_one_that_was_killed_long_ago_is_not(ledger_url: str) -> None:
    database = Database(ledger_url, patience=PATIENCE)
    ago = datetime.now(UTC) - timedelta(hours=1)
    if database.is_sqlite:
        await database.write(leases.take, import_of("staff"), "Camille", ago)

    with kept(ledger_url), pytest.raises(LedgerBusy) as told:
        await database.write(change)

    assert "Camille" not in str(told.value)
    await database.close()


HOLD = """
import sqlite3, sys
ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
ledger.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not os.access("/proc/locks", os.R_OK), reason="the system lists no locks")
def test_another_process_is_named_and_nothing_that_it_was_told(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}", patience=PATIENCE)
    command = [sys.executable, "-c", HOLD, str(path), "marie@example.org"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()

        with pytest.raises(LedgerBusy) as told, database.writing():
            raise AssertionError("it is kept")

        other.stdin.close()
    assert f"process {other.pid} (python" in str(told.value)
    assert "marie" not in str(told.value)
    asyncio.run(database.close())
