"""A person's own way back: what they asked for ends, and what others asked doesn't.

At an address that somebody else closed it opens again for this person alone.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from scheduler.domain.consent.optout import THEIR_OWN, OptOut
from scheduler.domain.values import frozen
from scheduler.store.optouts.rows import Objection
from scheduler.store.schema.tables import suppression, way_back
from scheduler.store.statements.upserts import insert_or_ignore


@frozen
class Back:
    #: The opt-outs that ended, as they had been made.
    ended: Sequence[Objection]
    #: Contact and channel: where others' opt-outs hold on, and not for them.
    opened: Sequence[tuple[int, str]]


def come_back(
    connection: Connection,
    address_id: int,
    persons: Collection[int],
    channels: Collection[str],
    now: datetime,
    *,
    alone: bool,
) -> Back:
    """End what these contacts, all of one person, asked for on these channels.

    What is known by the address alone ends where nobody else has it (``alone``), and where nobody
    knows who is coming back.
    """
    theirs = suppression.c.contact_id.in_(persons)
    of_the_address = and_(
        suppression.c.address_id == address_id, suppression.c.contact_id.is_(None)
    )
    held = (
        suppression.c.lifted_at.is_(None),
        suppression.c.channel.in_(channels),
        suppression.c.reason.in_(THEIR_OWN),
    )
    lifted = connection.execute(
        suppression.update()
        .where(*held, or_(theirs, of_the_address) if alone or not persons else theirs)
        .values(lifted_at=now)
        .returning(suppression)
    ).all()
    left = select(suppression.c.channel).where(*held, suppression.c.address_id == address_id)
    others = set(connection.execute(left.distinct()).scalars()) if persons else set()
    opened = [(person, channel) for person in sorted(persons) for channel in sorted(others)]
    open_again(connection, [(person, address_id, channel, now) for person, channel in opened])
    return Back(ended=[_objection(row) for row in lifted], opened=opened)


def end(
    connection: Connection, address_id: int, channel: str, reasons: Collection[str], now: datetime
) -> list[Objection]:
    """What holds of an address for these reasons, which are nobody's own wish or were wrongly taken
    for one, has ended."""
    lifted = connection.execute(
        suppression.update()
        .where(suppression.c.address_id == address_id, suppression.c.channel == channel)
        .where(suppression.c.lifted_at.is_(None), suppression.c.reason.in_(reasons))
        .values(lifted_at=now)
        .returning(suppression)
    ).all()
    return [_objection(row) for row in lifted]


def open_again(connection: Connection, rows: Sequence[tuple[int, int, str, datetime]]) -> None:
    """Contact, address, channel and instant of each; the latest counts."""
    if not rows:
        return
    statement = insert_or_ignore(connection, way_back)
    latest = statement.on_conflict_do_update(
        index_elements=["contact_id", "address_id", "channel"],
        set_={"at": statement.excluded.at},
        where=way_back.c.at < statement.excluded.at,
    )
    names = ("contact_id", "address_id", "channel", "at")
    connection.execute(latest, [dict(zip(names, row, strict=True)) for row in rows])


def _objection(row: Any) -> Objection:
    act = OptOut(
        channel=row.channel, scope=row.scope, reason=row.reason, route=row.route, at=row.at
    )
    return Objection(address=row.address_id, contact=row.contact_id, act=act)
