"""The state of a delivery as the indexes know it.

A bound value is unknown when a statement is prepared, and no index of some states alone is then
taken: the whole table would be read for the few rows that are in one. And SQLite, which looks into
the value all the same, prepares the statement anew each time that one is bound: of a turn's four
statements this took 2.5 ms, as long as two hundred of its rows.

On PostgreSQL an update stays within its page only where no column of any index changed, nor of an
index's condition. A state changes twice while a message is sent, so no index there names one: a
delivery is found by a column that says one thing of it and keeps its value (``left_out``,
``gave_way``, ``in_doubt``, made by the database), or by its batch. A statement must ask for that
beside the state. SQLite, which has no such rule, has indexes of some states.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, and_, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.store.schema.tables import delivery

#: Batches that may have something on the wire: see ``batch.settled``. Each is looked into by
#: itself, for how many they are is nothing that the server's planner could guess.
_ON_THE_WIRE = """
delivery.id = ANY(ARRAY(SELECT mine.id FROM batch AS held CROSS JOIN LATERAL (
 SELECT one.id FROM delivery AS one
 WHERE one.slot_id = held.slot_id AND one.batch = held.number AND one.state = 'sending' OFFSET 0
) AS mine WHERE held.settled <> held.epoch))
"""
_IN_OPEN_BATCH = """
(delivery.slot_id, delivery.batch) IN (SELECT b.slot_id, b.number FROM batch AS b
 WHERE b.state = 'open')
"""


class _FoundBy(FunctionElement[bool]):
    """A condition, and what PostgreSQL finds its rows by, which is true of each of them."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """Brackets of its own."""
        return self


@compiles(_FoundBy)
def _asked(element: _FoundBy, compiler: Any, **options: Any) -> str:
    condition, _ = element.clauses
    return f"({compiler.process(condition, **options)})"


@compiles(_FoundBy, "postgresql")
def _asked_of_server(element: _FoundBy, compiler: Any, **options: Any) -> str:
    condition, found = (compiler.process(one, **options) for one in element.clauses)
    return f"({condition} AND {found})"


def _found_by(condition: ColumnElement[bool], found: str) -> ColumnElement[bool]:
    return _FoundBy(condition, literal_column(found, Boolean()))


def stands_at(state: DeliveryState) -> ColumnElement[bool]:
    """``delivery`` is in this state."""
    stands = delivery.c.state == literal_column(f"'{state.value}'")
    if state is DeliveryState.UNCERTAIN:
        return _found_by(stands, "delivery.in_doubt")
    return stands


def is_on_the_wire() -> ColumnElement[bool]:
    """``delivery`` is being sent; for whoever doesn't know which."""
    return _found_by(stands_at(DeliveryState.SENDING), _ON_THE_WIRE)


def is_awaited() -> ColumnElement[bool]:
    """``delivery`` waits; for whoever knows neither which nor its batch."""
    return _found_by(stands_at(DeliveryState.WAITING), _IN_OPEN_BATCH)


def is_not_left_out(row: FromClause) -> ColumnElement[bool]:
    """Of ``delivery``, or an alias of it: its address in the occurrence is taken."""
    stands = row.c.state != literal_column(f"'{DeliveryState.LEFT_OUT.value}'")
    return _found_by(stands, f"NOT {row.name}.left_out")  # type: ignore[attr-defined]


def gave_way() -> ColumnElement[bool]:
    """``delivery`` was left out for another's at the same address."""
    stands = and_(
        stands_at(DeliveryState.LEFT_OUT),
        delivery.c.reason == literal_column(f"'{LeftOut.DUPLICATE.value}'"),
    )
    return _found_by(stands, "delivery.gave_way")
