"""Lists that are a part of their statement: it is written once, and its database reads them."""

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from scheduler.domain.delivery import DeliveryState
from scheduler.domain.planning import Awaited
from scheduler.store.planning.shape import before, places_of
from scheduler.store.schema.tables import delivery
from scheduler.store.statements.fixed_in import in_values, in_words
from tests.samples.ledger import PARIS, REUNION, STAFF

STATES = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


def test_words_of_ours_are_written_as_they_are_and_bind_nothing() -> None:
    compiled = select(delivery.c.id).where(in_words(delivery.c.state, STATES)).compile()

    assert str(compiled).endswith("WHERE delivery.state IN ('sent', 'uncertain')")
    assert not compiled.params


@pytest.mark.parametrize("word", ["", "it's", "a;b", "A", "é"])
def test_what_is_no_word_of_ours_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="bind them"):
        in_words(delivery.c.state, ["sent", word])


def test_values_are_bound_one_by_one_and_nothing_is_written_anew_each_time() -> None:
    hostile = ["email", "o'clock"]
    statement = select(delivery.c.id).where(in_values(delivery.c.channel, hostile))
    compiled = statement.compile(dialect=sqlite.dialect())

    assert str(compiled).endswith("WHERE delivery.channel IN (?, ?)")
    assert sorted(compiled.params.values()) == hostile


def test_a_place_that_was_planned_leaves_the_statement_of_the_next_as_it_was() -> None:
    """Those still to come fall away one by one, each at its own hour."""
    both, one = (Awaited(audience=STAFF, places=where) for where in ((REUNION, PARIS), (PARIS,)))

    assert before(both, "email", owed=False) == before(one, "email", owed=False)
    assert places_of([both]).keys() == places_of([one]).keys() == {"places_0"}
    assert places_of([one])["places_0"] == [(PARIS.zone, PARIS.territory)]
