"""What settles a doubt by itself: whoever speaks of a message has it, so it had left.

Its row becomes ``sent``, and its reason names the proof. Nothing else is changed: what is said of
the message beside that has its own event.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, exists, or_, select, update

from scheduler.domain.answers.uncertain import BEARS_TOKEN, Evidence
from scheduler.domain.channels import EMAIL
from scheduler.domain.consent.optout import ALL_CHANNELS, OptOut
from scheduler.domain.delivery import DeliveryState
from scheduler.store.schema.states import stands_at
from scheduler.store.schema.tables import delivery
from scheduler.store.statements.numbers import is_one_of

#: Those of some addresses that were sent something whose end isn't known.
_DOUBTED = select(delivery.c.address_id).where(
    stands_at(DeliveryState.UNCERTAIN), is_one_of(delivery.c.address_id, "addresses")
)
#: States in which a message, and with it the link in it, may have reached its reader.
_HAD = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


def by_mail(connection: Connection, deliveries: Collection[int]) -> int:
    """Their servers or readers answered by mail, with a token of ours; how many were in doubt."""
    statement = (
        update(delivery)
        .where(delivery.c.id.in_(deliveries), delivery.c.state == DeliveryState.UNCERTAIN)
        .where(delivery.c.channel == EMAIL.name)
        .values(state=DeliveryState.SENT, reason=Evidence.ANSWER.reason)
        .returning(delivery.c.id)
    )
    return len(connection.execute(statement).all())


def by_opt_outs(connection: Connection, acts: Iterable[tuple[int, OptOut]]) -> None:
    """Somebody pressed a link that only a message to them bears. It is the same link in all of
    them, so it proves the one in doubt only where they were sent no other on the channel."""
    told = [
        (address_id, act)
        for address_id, act in acts
        if act.route in BEARS_TOKEN and act.channel != ALL_CHANNELS
    ]
    if not told:
        return
    # One question of all of them: mostly nothing of anybody's is in doubt.
    of = {"addresses": [address_id for address_id, _ in told]}
    doubted = set(connection.scalars(_DOUBTED, of))
    for address_id, act in told:
        if address_id in doubted:
            _by_link(connection, address_id, act)


def _by_link(connection: Connection, address_id: int, act: OptOut) -> None:
    other = delivery.alias("other")
    here = delivery.c.channel == act.channel
    known = (delivery.c.state == DeliveryState.UNCERTAIN, here, delivery.c.at <= act.at)
    rows = connection.execute(
        select(delivery.c.id, delivery.c.contact_id).where(
            *known, delivery.c.address_id == address_id
        )
    ).all()
    if len(rows) != 1:
        return
    (row,) = rows
    if act.person is not None and row.contact_id != act.person:
        return
    had_another = exists().where(
        other.c.contact_id == row.contact_id,
        other.c.channel == act.channel,
        other.c.id != row.id,
        or_(other.c.state.in_(_HAD), other.c.may_have_left == 1),
    )
    connection.execute(
        update(delivery)
        .where(delivery.c.id == row.id, ~had_another)
        .values(state=DeliveryState.SENT, reason=Evidence.OPT_OUT.reason)
    )
