"""Statements that are made once: a list of numbers as one value, and what is a statement's own."""

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.engine import make_url

from scheduler.domain.delivery import DeliveryState
from scheduler.store.asking import asking
from scheduler.store.numbers import is_one_of
from scheduler.store.schema.tables import delivery

SENT = select(delivery.c.id, delivery.c.state).where(
    is_one_of(delivery.c.id, "these"),
    delivery.c.state.in_([DeliveryState.SENT, DeliveryState.FAILED]),
)


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_list_of_numbers_names_its_rows_and_is_no_value_to_compare(name: str) -> None:
    text = " ".join(str(SENT.compile(dialect=make_url(f"{name}://").get_dialect()())).split())
    assert " = 1 " not in text
    assert " = true " not in text
    assert "delivery.id IN (SELECT value FROM json_each(" in text or "delivery.id = ANY(" in text


def test_what_is_asked_gets_its_own_words_and_what_it_is_told() -> None:
    engine = create_engine("sqlite://")
    asked = asking(engine.dialect, SENT, ("these",))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE delivery (id INTEGER PRIMARY KEY, state TEXT)")
        for number, state in enumerate(("sent", "waiting", "failed", "sent"), start=1):
            connection.exec_driver_sql("INSERT INTO delivery VALUES (?, ?)", (number, state))
        found = asked(connection, "[1, 2, 3]")
    engine.dispose()
    assert [tuple(one) for one in found] == [(1, "sent"), (3, "failed")]
