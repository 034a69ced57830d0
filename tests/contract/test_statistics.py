"""What SQLite is told of its tables after an import: of large ones, and of no deliveries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from scheduler.store.schema.tables import address, contact, delivery
from scheduler.store.setup import writer_engine
from scheduler.store.statistics import LARGE, refresh_statistics

PEOPLE = """
INSERT INTO address (kind, digest, key_id)
SELECT 'email', CAST(printf('%032d', n) AS BLOB), 'a'
FROM (WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :people)
      SELECT n FROM each)
"""


@pytest.fixture
def connection(sqlite_template: Path, tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = writer_engine(make_url(f"sqlite:///{path}"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def told(connection: Connection) -> set[str]:
    known = "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat1'"
    if connection.execute(text(known)).first() is None:
        return set()
    return set(connection.execute(text("SELECT tbl FROM sqlite_stat1")).scalars())


@pytest.mark.parametrize(("people", "tables"), [(LARGE, {"address"}), (LARGE - 1, set())])
def test_what_a_large_table_is_like_is_known(
    connection: Connection, people: int, tables: set[str]
) -> None:
    connection.execute(text(PEOPLE), {"people": people})

    refresh_statistics(connection, address, contact, delivery)

    assert told(connection) == tables
