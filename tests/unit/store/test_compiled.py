"""A statement is worked out once, whichever ledger it is first said to."""

from pathlib import Path

from sqlalchemy import Engine, event, func, literal, select
from sqlalchemy.engine import make_url

from scheduler.store.connecting import sqlite_engine
from scheduler.store.statements.compiled import SHARED


def engine(path: Path) -> Engine:
    return sqlite_engine(make_url(f"sqlite:///{path}"), durable=False, writes=True)


def test_a_statement_is_compiled_once_for_two_ledgers(tmp_path: Path) -> None:
    first, second = engine(tmp_path / "1.db"), engine(tmp_path / "2.db")
    seen: list[object] = []
    for one in (first, second):
        event.listen(one, "after_cursor_execute", lambda *told: seen.append(told[4].compiled))

    for number, one in enumerate((first, second)):
        # Of no other test: the label makes it this one's.
        statement = select(func.abs(literal(-number)).label("once_for_two_ledgers"))
        with one.begin() as connection:
            assert connection.execute(statement).scalar_one() == number
        one.dispose()

    mine = [one for one in seen if one is not None]
    assert len(mine) == 2
    assert mine[0] is mine[1]


def test_each_kind_of_database_has_its_own() -> None:
    shared = SHARED["compiled_cache"]

    class Dialect:
        driver = "x"
        server_version_info = (1,)

        def __init__(self, name: str) -> None:
            self.name = name

    shared[(Dialect("one kind"), "statement")] = "its words"

    assert shared.get((Dialect("one kind"), "statement")) == "its words"
    assert shared.get((Dialect("another kind"), "statement")) is None
