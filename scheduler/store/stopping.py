"""The stop of every channel by hand: a row of ``meta``, asked in the statements that let a message
leave. So it holds from the moment it is written, whoever sends, and survives a restart."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.alarms.raising import STOPPED_BY_HAND
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.showing.report import Standing
from scheduler.store import audit, delivery_counts
from scheduler.store.alarms import clear_alarm, raise_alarm
from scheduler.store.schema.states import is_on_the_wire
from scheduler.store.schema.tables import delivery, meta, occurrence
from scheduler.store.statements.upserts import insert_or_ignore

#: What the alarm and the audit log call it.
SUBJECT = "every channel"

_NAME = AlarmKind.STOPPED_BY_HAND


def may_send() -> ColumnElement[bool]:
    """Nobody has stopped the sending: a condition of any statement that lets something leave."""
    return ~exists().where(meta.c.name == _NAME)


def is_stopped(connection: Connection) -> bool:
    return connection.execute(select(meta.c.name).where(meta.c.name == _NAME)).first() is not None


def stop_all(connection: Connection, by: str, now: datetime) -> bool:
    """No intent is taken from now on; False when it is stopped already."""
    statement = insert_or_ignore(connection, meta).values(name=_NAME, value=by)
    stopped = statement.on_conflict_do_nothing().returning(meta.c.name)
    if connection.execute(stopped).first() is None:
        return False
    raise_alarm(connection, STOPPED_BY_HAND, SUBJECT, by, now)
    audit.append(connection, [Act(actor=by, act=AuditAct.STOP_ALL, subject=SUBJECT)], now)
    return True


def resume_all(connection: Connection, by: str, now: datetime) -> bool:
    """Go on where everything stopped; False when nothing was."""
    if not forget_stop(connection):
        return False
    clear_alarm(connection, STOPPED_BY_HAND, SUBJECT, now)
    audit.append(connection, [Act(actor=by, act=AuditAct.RESUME_ALL, subject=SUBJECT)], now)
    return True


def forget_stop(connection: Connection) -> bool:
    """Without a trace: for a copy that sends nothing real."""
    return bool(connection.execute(delete(meta).where(meta.c.name == _NAME)).rowcount)


def standing(connection: Connection) -> Standing:
    """How far the occurrences under way are."""
    found = under_way(connection)
    return Standing(
        sent=found.get(DeliveryState.SENT, 0),
        waiting=found.get(DeliveryState.WAITING, 0),
        in_flight=found.get(DeliveryState.SENDING, 0),
    )


def under_way(connection: Connection) -> dict[DeliveryState, int]:
    """Deliveries of the occurrences that are running or paused, by state."""
    live = select(occurrence.c.id).where(
        occurrence.c.state.in_([OccurrenceState.RUNNING, OccurrenceState.PAUSED])
    )
    return _by_state(connection, list(connection.execute(live).scalars()))


def standing_of(connection: Connection, occurrence_id: OccurrenceId) -> Standing:
    """Where the deliveries of one occurrence stand."""
    found = _by_state(connection, [occurrence_id])
    return Standing(
        sent=found.get(DeliveryState.SENT, 0),
        waiting=found.get(DeliveryState.WAITING, 0),
        in_flight=found.get(DeliveryState.SENDING, 0),
        cancelled=found.get(DeliveryState.CANCELLED, 0),
    )


def _by_state(connection: Connection, occurrences: Sequence[int]) -> dict[DeliveryState, int]:
    """As the database counts them itself, and those that are being handed over apart."""
    found: Counter[DeliveryState] = Counter()
    for one in delivery_counts.of_occurrences(connection, occurrences):
        found[one.state] += one.rows
    sending = connection.execute(
        select(func.count()).where(
            is_on_the_wire(),
            delivery.c.occurrence_id.in_(occurrences),
        )
    ).scalar_one()
    found[DeliveryState.SENDING] += sending
    # Two looks at one ledger: an intent may have been taken between them.
    found[DeliveryState.WAITING] -= min(sending, found[DeliveryState.WAITING])
    return {state: rows for state, rows in found.items() if rows}
