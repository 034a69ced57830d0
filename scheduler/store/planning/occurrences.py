"""Occurrences in the ledger: made from the calendar, moved while they wait."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select, update

from scheduler.domain.calendar.campaigns import Audience, Occurrence, Place
from scheduler.domain.delivery import BatchState, OccurrenceState, SlotState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.occurrence_ids import named, plain_id
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.store.planning.readdressing import moved_so_far
from scheduler.store.rules import in_audience
from scheduler.store.schema.states import is_on_the_wire
from scheduler.store.schema.tables import (
    batch,
    campaign,
    contact,
    delivery,
    import_,
    occurrence,
    slot,
)
from scheduler.store.schema.types import from_milliseconds
from scheduler.store.statements.upserts import insert_or_ignore


def enable_campaigns(
    connection: Connection, enabled: Iterable[str], now: datetime, *, whole: bool = True
) -> dict[str, datetime]:
    """Note which campaigns are on, and since when; those no longer on lose their date, unless they
    aren't ``whole``."""
    names = set(enabled)
    on = select(campaign).where(campaign.c.enabled_at.is_not(None))
    known = {row.name: row.enabled_at for row in connection.execute(on)}
    names |= set() if whole else set(known)
    if set(known) == names:
        return known
    connection.execute(
        update(campaign).where(campaign.c.name.not_in(names)).values(enabled_at=None)
    )
    for name in names - set(known):
        statement = insert_or_ignore(connection, campaign).values(name=name, enabled_at=now)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"enabled_at": now})
        )
    return {row.name: row.enabled_at for row in connection.execute(on)}


def sync(
    connection: Connection, calendar: Sequence[Occurrence], since: date, *, whole: bool = True
) -> None:
    """Bring the rows that still wait to the calendar's dates. What has run is never touched.

    Rows that still wait on or after ``since`` and that the calendar no longer has are forgotten,
    unless it isn't ``whole``.
    """
    _move(connection, calendar)
    if not whole:
        return
    _forget(connection, {(one.campaign, one.episode, one.season) for one in calendar}, since)


def _move(connection: Connection, occurrences: Sequence[Occurrence]) -> None:
    """At most looks all stand where the calendar has them: only the others are written."""
    columns = (occurrence.c.campaign, occurrence.c.episode, occurrence.c.season)
    there = {
        (row.campaign, row.episode, row.season): row.local_date
        for row in connection.execute(select(*columns, occurrence.c.local_date))
    }
    values = [
        {
            "campaign": one.campaign,
            "episode": one.episode,
            "season": one.season,
            "local_date": one.date.isoformat(),
            "state": OccurrenceState.SCHEDULED,
        }
        for one in occurrences
        if there.get((one.campaign, one.episode, one.season)) != one.date.isoformat()
    ]
    if not values:
        return
    statement = insert_or_ignore(connection, occurrence)
    moved = statement.excluded.local_date
    statement = statement.on_conflict_do_update(
        index_elements=columns,
        set_={"local_date": moved},
        # No IN: a statement for many rows at once may have none.
        where=or_(
            occurrence.c.state == OccurrenceState.SCHEDULED,
            occurrence.c.state == OccurrenceState.HELD,
        )
        & (occurrence.c.local_date != moved),
    )
    connection.execute(statement, values)


def _forget(connection: Connection, keep: set[tuple[str, str, str]], since: date) -> None:
    statement = select(occurrence).where(
        occurrence.c.state.in_([OccurrenceState.SCHEDULED, OccurrenceState.HELD]),
        occurrence.c.local_date >= since.isoformat(),
        ~exists().where(slot.c.occurrence_id == occurrence.c.id),
    )
    for row in (connection.execute(statement)).all():
        if (row.campaign, row.episode, row.season) not in keep and row.forced == {}:
            connection.execute(occurrence.delete().where(occurrence.c.id == row.id))


def in_states(
    connection: Connection, states: Iterable[OccurrenceState] = ()
) -> list[OccurrenceRow]:
    """Occurrences in these states (all of them by default), by date."""
    statement = select(occurrence).order_by(occurrence.c.local_date, occurrence.c.id)
    wanted = list(states)
    if wanted:
        statement = statement.where(occurrence.c.state.in_(wanted))
    return [row_of(row) for row in connection.execute(statement)]


