"""Thousands of values in one question, and rows whose statement is compiled once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url

from scheduler.store.schema.tables import address, contact
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.setup import writer_engine
from scheduler.store.statements.many import address_is, among, putting
from scheduler.store.statements.upserts import insert_or_ignore

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def connection(ledger_url: str) -> Iterator[Connection]:
    engine = writer_engine(make_url(ledger_url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


NAMES = (
    *("audience", "source_key", "token", "language", "easy_to_read", "zone", "territory"),
    *("segment", "sealed", "imported_at"),
)


def people(connection: Connection, count: int) -> None:
    """Rows of the driver's own values."""
    statement = insert_or_ignore(connection, contact).on_conflict_do_nothing()
    put = putting(connection.dialect, statement, NAMES)
    segment = json.dumps({"service": "Été"})
    last = ("Europe/Paris", "FR", segment, None, to_milliseconds(NOW))
    rows = [
        ("staff", bytes([number]), f"T{number}", "fr", int(number == 2), *last)
        for number in range(count)
    ]
    put(connection, rows)


def test_rows_come_back_as_they_were_put(connection: Connection) -> None:
    people(connection, 3)

    rows = connection.execute(select(contact).order_by(contact.c.id)).all()

    assert [bytes(row.source_key) for row in rows] == [b"\0", b"\1", b"\2"]
    assert [row.easy_to_read for row in rows] == [False, False, True]
    assert rows[0].segment == {"service": "Été"}
    assert (rows[0].imported_at, rows[0].sealed, rows[0].active) == (NOW, None, True)


def test_a_row_that_is_there_is_not_put_again(connection: Connection) -> None:
    people(connection, 2)
    people(connection, 3)

    assert len(connection.execute(select(contact.c.id)).all()) == 3


def test_nothing_is_put_of_no_rows(connection: Connection) -> None:
    putting(connection.dialect, insert_or_ignore(connection, contact), NAMES)(connection, [])

    assert connection.execute(select(contact.c.id)).all() == []


def test_columns_out_of_order_are_refused_where_rows_have_no_names() -> None:
    statement = sqlite_insert(contact).values()

    with pytest.raises(ValueError, match="token"):
        putting(sqlite.dialect(), statement, ("token", "audience"))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_digests_are_found_among_others(connection: Connection, count: int) -> None:
    statement = insert_or_ignore(connection, contact)
    put = putting(connection.dialect, statement, NAMES)
    digests = [sha256(bytes([number])).digest() for number in range(4)]
    rest = ("fr", 0, "Europe/Paris", "FR", "{}", None, 1)
    put(connection, [("staff", one, one.hex(), *rest) for one in digests[:3]])

    mine = among(connection, contact.c.source_key, digests[3 - count :])

    found = connection.execute(select(contact.c.source_key).where(mine)).scalars()
    assert {bytes(one) for one in found} == set(digests[3 - count : 3])


@pytest.mark.parametrize("wanted", [[], [b"\1"], [b"\0", b"\2", b"\7"]])
def test_octets_are_found_among_others(connection: Connection, wanted: list[bytes]) -> None:
    people(connection, 3)

    mine = select(contact.c.source_key).where(among(connection, contact.c.source_key, wanted))

    found = {bytes(one) for one in connection.execute(mine).scalars()}
    assert found == {one for one in wanted if one != b"\7"}


def test_numbers_are_found_among_others(connection: Connection) -> None:
    people(connection, 3)
    every = list(connection.execute(select(contact.c.id)).scalars())

    mine = select(contact.c.id).where(among(connection, contact.c.id, [every[1], 10_000]))

    assert list(connection.execute(mine).scalars()) == [every[1]]


def test_addresses_are_looked_up_by_an_index(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = writer_engine(make_url(f"sqlite:///{path}"))
    with engine.begin() as connection:
        statement = select(address.c.id).where(address_is(connection, [b"1", b"2"]))
        compiled = statement.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all()
    engine.dispose()

    assert "SEARCH address USING COVERING INDEX" in plan[0].detail
