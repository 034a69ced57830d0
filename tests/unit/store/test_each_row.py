"""A condition that is asked of each row says the same beside others, on both databases."""

import pytest
from sqlalchemy import Boolean, column, or_, select
from sqlalchemy.engine import make_url

from scheduler.store.statements.each_row import of_each_row

ONE, OTHER, THIRD = column("one", Boolean), column("other", Boolean), column("third", Boolean)


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("sqlite", "WHERE third = 1 AND (one = 1 OR other = 1)"),
        ("postgresql", "WHERE third AND CASE WHEN (one OR other) THEN TRUE ELSE FALSE END"),
    ],
)
def test_either_of_two_stays_one_condition(database: str, said: str) -> None:
    """Without brackets SQLite would take every row of which the last is true."""
    statement = select(ONE).where(THIRD, *of_each_row(or_(ONE, OTHER)))

    dialect = make_url(f"{database}://").get_dialect()()
    assert said in " ".join(str(statement.compile(dialect=dialect)).split())
