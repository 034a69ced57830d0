"""What a provider says later of a message, and what that asks of us: all in one transaction.

It may be said twice, late, out of order, and before the answer to the request: with the same end.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from scheduler.domain.alarms.raising import MANY_BLOCKED, MESSAGES_BLOCKED
from scheduler.domain.answers.events import Consequence, Event
from scheduler.domain.consent import optout
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.people.countries import country_of
from scheduler.store.alarms import raise_alarm
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.schema.tables import delivery, event, occurrence, slot
from scheduler.store.sending import halts
from scheduler.store.sending.events import is_meant, note_event
from scheduler.store.sending.retrying import wait_again

_MAY_LEAVE_AGAIN = (Consequence.TRY_AGAIN, Consequence.HALT)


def take(connection: Connection, optouts: OptOutWriter, found: Event) -> bool:
    """Write an event down and do what it asks; False when it says nothing new."""
    row = _meant(connection, found)
    if row is None:
        return False
    again = found.consequence in _MAY_LEAVE_AGAIN and wait_again(connection, row, found)
    new = again or note_event(connection, found)
    if new:
        _follow(connection, optouts, row, found)
    return new


def take_all(connection: Connection, optouts: OptOutWriter, found: Sequence[Event]) -> int:
    """The same of many; how many say something new."""
    return sum(take(connection, optouts, one) for one in found)


def _meant(connection: Connection, found: Event) -> Any | None:
    """The delivery, locked where others may write: what is said of it is taken one by one."""
    statement = (
        select(
            delivery,
            slot.c.not_after,
            occurrence.c.campaign,
            occurrence.c.episode,
            occurrence.c.season,
            occurrence.c.local_date,
            occurrence.c.state.label("occurrence_state"),
        )
        .join(slot, slot.c.id == delivery.c.slot_id)
        .join(occurrence, occurrence.c.id == delivery.c.occurrence_id)
        .where(is_meant(found))
        .with_for_update(of=delivery)
    )
    return connection.execute(statement).first()


def _follow(connection: Connection, optouts: OptOutWriter, row: Any, found: Event) -> None:
    match found.consequence:
        case Consequence.OPT_OUT | Consequence.SUPPRESS if row.address_id is not None:
            is_theirs = found.consequence is Consequence.OPT_OUT
            by = optout.by_provider if is_theirs else optout.by_bad_address
            optouts.record(connection, [(row.address_id, by(row.channel, found.at))])
        case Consequence.STOP_COUNTRY if row.address_id is not None:
            _close_country(connection, optouts, row, found)
        case Consequence.HALT:
            reason = f"{found.code} {found.detail}".strip()
            halts.raise_later(
                connection, row.campaign, row.channel, reason, sent_at=row.at, now=found.at
            )
        case Consequence.COUNT_BLOCKED:
            _count_blocked(connection, row, found)


def _close_country(connection: Connection, optouts: OptOutWriter, row: Any, found: Event) -> None:
    country = country_of(optouts.opened(connection, row.address_id))
    if country:
        reason = f"{found.code} {found.detail}".strip()
        halts.raise_later(connection, country, row.channel, reason, sent_at=row.at, now=found.at)


def _count_blocked(connection: Connection, row: Any, found: Event) -> None:
    some = (
        select(event.c.id)
        .join(delivery, delivery.c.id == event.c.delivery_id)
        .where(delivery.c.occurrence_id == row.occurrence_id, event.c.code == found.code)
        .limit(MANY_BLOCKED)
    )
    blocked = connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    if blocked >= MANY_BLOCKED:
        name = printed_id(row.campaign, row.episode, row.season, row.local_date)
        detail = f"{found.code} {found.detail}".strip()
        raise_alarm(connection, MESSAGES_BLOCKED, name, detail, found.at)
