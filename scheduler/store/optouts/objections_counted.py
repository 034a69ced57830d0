"""Who asked for no more since a day, and after which message: to be counted, never to be named."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select, union

from scheduler.domain.consent.optout import ALL_CHANNELS, THEIR_OWN
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.objections_counted import ANSWERS, Objected, Occasion
from scheduler.store.schema.tables import contact, delivery, occurrence, suppression

#: Addresses asked about at once.
_SOME = 400


def since(connection: Connection, moment: datetime) -> list[Objected]:
    """One an act, as the ledger has it: what was lifted since was still said."""
    statement = (
        select(suppression.c.address_id, suppression.c.channel, suppression.c.at)
        .where(suppression.c.reason.in_(THEIR_OWN), suppression.c.at >= moment)
        .order_by(suppression.c.id)
    )
    acts = connection.execute(statement).all()
    sent = _sent(connection, {act.address_id for act in acts}, moment)
    return [
        Objected(address=act.address_id, at=act.at, after=_last(sent.get(act.address_id, ()), act))
        for act in acts
    ]


def _last(sent: Iterable[Any], act: Any) -> Occasion | None:
    """What had just reached them, on the channel that they left."""
    before = [
        one
        for one in sent
        if act.channel in (one.channel, ALL_CHANNELS) and act.at - ANSWERS <= one.at <= act.at
    ]
    if not before:
        return None
    last = max(before, key=lambda one: one.at)
    return last.campaign, last.episode, last.season, date.fromisoformat(last.local_date)


def _sent(
    connection: Connection, addresses: Collection[int], moment: datetime
) -> dict[int, list[Any]]:
    """What was sent to the contacts of each address, by way of the contact: that has an index."""
    found: dict[int, list[Any]] = {}
    wanted = sorted(addresses)
    for start in range(0, len(wanted), _SOME):
        for row in connection.execute(_of(wanted[start : start + _SOME], moment)):
            found.setdefault(row.address, []).append(row)
    return found


def _of(addresses: Collection[int], moment: datetime) -> Any:
    holders = union(
        *(
            select(column.label("address"), contact.c.id.label("contact")).where(
                column.in_(addresses)
            )
            for column in (contact.c.email_id, contact.c.phone_id)
        )
    ).subquery("holders")
    names = ("campaign", "episode", "season", "local_date")
    return (
        select(
            holders.c.address,
            delivery.c.channel,
            delivery.c.at,
            *(occurrence.c[name] for name in names),
        )
        .join(delivery, delivery.c.contact_id == holders.c.contact)
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .where(
            delivery.c.state == DeliveryState.SENT,
            delivery.c.at >= moment - ANSWERS,
            or_(delivery.c.address_id == holders.c.address, delivery.c.address_id.is_(None)),
        )
    )
