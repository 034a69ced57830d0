"""What came back by mail, in the ledger: events, the addresses they end, and what is in doubt.

A report is repeated at will: its event is there once, and with it whatever it changes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.bounces import (
    FAILURES,
    REFUSED,
    BounceKind,
    BouncePolicy,
    Changes,
    Finding,
    Past,
    Proven,
    is_worn_out,
)
from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.consent import optout
from scheduler.domain.consent.optout import OptOut, Reason, Route
from scheduler.domain.consent.subscriptions import request_of
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import DeliveryId
from scheduler.domain.masking import one_line
from scheduler.store import audit
from scheduler.store.alarms import raise_alarm
from scheduler.store.answers import confirmation_bounces
from scheduler.store.optouts.reopening import opened_at
from scheduler.store.planning.occurrences import row_of, set_state
from scheduler.store.schema.tables import alarm, delivery, event, meta, occurrence
from scheduler.store.schema.types import from_milliseconds, to_milliseconds
from scheduler.store.sending import bursts
from scheduler.store.sending.events import note_event
from scheduler.store.sending.refused_addresses import Refusals
from scheduler.store.statements.upserts import insert_or_ignore

#: How long the alarm stays after the sending went on or ended.
CALM = timedelta(days=1)
#: Messages to an address that are looked back on.
MOST_PAST = 100

_CALMING = (REFUSED, AlarmKind.SENDER_CHALLENGED)
#: How the detail of an event begins that speaks of us.
_OURS = f"{BounceKind.POLICY} "
#: And how one begins that speaks of its domain's servers.
_THEIRS = f"{BounceKind.ROUTE} "
_SENT = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


def take(
    connection: Connection,
    refusals: Refusals,
    found: Sequence[Proven],
    policy: BouncePolicy,
    now: datetime,
) -> Changes:
    """Write a group of findings down, and do what they ask. Those on no delivery change nothing."""
    acts: list[tuple[int, OptOut]] = []
    refused: list[Refusal] = []
    paused = 0
    rows = _deliveries(connection, found)
    for one in found:
        request = request_of(one.delivery)
        if request is not None:
            acts += confirmation_bounces.acts(connection, request, one.finding, now)
            continue
        row = rows.get(one.delivery)
        if row is None or not note_event(connection, _event(one, now)):
            continue
        if one.finding.kind is BounceKind.CHALLENGE:
            _tell_of_challenges(connection, row, now)
        elif one.finding.kind is BounceKind.POLICY:
            paused += _stop(connection, row, one.finding, policy, now)
        elif row.address_id is None:
            continue
        elif one.finding.kind in (BounceKind.HARD, BounceKind.ROUTE):
            refused.append(_refusal(row, one.finding, now))
        else:
            acts += [(row.address_id, act) for act in _acts(connection, row, one, policy, now)]
    new = refusals.optouts.record(connection, acts)
    done = [act.reason for (_, act), is_new in zip(acts, new, strict=True) if is_new]
    taken = refusals.take(connection, refused, now)
    return Changes(
        bounced=done.count(Reason.BOUNCED) + taken.ended,
        complained=done.count(Reason.COMPLAINED),
        pending=taken.pending,
        paused=paused,
    )


def _refusal(row: Any, found: Finding, now: datetime) -> Refusal:
    """It may be the domain's fault rather than the address's."""
    return Refusal(
        address_id=row.address_id,
        delivery_id=row.id,
        route=Route.BOUNCE,
        blames_address=found.kind is BounceKind.HARD,
        at=now,
        said=f"{found.status or found.reply_code} {found.reason}: {found.words}",
    )


def calm(connection: Connection, now: datetime) -> int:
    """End the alarms of refusals that are a day old and hold no occurrence any more, and those of
    challenges that are as old. Domains whose last message stayed go on."""
    bursts.look(connection, now)
    statement = select(alarm.c.id, alarm.c.subject).where(
        alarm.c.kind.in_(_CALMING), alarm.c.cleared_at.is_(None), alarm.c.raised_at < now - CALM
    )
    held = select(occurrence).where(occurrence.c.state == OccurrenceState.PAUSED)
    paused = {row_of(row).id for row in connection.execute(held)}
    over = [row.id for row in connection.execute(statement) if row.subject not in paused]
    if over:
        connection.execute(update(alarm).where(alarm.c.id.in_(over)).values(cleared_at=now))
    return len(over)


def _deliveries(connection: Connection, found: Sequence[Proven]) -> dict[int, Any]:
    """Those that left, by number; a trial's number is nobody's."""
    numbers = {one.delivery for one in found if one.delivery <= _LARGEST}
    statement = select(delivery).where(delivery.c.id.in_(numbers), delivery.c.state.in_(_SENT))
    return {row.id: row for row in connection.execute(statement)}


#: Of a signed integer in either database.
_LARGEST = 2**63 - 1


def _event(one: Proven, now: datetime) -> Event:
    found = one.finding
    return Event(
        delivery_id=DeliveryId(one.delivery),
        provider_id="",
        kind=_event_kind(found),
        code=one_line(found.status or found.reply_code),
        detail=f"{found.kind} {found.reason}",
        at=now,
    )


def _event_kind(found: Finding) -> EventKind:
    if found.kind is BounceKind.COMPLAINT:
        return EventKind.COMPLAINED
    if found.kind in FAILURES:
        return EventKind.BOUNCED
    if found.kind is BounceKind.CHALLENGE:
        return EventKind.CHALLENGED
    return EventKind.DELIVERED


def _acts(
    connection: Connection, row: Any, one: Proven, policy: BouncePolicy, now: datetime
) -> list[OptOut]:
    kind = one.finding.kind
    if kind is BounceKind.COMPLAINT:
        return [optout.by_complaint(now, row.contact_id)]
    if kind is BounceKind.SOFT and is_worn_out(_history(connection, row), policy, now):
        return [optout.by_bounce(now)]
    return []


def _history(connection: Connection, row: Any) -> list[Past]:
    """What was sent to the same contact at the same address, latest first.

    What was refused for what we are, or for what its servers are, says nothing of the address, one
    way or the other; nor does what came before a person opened it again.
    """
    opened = opened_at(connection, row.address_id)
    sent = (
        select(delivery.c.id, delivery.c.at)
        .where(delivery.c.contact_id == row.contact_id, delivery.c.address_id == row.address_id)
        .where(delivery.c.channel == row.channel, delivery.c.state.in_(_SENT))
        .order_by(delivery.c.id.desc())
        .limit(MOST_PAST)
    )
    rows = connection.execute(sent).all()
    heard = connection.execute(
        select(event.c.delivery_id, event.c.kind, event.c.detail).where(
            event.c.delivery_id.in_([one.id for one in rows])
        )
    ).all()
    failed = {one.delivery_id for one in heard if one.kind == EventKind.BOUNCED}
    ours = {one.delivery_id for one in heard if one.detail.startswith((_OURS, _THEIRS))}
    delivered = {one.delivery_id for one in heard if one.kind == EventKind.DELIVERED}
    return [
        Past(sent_at=one.at, failed=one.id in failed, delivered=one.id in delivered)
        for one in rows
        if one.id not in ours and (opened is None or one.at > opened)
    ]


def _stop(
    connection: Connection, row: Any, found: Finding, policy: BouncePolicy, now: datetime
) -> int:
    """Call a person; pause the occurrence once enough of it was refused. How many were paused.

    What left before an earlier pause says nothing new: it doesn't stop what a person let go on.
    """
    if row.at <= _stopped_at(connection, row.occurrence_id):
        return 0
    whole = connection.execute(select(occurrence).where(occurrence.c.id == row.occurrence_id))
    one = row_of(whole.one())
    detail = one_line(f"{found.status or found.reply_code} {found.reason}: {found.words}")
    raise_alarm(connection, REFUSED, one.id, detail, now)
    if _refused(connection, row.occurrence_id, policy.policy_limit) < policy.policy_limit:
        return 0
    _note_stop(connection, row.occurrence_id, now)
    live = [OccurrenceState.RUNNING, OccurrenceState.SCHEDULED]
    if not set_state(connection, row.occurrence_id, OccurrenceState.PAUSED, only_from=live):
        return 0
    act = Act(actor="reflexe", act=AuditAct.PAUSE, subject=one.id, detail={"reason": REFUSED})
    audit.append(connection, [act], now)
    return 1


def _tell_of_challenges(connection: Connection, row: Any, now: datetime) -> None:
    """How many messages of an occurrence wait for somebody to confirm their sender."""
    whole = connection.execute(select(occurrence).where(occurrence.c.id == row.occurrence_id))
    statement = (
        select(func.count(event.c.delivery_id.distinct()))
        .join(delivery, delivery.c.id == event.c.delivery_id)
        .where(delivery.c.occurrence_id == row.occurrence_id)
        .where(event.c.kind == EventKind.CHALLENGED)
    )
    count = connection.execute(statement).scalar_one()
    detail = f"{count} wait for their sender to be confirmed"
    raise_alarm(connection, AlarmKind.SENDER_CHALLENGED, row_of(whole.one()).id, detail, now)


def _refused(connection: Connection, occurrence_id: int, limit: int) -> int:
    """Deliveries of an occurrence that were refused for what we are; ``limit`` at most."""
    some = (
        select(event.c.id)
        .join(delivery, delivery.c.id == event.c.delivery_id)
        .where(delivery.c.occurrence_id == occurrence_id, event.c.kind == EventKind.BOUNCED)
        .where(event.c.detail.startswith(_OURS))
        .limit(limit)
    )
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def _stopped_at(connection: Connection, occurrence_id: int) -> datetime:
    found = connection.execute(
        select(meta.c.value).where(meta.c.name == f"refused:{occurrence_id}")
    ).scalar()
    return from_milliseconds(int(found or 0))


def _note_stop(connection: Connection, occurrence_id: int, now: datetime) -> None:
    values = {"name": f"refused:{occurrence_id}", "value": str(to_milliseconds(now))}
    statement = insert_or_ignore(connection, meta).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": values["value"]})
    )
