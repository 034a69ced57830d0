"""Planning a slot: the plan mark, the texts, a row for every member, the batches.

It goes by portions of the contacts, each a transaction, so that no opt-out waits behind a million
people. Everybody is decided as if all were at once: those that the portions before made count as
members still to come, not as people served before.

Everyone in the audience gets a row. Those who get no message carry the first reason that applies,
by CASE rather than by an anti-join that would drop them without a trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    update,
)

from scheduler.domain.calendar.campaigns import LEGAL_OBLIGATION
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState
from scheduler.domain.ids import SlotId
from scheduler.domain.planning import ContentText, PlanCount, SlotPlan
from scheduler.domain.values import frozen
from scheduler.store.planning import held_texts, marks
from scheduler.store.planning.batching import BATCH, NEW_BATCHES, Sizes, earlier_batches, size_of
from scheduler.store.planning.marks import Mark
from scheduler.store.planning.members import members_of
from scheduler.store.planning.shape import Shape, parameters_of, shape_of
from scheduler.store.schema.tables import (
    batch,
    contact,
    content,
    delivery,
    occurrence,
)
from scheduler.store.schema.types import UtcTime
from scheduler.store.statements.fixed_in import in_words
from scheduler.store.statements.upserts import insert_on
from scheduler.store.statistics import refresh_statistics

#: How long the first SMS to somebody waits for the e-mail of the same occurrence.
EMAIL_FIRST = timedelta(minutes=30)
#: Contacts of one portion: some tenths of a second, in which nobody's opt-out is written.
PORTION = 10_000


@frozen
class Step:
    """What planning a slot has come to, after a portion."""

    count: PlanCount
    #: All of its people are planned.
    done: bool


def plan_some(
    connection: Connection,
    plan: SlotPlan,
    now: datetime,
    batch_sizes: Mapping[str, int] | None = None,
    portion: int = PORTION,
) -> Step | None:
    """Plan the next portion of a slot's people; None when somebody else has planned it, or its
    occurrence was stopped. Raises UnderWay while another slot of the channel is being planned.

    A batch goes to one destination; ``batch_sizes`` names those that get another size than
    ``BATCH``.

    Call it in a transaction of its own. A slot brought forward by hand a second time, or one of
    ``top_up`` (its held texts were mended, people came to its place), is topped up: those who have
    a row keep it.
    """
    marks.take_turn(connection, plan.key.channel)
    if not marks.may_run(connection, plan.occurrence.occurrence_id):
        return None
    mark = marks.begin(connection, plan, now)
    if mark is None:
        return None
    # Again for each portion: a text that is renewed meanwhile is what the next ones send.
    contents = _keep_contents(connection, plan, plan.key.channel, plan.key.audience, plan.contents)
    for one in plan.shelf:
        _keep_contents(connection, plan, one.channel, one.audience, [one.text])
    held_texts.note(connection, plan.occurrence.occurrence_id, plan.held, now)
    upto = mark.after + portion
    first = _next_batch_number(connection, mark.slot_id)
    values = parameters_of(plan, contents) | _parameters_of_portion(plan, mark, upto, now)
    values["first"] = first
    sizes = tuple(sorted((batch_sizes or {}).items()))
    is_sqlite = connection.dialect.name == "sqlite"
    connection.execute(_deliveries(shape_of(plan), sizes, is_sqlite), values)
    numbered = {"slot": mark.slot_id, "first": first, "now": now}
    connection.execute(NEW_BATCHES, numbered)
    connection.execute(
        update(occurrence)
        .where(occurrence.c.id == plan.occurrence.occurrence_id)
        .where(in_words(occurrence.c.state, marks.BEFORE_RUNNING))
        .values(state=OccurrenceState.RUNNING, reason="")
    )
    reached = _counted(connection, plan, mark, upto)
    done = upto >= _last_contact(connection)
    if done:
        marks.end(connection, reached)
    else:
        marks.keep(connection, reached, now)
    if (done or not mark.after) and reached.waiting + reached.left_out >= BATCH:
        refresh_statistics(connection, delivery)
    count = PlanCount(
        slot_id=SlotId(mark.slot_id), waiting=reached.waiting, left_out=reached.left_out
    )
    return Step(count=count, done=done)


def _parameters_of_portion(
    plan: SlotPlan, mark: Mark, upto: int, now: datetime
) -> dict[str, object]:
    """What ``_deliveries`` is told of a portion: contacts after the mark, as far as ``upto``."""
    terms = plan.audience.channels[plan.key.channel]
    return {
        "slot": mark.slot_id,
        "being_planned": mark.slot_id,
        "made_before": mark.before,
        "after": mark.after,
        "upto": upto,
        "basis": LEGAL_OBLIGATION if plan.owed else terms.basis,
        "now": now,
        "later": now + EMAIL_FIRST,
    }


def _keep_contents(
    connection: Connection,
    plan: SlotPlan,
    channel: str,
    audience: str,
    texts: Sequence[ContentText],
) -> list[int]:
    """Keep each text unless the occurrence has it already; the kept one is what is sent."""
    mine = {
        "occurrence_id": plan.occurrence.occurrence_id,
        "channel": channel,
        "audience": audience,
    }
    # A later revision comes later, and is the one kept.
    found = select(content.c.variant, content.c.id).filter_by(**mine).order_by(content.c.revision)
    kept = {row.variant: row.id for row in connection.execute(found)}
    for text in texts:
        if text.variant not in kept:
            values = mine | {"variant": text.variant, "fingerprint": text.fingerprint}
            statement = insert(content).values(**values, source=text.source)
            kept[text.variant] = connection.execute(statement.returning(content.c.id)).scalar_one()
    return [kept[text.variant] for text in texts]


@lru_cache(maxsize=256)
def _deliveries(shape: Shape, sizes: Sizes, sqlite: bool) -> Any:
    """The one INSERT … SELECT: every member not yet in the occurrence on this channel.

    Materialized, so that each member's reason is worked out once. Batches are numbered by
    destination, and in it by contact: the ledger's own order.
    """
    found = members_of(shape).where(
        contact.c.id > bindparam("after", type_=BigInteger),
        contact.c.id <= bindparam("upto", type_=BigInteger),
    )
    # Without statistics SQLite would go through the whole audience by another index.
    found = found.with_hint(contact, "NOT INDEXED", "sqlite")
    members = found.cte("members").prefix_with("MATERIALIZED")
    waiting = members.c.reason.is_(None)
    turn = func.row_number().over(
        partition_by=[waiting, members.c.destination], order_by=members.c.contact_id
    )
    size = size_of(members.c.destination, sizes)
    earlier = earlier_batches(members, sizes)
    number = bindparam("first", type_=Integer) + earlier.c.batches + (turn - 1) // size
    rows = select(
        bindparam("occurrence", type_=BigInteger),
        members.c.contact_id,
        literal(shape.channel),
        bindparam("slot", type_=BigInteger),
        case((waiting, number), else_=None),
        members.c.address_id,
        members.c.content_id,
        bindparam("basis", type_=Text),
        members.c.consent_id,
        case((waiting, DeliveryState.WAITING.value), else_=DeliveryState.LEFT_OUT.value),
        func.coalesce(members.c.reason, ""),
        case(
            (members.c.gives_way, bindparam("later", type_=UtcTime)),
            else_=bindparam("now", type_=UtcTime),
        ),
    ).select_from(members.outerjoin(earlier, earlier.c.destination == members.c.destination))
    names = (
        "occurrence_id contact_id channel slot_id batch address_id content_id basis consent_id "
        "state reason at"
    )
    # Told from a join by a condition, and whoever was taken out of another slot is taken up here.
    rows = rows.where(literal(1) == 1)
    statement = insert_on(delivery, sqlite=sqlite).from_select(
        names.split(), rows, include_defaults=False
    )
    new = {name: statement.excluded[name] for name in names.split()[3:]}
    moved = and_(
        delivery.c.state == DeliveryState.LEFT_OUT, delivery.c.reason == LeftOut.MOVED.value
    )
    return statement.on_conflict_do_update(
        index_elements=["occurrence_id", "contact_id", "channel"], set_=new, where=moved
    )


def _next_batch_number(connection: Connection, slot_id: int) -> int:
    last = select(func.max(batch.c.number)).where(batch.c.slot_id == slot_id)
    return ((connection.execute(last)).scalar() or 0) + 1


def _last_contact(connection: Connection) -> int:
    return (connection.execute(select(func.max(contact.c.id)))).scalar() or 0


def _counted(connection: Connection, plan: SlotPlan, mark: Mark, upto: int) -> Mark:
    """The mark after a portion, with what it came to."""
    counts = (
        select(delivery.c.state, func.count().label("rows"))
        .where(delivery.c.occurrence_id == plan.occurrence.occurrence_id)
        .where(delivery.c.contact_id > mark.after, delivery.c.contact_id <= upto)
        .where(delivery.c.slot_id == mark.slot_id, delivery.c.id > mark.before)
        .group_by(delivery.c.state)
    )
    by_state = {row.state: row.rows for row in connection.execute(counts)}
    return replace(
        mark,
        after=upto,
        waiting=mark.waiting + by_state.get(DeliveryState.WAITING, 0),
        left_out=mark.left_out + by_state.get(DeliveryState.LEFT_OUT, 0),
    )
