"""A statement is worked out once, whichever ledger it is first said to."""

from pathlib import Path

from sqlalchemy import Dialect, Engine, event, func, literal, select
from sqlalchemy.engine import make_url

from scheduler.store.connecting import sqlite_engine
from scheduler.store.statements.compiled import SHARED, once_a_kind


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


def test_what_is_made_for_a_ledger_is_made_once_for_its_kind_and_for_each_other_word() -> None:
    made: list[tuple[str, str]] = []

    @once_a_kind(8)
    def make(dialect: Dialect, word: str) -> str:
        made.append((dialect.name, word))
        return f"{word} on {dialect.name}"

    def dialect(name: str) -> Dialect:
        return make_url(f"{name}://").get_dialect()()

    asked = [("sqlite", "a"), ("sqlite", "a"), ("sqlite", "b"), ("postgresql", "a")]

    assert [make(dialect(name), word) for name, word in asked] == [
        *("a on sqlite", "a on sqlite", "b on sqlite", "a on postgresql")
    ]
    assert made == [("sqlite", "a"), ("sqlite", "b"), ("postgresql", "a")]
