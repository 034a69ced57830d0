"""Connections to PostgreSQL: what a process held that says nothing any more holds nobody up."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from scheduler.store.connecting import LONGEST_PAUSE
from scheduler.store.database import Database
from scheduler.store.sending.queue import conninfo
from tests.parts.postgres import empty_database

TABLE = text("CREATE TABLE note AS SELECT 1 AS value")
CHANGE = text("UPDATE note SET value = value + 1")
PAUSE = "idle_in_transaction_session_timeout"


def say(connection: Connection, statement: TextClause) -> None:
    connection.execute(statement)


@pytest.fixture
def url(postgres: str) -> Iterator[str]:
    with empty_database(postgres) as made:
        yield made


async def test_the_server_ends_a_transaction_whose_process_is_frozen(url: str) -> None:
    impatient = make_url(url).update_query_dict({"options": f"-c {PAUSE}=300ms"}, append=True)
    frozen = Database(impatient.render_as_string(hide_password=False))
    other = Database(url)
    await other.write(say, TABLE)

    async def freeze() -> None:
        with frozen.writing() as held:
            say(held, CHANGE)
            await other.write(say, CHANGE)
            say(held, CHANGE)

    with pytest.raises(DBAPIError, match="idle-in-transaction"):
        await freeze()

    await frozen.close()
    await other.close()


async def test_the_ledger_and_the_queue_tell_the_server_so(url: str) -> None:
    ledger = Database(url)

    asked = text(f"SHOW {PAUSE}")
    of_ledger = await ledger.read(lambda connection: connection.execute(asked).scalar())
    with psycopg.connect(conninfo(url)) as queue:
        of_queue = queue.execute(f"SHOW {PAUSE}".encode()).fetchone()

    assert (of_ledger, of_queue) == (LONGEST_PAUSE[PAUSE], (LONGEST_PAUSE[PAUSE],))
    await ledger.close()
