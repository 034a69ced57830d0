"""Statements that are made once: a list of numbers as one value, and what is a statement's own."""

import pytest
from sqlalchemy import bindparam, create_engine, select, update
from sqlalchemy.engine import make_url

from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.tables import contact, delivery
from scheduler.store.statements.asking import asking
from scheduler.store.statements.numbers import is_one_of

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


def test_a_statements_own_values_go_as_the_driver_takes_them() -> None:
    engine = create_engine("sqlite://")
    named = select(contact.c.id).where(contact.c.segment["service"].as_string() == "Urgences")
    asked = asking(engine.dialect, named, ())
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE contact (id INTEGER PRIMARY KEY, segment TEXT)")
        for number, service in enumerate(("Urgences", "Accueil"), start=1):
            row = (number, f'{{"service": "{service}"}}')
            connection.exec_driver_sql("INSERT INTO contact VALUES (?, ?)", row)
        found = asked(connection)
    engine.dispose()
    assert [tuple(one) for one in found] == [(1,)]


def test_what_gives_no_rows_is_done() -> None:
    engine = create_engine("sqlite://")
    moved = update(delivery).where(is_one_of(delivery.c.id, "these")).values(state=bindparam("to"))
    told = asking(engine.dialect, moved, ("these", "to"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE delivery (id INTEGER PRIMARY KEY, state TEXT)")
        connection.exec_driver_sql("INSERT INTO delivery VALUES (1, 'a'), (2, 'b')")
        told.does(connection, "[2]", "c")
        found = connection.exec_driver_sql("SELECT state FROM delivery ORDER BY id").all()
    engine.dispose()
    assert [one for (one,) in found] == ["a", "c"]
