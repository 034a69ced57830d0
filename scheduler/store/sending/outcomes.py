"""Outcomes of a turn, written by one statement for those that are alike: their rows go in as one
value of JSON.

A statement a row cost more than the rest of the transaction; one whose text names five hundred
parameters is made anew for each number of rows. These two texts are made once. What a whole turn
has in common (a state, a cost) is bound once: a cell of JSON takes as long to read as it takes to
find the row.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Dialect, Integer, Text, bindparam, text

from scheduler.domain.answers.uncertain import OWNER_SILENT
from scheduler.domain.delivery import Outcome
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind

#: Only a row that the replica is sending changes, or one that was given up when it went silent:
#: nobody knows better. Once in doubt, always: what a later try says isn't about the earlier one.
#: What may have been accepted may cost what was reserved for it.
_SET = """
UPDATE delivery SET
 state = :state, reason = told.reason, at = told.at, provider_id = told.provider_id,
 segments = :segments, attempts = delivery.attempts - :untried,
 may_have_left = CASE WHEN :maybe = 1 THEN 1 ELSE delivery.may_have_left END,
 cost = CASE WHEN :state = 'uncertain' THEN delivery.cost ELSE :cost END
FROM ({rows}) AS told
WHERE delivery.id = told.id AND {mine}
 AND (delivery.state = 'sending' OR (delivery.state = 'uncertain' AND delivery.reason = :silent))
"""
_SQLITE = _SET.format(
    rows="""
 SELECT value ->> 0 AS id, value ->> 1 AS at, value ->> 2 AS provider_id, value ->> 3 AS reason
 FROM json_each(:told)""",
    mine="delivery.replica_id IS :replica",
)
_POSTGRES = _SET.format(
    rows="""
 SELECT CAST(value ->> 0 AS bigint) AS id, CAST(value ->> 1 AS bigint) AS at,
  value ->> 2 AS provider_id, value ->> 3 AS reason
 FROM jsonb_array_elements(CAST(:told AS jsonb)) AS each(value)""",
    mine="delivery.replica_id IS NOT DISTINCT FROM :replica",
)
_STATEMENTS = {
    dialect: text(statement).bindparams(
        bindparam("told", type_=Text),
        bindparam("replica", type_=BigInteger),
        bindparam("state", type_=Text),
        *(bindparam(name, type_=Integer) for name in ("segments", "untried", "maybe", "cost")),
        silent=OWNER_SILENT,
    )
    for dialect, statement in (("sqlite", _SQLITE), ("postgresql", _POSTGRES))
}


#: What ``_alike`` groups by, as the statements name it.
_SHARED = ("state", "segments", "untried", "maybe", "cost")


def write(connection: Connection, outcomes: Sequence[Outcome], replica: int | None) -> None:
    tell = _told(connection.dialect)
    for shared, rows in _alike(outcomes).items():
        tell.does(connection, *shared, json.dumps(rows), replica)


@once_a_kind(16)
def _told(dialect: Dialect) -> Asking:
    return asking(dialect, _STATEMENTS[dialect.name], (*_SHARED, "told", "replica"))


def _alike(outcomes: Sequence[Outcome]) -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    """What each has of its own, by what it has in common with others."""
    alike: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for one in outcomes:
        shared = (one.state.value, one.segments, int(one.untried), int(one.may_have_left), one.cost)
        at = to_milliseconds(one.next_at or one.at)
        alike[shared].append((one.delivery_id, at, one.provider_id, one.reason))
    return alike
