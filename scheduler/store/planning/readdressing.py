"""What an import changed of those about to be written to: asked in the intent's own transaction.

A delivery keeps the address that it was planned for while it waits, and would be sent to one that
isn't its person's any more. Here it gets the address of the day, or the reason to leave it out.
One whose new address is delivered elsewhere goes into a batch of that destination.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from scheduler.domain.delivery import BatchState, DeliveryState, LeftOut
from scheduler.domain.readdressing import Facts, Step, decide
from scheduler.domain.sending import Claim
from scheduler.store.notes import note, note_of
from scheduler.store.planning.members import latest_proof, reasons_at
from scheduler.store.rules import KEPT, address_on, has_consent, in_audience
from scheduler.store.schema.states import is_not_left_out, stands_at
from scheduler.store.schema.tables import address, batch, contact, delivery, slot
from scheduler.store.statements.asking import Asking, asking
from scheduler.store.statements.compiled import once_a_kind
from scheduler.store.statements.numbers import as_told, is_one_of

#: Counts those who have to be planned for again: the planner looks when it has grown.
MOVED_NOTE = "moved"
#: Of an audience: its source, and its rule as a value that can be kept.
_Rule: TypeAlias = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]] | None
_WAITS = delivery.c.state == DeliveryState.WAITING
#: What a person reads of one in doubt.
CHANGED_SINCE = "their address has changed since"


def bring_up_to_date(
    connection: Connection,
    claim: Claim,
    deliveries: Collection[int],
    now: datetime,
) -> set[int]:
    """Those of these waiting deliveries that may leave as they are.

    Call it while the claim is held. What got another address is rendered anew before it leaves.
    """
    audience = claim.readers.audience
    rule = None if audience is None else (audience.source, _plain(audience.rule))
    about = (claim.channel, claim.topic, rule, claim.readers.carries_fiction)
    zone, territory = claim.place.zone, claim.place.territory
    these = as_told(connection.dialect, deliveries)
    if not _asked_changed(connection.dialect, *about)(connection, zone, territory, these):
        # As mostly.
        return set(deliveries)
    where = {"zone": zone, "territory": territory, "these": list(deliveries)}
    changed = connection.execute(_changed(*about), where).all()
    done: dict[LeftOut | Step, list[Any]] = defaultdict(list)
    for row, word in _decided(connection, claim, changed):
        done[word].append(row)
    for word, rows in done.items():
        if isinstance(word, LeftOut):
            _leave_out(connection, rows, word, now)
    _doubt(connection, done.get(Step.DOUBT, ()), now)
    _readdress(connection, claim, done.get(Step.READDRESS, ()))
    if done.get(LeftOut.MOVED):
        note(connection, MOVED_NOTE, str(moved_so_far(connection) + 1))
    stay = {row.id for row in done.get(Step.LEAVE, ())}
    return set(deliveries) - {row.id for row in changed} | stay


def moved_so_far(connection: Connection) -> int:
    return int(note_of(connection, MOVED_NOTE) or 0)


def is_todays(channel: str) -> ColumnElement[bool]:
    """Of a delivery: its address is the one that its person, still a member, has today."""
    return exists().where(
        contact.c.id == delivery.c.contact_id,
        contact.c.active == 1,
        contact.c[address_on(channel)] == delivery.c.address_id,
    )


def _plain(rule: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((field, tuple(values)) for field, values in rule.items())


@once_a_kind(KEPT)
def _asked_changed(
    dialect: Dialect, channel: str, topic: str, audience: _Rule, carries_fiction: bool
) -> Asking:
    """Whether there are any; told as the driver takes them."""
    statement = _changed(channel, topic, audience, carries_fiction)
    return asking(dialect, statement, ("zone", "territory", "these"))


@lru_cache(maxsize=KEPT)
def _changed(channel: str, topic: str, audience: _Rule, carries_fiction: bool) -> Select[Any]:
    """Members of whom something isn't as it was planned. Parameters: these, zone, territory.

    Asked for each group, so built once for what it depends on.
    """
    todays = contact.c[address_on(channel)]
    in_slot = and_(
        contact.c.zone == bindparam("zone"), contact.c.territory == bindparam("territory")
    )
    if audience is not None:
        source, rule = audience
        in_slot = and_(in_slot, in_audience(contact, source, dict(rule)))
    # A field that isn't there is in no rule, rather than unknown.
    in_slot = case((in_slot, true()), else_=false())
    agreed = or_(delivery.c.basis != "consent", has_consent(contact, channel))
    unusable: list[ColumnElement[bool]] = [address.c.id.is_(None), address.c.sealed.is_(None)]
    if not carries_fiction:
        unusable.append(address.c.fictional == 1)
    reasons = reasons_at(todays, or_(*unusable), channel, topic)
    new = delivery.c.address_id.is_distinct_from(todays)
    return (
        select(
            delivery.c.id,
            delivery.c.occurrence_id,
            delivery.c.slot_id,
            delivery.c.at,
            delivery.c.may_have_left,
            todays.label("todays"),
            address.c.destination,
            in_slot.label("in_slot"),
            case(*reasons, (~agreed, LeftOut.NO_CONSENT.value), else_=None).label("reason"),
            new.label("changed"),
            latest_proof(channel).label("proof"),
        )
        .select_from(delivery)
        .join(contact, contact.c.id == delivery.c.contact_id)
        .outerjoin(address, address.c.id == todays)
        .where(is_one_of(delivery.c.id, "these"), stands_at(DeliveryState.WAITING))
        .where(contact.c.active == 1, or_(new, ~in_slot, ~agreed))
        .order_by(delivery.c.contact_id)
    )


def _decided(
    connection: Connection, claim: Claim, rows: Sequence[Any]
) -> Iterable[tuple[Any, LeftOut | Step]]:
    taken = _taken(connection, claim, rows)
    for row in rows:
        others = taken.get(row.todays, set()) - {row.id}
        word = decide(
            Facts(
                in_slot=bool(row.in_slot),
                reason=LeftOut(row.reason) if row.reason else None,
                changed=bool(row.changed),
                may_have_left=bool(row.may_have_left),
                taken=bool(others),
            )
        )
        if word is Step.READDRESS:
            # The next of them with the same address gives way.
            taken.setdefault(row.todays, set()).add(row.id)
        yield row, word


def _taken(connection: Connection, claim: Claim, rows: Sequence[Any]) -> dict[int, set[int]]:
    """Who has these addresses in the occurrence, whatever became of them, unless left out."""
    statement = select(delivery.c.address_id, delivery.c.id).where(
        delivery.c.occurrence_id == rows[0].occurrence_id,
        delivery.c.channel == claim.channel,
        delivery.c.address_id.in_({row.todays for row in rows if row.todays is not None}),
        is_not_left_out(delivery),
    )
    found: dict[int, set[int]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.address_id, set()).add(row.id)
    return found


def _leave_out(connection: Connection, rows: Sequence[Any], reason: LeftOut, now: datetime) -> None:
    connection.execute(
        update(delivery)
        .where(delivery.c.id.in_([row.id for row in rows]), _WAITS)
        .values(state=DeliveryState.LEFT_OUT, reason=reason.value, at=now)
    )


def _doubt(connection: Connection, rows: Sequence[Any], now: datetime) -> None:
    if rows:
        connection.execute(
            update(delivery)
            .where(delivery.c.id.in_([row.id for row in rows]), _WAITS)
            .values(state=DeliveryState.UNCERTAIN, reason=CHANGED_SINCE, at=now)
        )


def _readdress(connection: Connection, claim: Claim, rows: Sequence[Any]) -> None:
    elsewhere: Mapping[str, list[Any]] = defaultdict(list)
    for row in rows:
        if row.destination != claim.destination:
            elsewhere[row.destination].append(row)
        mine = update(delivery).where(delivery.c.id == row.id, _WAITS)
        connection.execute(mine.values(address_id=row.todays, consent_id=row.proof))
    for destination, group in elsewhere.items():
        _open_batch(connection, claim.slot_id, destination, group)


def _open_batch(
    connection: Connection, slot_id: int, destination: str, rows: Sequence[Any]
) -> None:
    """Of their own: a batch goes to one destination, and another lane sends it."""
    # Those who number batches of a slot take turns.
    connection.execute(select(slot.c.id).where(slot.c.id == slot_id).with_for_update())
    last = connection.execute(select(func.max(batch.c.number)).where(batch.c.slot_id == slot_id))
    number = (last.scalar() or 0) + 1
    connection.execute(
        insert(batch).values(
            slot_id=slot_id,
            number=number,
            state=BatchState.OPEN,
            ready_at=min(row.at for row in rows),
            destination=destination,
        )
    )
    connection.execute(
        update(delivery).where(delivery.c.id.in_([row.id for row in rows])).values(batch=number)
    )
