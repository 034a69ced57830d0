"""Outcomes of a turn, written by one statement: their rows go in as one value of JSON.

A statement a row cost more than the rest of the transaction; one whose text names five hundred
parameters is made anew for each number of rows. These two texts are made once.
"""

import json
from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, Text, bindparam, text

from scheduler.domain.answers.uncertain import OWNER_SILENT
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.store.schema.types import to_milliseconds

#: Only a row that the replica is sending changes, or one that was given up when it went silent:
#: nobody knows better. Once in doubt, always: what a later try says isn't about the earlier one.
#: What may have been accepted may cost what was reserved for it.
_SET = """
UPDATE delivery SET
 state = told.state, reason = told.reason, at = told.at, provider_id = told.provider_id,
 segments = told.segments, attempts = delivery.attempts - told.untried,
 may_have_left = CASE WHEN told.maybe = 1 THEN 1 ELSE delivery.may_have_left END,
 cost = CASE WHEN told.state = :uncertain THEN delivery.cost ELSE told.cost END
FROM ({rows}) AS told
WHERE delivery.id = told.id AND {mine}
 AND (delivery.state = :sending OR (delivery.state = :uncertain AND delivery.reason = :silent))
"""
_SQLITE = _SET.format(
    rows="""
 SELECT value ->> 'id' AS id, value ->> 'at' AS at, value ->> 'segments' AS segments,
  value ->> 'untried' AS untried, value ->> 'maybe' AS maybe, value ->> 'cost' AS cost,
  value ->> 'state' AS state, value ->> 'reason' AS reason, value ->> 'provider_id' AS provider_id
 FROM json_each(:told)""",
    mine="delivery.replica_id IS :replica",
)
_POSTGRES = _SET.format(
    rows="""
 SELECT * FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS row(id bigint, at bigint,
  segments integer, untried integer, maybe integer, cost integer, state text, reason text,
  provider_id text)""",
    mine="delivery.replica_id IS NOT DISTINCT FROM :replica",
)
_STATEMENTS = {
    dialect: text(statement).bindparams(
        bindparam("told", type_=Text),
        bindparam("replica", type_=BigInteger),
        sending=DeliveryState.SENDING.value,
        uncertain=DeliveryState.UNCERTAIN.value,
        silent=OWNER_SILENT,
    )
    for dialect, statement in (("sqlite", _SQLITE), ("postgresql", _POSTGRES))
}


def write(connection: Connection, outcomes: Sequence[Outcome], replica: int | None) -> None:
    told = json.dumps([_row(one) for one in outcomes])
    statement = _STATEMENTS[connection.dialect.name]
    connection.execute(statement, {"told": told, "replica": replica})


def _row(one: Outcome) -> dict[str, str | int]:
    return {
        "id": one.delivery_id,
        "state": one.state.value,
        "reason": one.reason,
        "at": to_milliseconds(one.next_at or one.at),
        "provider_id": one.provider_id,
        "segments": one.segments,
        "untried": int(one.untried),
        "maybe": int(one.may_have_left),
        "cost": one.cost,
    }