def find(connection: Connection, printed: str) -> OccurrenceRow | None:
    """By its printed id, however a person types it; None too where it may mean several."""
    campaign_name, _, rest = plain_id(printed).partition("/")
    episode, _, local_date = rest.partition("/")
    statement = select(occurrence).where(
        occurrence.c.campaign == campaign_name,
        occurrence.c.episode == episode,
        occurrence.c.local_date == local_date,
    )
    rows = [row_of(row) for row in connection.execute(statement)]
    found = named(printed, rows) or named(printed, in_states(connection))
    return found[0] if len(found) == 1 else None


def set_state(
    connection: Connection,
    occurrence_id: OccurrenceId,
    to: OccurrenceState,
    reason: str = "",
    *,
    only_from: Iterable[OccurrenceState] = (),
) -> bool:
    """Change an occurrence's state; False when it is not in one of the states named."""
    statement = update(occurrence).where(occurrence.c.id == occurrence_id)
    wanted = list(only_from)
    if wanted:
        statement = statement.where(occurrence.c.state.in_(wanted))
    changed = connection.execute(statement.values(state=to, reason=reason))
    return bool(changed.rowcount)


def slots_of(connection: Connection, occurrences: Iterable[OccurrenceId]) -> list[SlotRow]:
    """The slots that have their mark."""
    statement = select(slot).where(slot.c.occurrence_id.in_(list(occurrences)))
    return [_slot(row) for row in connection.execute(statement)]


def unfinished(connection: Connection, occurrence_id: OccurrenceId) -> bool:
    """Something of this occurrence is still being planned, waiting or being sent."""
    mine = select(slot.c.id).where(slot.c.occurrence_id == occurrence_id)
    planning = exists().where(
        slot.c.occurrence_id == occurrence_id, slot.c.state == SlotState.PLANNING
    )
    waiting = exists().where(batch.c.slot_id.in_(mine), batch.c.state == BatchState.OPEN)
    sending = exists().where(
        # By those being sent, who are few: a sum is looked up by no index.
        is_on_the_wire(),
        delivery.c.occurrence_id + 0 == occurrence_id,
    )
    return bool(connection.execute(select(or_(planning, waiting, sending))).scalar())


def places(connection: Connection, audience: Audience) -> list[PlaceRow]:
    """Where the members of an audience live, and since when the first is known there."""
    statement = (
        select(contact.c.zone, contact.c.territory, func.min(contact.c.imported_at), func.count())
        .where(in_audience(contact, audience.source, audience.rule))
        .group_by(contact.c.zone, contact.c.territory)
        .order_by(contact.c.zone, contact.c.territory)
    )
    return [
        PlaceRow(place=Place(zone=zone, territory=territory), since=since, people=people)
        for zone, territory, since, people in connection.execute(statement)
    ]


def people_version(connection: Connection) -> int:
    """Changes whenever an import may have changed who is where, and when somebody was taken out of
    a slot for that."""
    rows = connection.execute(select(func.max(import_.c.id), func.count(import_.c.finished_at)))
    newest, finished = rows.one()
    return (newest or 0) * 2 + (finished or 0) + moved_so_far(connection)


def readers(connection: Connection, audience: Audience) -> list[tuple[str, bool]]:
    """The languages, with and without easy-to-read, that an audience's members want."""
    statement = (
        select(contact.c.language, contact.c.easy_to_read)
        .where(in_audience(contact, audience.source, audience.rule))
        .distinct()
        .order_by(contact.c.language, contact.c.easy_to_read)
    )
    return [(language, easy) for language, easy in connection.execute(statement)]


def row_of(row: Any) -> OccurrenceRow:
    return OccurrenceRow(
        occurrence_id=row.id,
        campaign=row.campaign,
        episode=row.episode,
        season=row.season,
        date=date.fromisoformat(row.local_date),
        state=OccurrenceState(row.state),
        reason=row.reason,
        forced={name: from_milliseconds(at) for name, at in row.forced.items()},
    )


def _slot(row: Any) -> SlotRow:
    place = Place(zone=row.zone, territory=row.territory)
    return SlotRow(
        slot_id=row.id,
        occurrence_id=row.occurrence_id,
        key=SlotKey(channel=row.channel, audience=row.audience, place=place),
        due_at=row.due_at,
        not_after=row.not_after,
        planned_at=row.planned_at,
        missed=row.state == SlotState.MISSED,
        planning=row.state == SlotState.PLANNING,
    )
