"""Counts by query, at any time.

planned = sent + left-out + failed + uncertain + cancelled + waiting
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, case, func, or_, select

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.people.imports import SAMPLE_ORIGIN, UNTOLD_AFTER, Untold
from scheduler.domain.showing.report import AlarmRow, Count, ReceivedText, UnmetWish
from scheduler.store.reading.arrived import arrival
from scheduler.store.rules import has_received
from scheduler.store.schema.states import is_not_left_out
from scheduler.store.schema.tables import (
    alarm,
    contact,
    content,
    delivery,
    import_,
    occurrence,
    slot,
)


def counts(connection: Connection, occurrences: Iterable[int] = ()) -> list[Count]:
    """Deliveries by occurrence, audience, channel, territory, state, reason and arrival."""
    single = select(
        delivery.c.slot_id,
        delivery.c.occurrence_id,
        delivery.c.segments,
        delivery.c.cost,
        _state(),
        _reason(),
        arrival(),
    )
    wanted = list(occurrences)
    if wanted:
        single = single.where(delivery.c.occurrence_id.in_(wanted))
    each = single.subquery("each")
    by = (
        occurrence.c.campaign,
        occurrence.c.episode,
        occurrence.c.season,
        occurrence.c.local_date,
        slot.c.audience,
        slot.c.channel,
        slot.c.territory,
        each.c.state,
        each.c.reason,
        each.c.arrival,
    )
    statement = (
        select(
            *by,
            func.count().label("rows"),
            func.sum(each.c.segments).label("segments"),
            func.sum(each.c.cost).label("cost"),
        )
        .select_from(each)
        .join(slot, slot.c.id == each.c.slot_id)
        .join(occurrence, occurrence.c.id == each.c.occurrence_id)
        .group_by(*by)
        .order_by(occurrence.c.local_date, *by)
    )
    return [_count(row) for row in connection.execute(statement)]


def _state() -> Any:
    """``sending`` counts as waiting: its outcome is not known yet."""
    sending = delivery.c.state == DeliveryState.SENDING
    return case((sending, DeliveryState.WAITING.value), else_=delivery.c.state).label("state")


def _reason() -> Any:
    """A reason only where it ends a row: what a waiting row last met is not a result."""
    ended = delivery.c.state.in_([DeliveryState.LEFT_OUT, DeliveryState.FAILED])
    return case((ended, delivery.c.reason), else_="").label("reason")


def _count(row: Any) -> Count:
    return Count(
        occurrence=_name(row),
        audience=row.audience,
        channel=row.channel,
        territory=row.territory,
        state=DeliveryState(row.state),
        reason=row.reason,
        rows=row.rows,
        segments=int(row.segments or 0),
        cost=int(row.cost or 0),
        arrival=Arrival(row.arrival) if row.arrival else None,
    )


def received(connection: Connection, occurrence_id: OccurrenceId) -> list[ReceivedText]:
    """The texts of an occurrence that somebody received, and how many each."""
    names = ("id", "channel", "audience", "variant", "revision", "fingerprint")
    columns = [content.c[name] for name in names]
    statement = (
        select(*columns, func.count().label("sent"))
        .join(delivery, delivery.c.content_id == content.c.id)
        .where(content.c.occurrence_id == occurrence_id, delivery.c.state == DeliveryState.SENT)
        .group_by(*columns)
        .order_by(*columns[1:5])
    )
    return [
        ReceivedText(
            content_id=one.id,
            channel=one.channel,
            audience=one.audience,
            variant=one.variant,
            revision=one.revision,
            fingerprint=one.fingerprint,
            sent=one.sent,
        )
        for one in connection.execute(statement)
    ]


def open_alarms(connection: Connection) -> list[AlarmRow]:
    """What needs a person, oldest first."""
    statement = select(alarm).where(alarm.c.cleared_at.is_(None)).order_by(alarm.c.id)
    return [
        AlarmRow(kind=row.kind, subject=row.subject, detail=row.detail, raised_at=row.raised_at)
        for row in connection.execute(statement)
    ]


def people_are_invented(connection: Connection) -> bool:
    """Nobody came in but from the samples that are shipped."""
    others = select(import_.c.id).where(import_.c.origin != SAMPLE_ORIGIN).limit(1)
    if connection.execute(others).first() is not None:
        return False
    joined = select(contact.c.id).where(contact.c.import_id.is_(None)).limit(1)
    return connection.execute(joined).first() is None


def unmet_wishes(connection: Connection) -> list[UnmetWish]:
    """Of what was sent: who got another text than the one they asked for."""
    asked = case(
        (contact.c.easy_to_read == 1, contact.c.language + "-falc"), else_=contact.c.language
    )
    by = (delivery.c.channel, contact.c.language, contact.c.easy_to_read)
    statement = (
        select(
            *by,
            func.count(contact.c.id.distinct()).label("people"),
            func.count(delivery.c.occurrence_id.distinct()).label("occurrences"),
        )
        .join(contact, contact.c.id == delivery.c.contact_id)
        .join(content, content.c.id == delivery.c.content_id)
        .where(delivery.c.state == DeliveryState.SENT, content.c.variant != asked)
        .group_by(*by)
        .order_by(*by)
    )
    return [
        UnmetWish(
            channel=row.channel,
            language=row.language,
            easy_to_read=bool(row.easy_to_read),
            people=row.people,
            occurrences=row.occurrences,
        )
        for row in connection.execute(statement)
    ]


def never_told(connection: Connection, now: datetime) -> list[Untold]:
    """The imports of others' files whose people have waited too long to be told, oldest first. A
    file of our own, whose people were told when they were asked, is none of them."""
    elsewhere = and_(import_.c.own == 0, import_.c.origin != SAMPLE_ORIGIN)
    waits = and_(
        contact.c.active == 1,
        contact.c.imported_at <= now - UNTOLD_AFTER,
        or_(contact.c.email_id.is_not(None), contact.c.phone_id.is_not(None)),
        ~has_received(contact.c.id),
    )
    columns = (import_.c.id, import_.c.audience, import_.c.origin, import_.c.at)
    statement = (
        select(*columns, func.count().label("people"))
        .join(contact, contact.c.import_id == import_.c.id)
        .where(elsewhere, waits)
        .group_by(*columns)
        .order_by(import_.c.id)
    )
    return [
        Untold(audience=row.audience, origin=row.origin, at=row.at, people=row.people)
        for row in connection.execute(statement)
    ]


def any_real_delivery(connection: Connection) -> bool:
    """Whether anything was ever planned in this ledger."""
    return (connection.execute(select(delivery.c.id).limit(1))).first() is not None


def same_day(connection: Connection) -> list[tuple[str, str, str, str, int]]:
    """(occurrence, other, channel, local date, people) where two meet on one person's day.

    Local days are worked out here for the few slots there are; the people are counted by query.
    """
    slots = (
        connection.execute(
            select(
                slot.c.id,
                slot.c.channel,
                slot.c.zone,
                slot.c.due_at,
                occurrence.c.id.label("occurrence"),
                occurrence.c.campaign,
                occurrence.c.episode,
                occurrence.c.season,
                occurrence.c.local_date,
            ).join(occurrence)
        )
    ).all()
    days: dict[tuple[str, str], list[Any]] = {}
    for row in slots:
        day = row.due_at.astimezone(ZoneInfo(row.zone)).date().isoformat()
        days.setdefault((row.channel, day), []).append(row)
    found: Counter[tuple[str, str, str, str]] = Counter()
    for (channel, day), rows in days.items():
        for first, second in combinations(rows, 2):
            if first.occurrence != second.occurrence:
                people = _in_both(connection, first, second)
                if people:
                    found[_name(first), _name(second), channel, day] += people
    return [(*key, people) for key, people in sorted(found.items())]


def _name(row: Any) -> str:
    return printed_id(row.campaign, row.episode, row.season, row.local_date)


def _in_both(connection: Connection, first: Any, second: Any) -> int:
    """By address: a person in two audiences is two contacts."""
    other = delivery.alias("other")
    same = and_(
        other.c.occurrence_id == second.occurrence,
        other.c.channel == delivery.c.channel,
        other.c.address_id == delivery.c.address_id,
    )
    statement = (
        select(func.count())
        .select_from(delivery.join(other, same))
        .where(delivery.c.occurrence_id == first.occurrence)
        .where(delivery.c.slot_id == first.id, other.c.slot_id == second.id)
        .where(is_not_left_out(delivery), is_not_left_out(other))
    )
    return int((connection.execute(statement)).scalar_one())
