"""What becomes of each slot at a look, and in which order. Nothing is written here.

``verdict`` decides for one slot; the others say which slots it is asked of.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from scheduler.domain import giving_way
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.leaving import Season, season_of
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.planning import OccurrenceRow, SlotKey, SlotRow
from scheduler.flow.agenda import Agenda, due_instant
from scheduler.flow.finishing import LIVE
from scheduler.flow.slot_plans import REACH, Places, key_of
from scheduler.flow.steering.by_hand import forced_slots

#: A slot, what becomes of it, and whether it was brought forward by hand.
Ruling = tuple[Planned, "Verdict", bool]


class Verdict(Enum):
    #: Not due yet.
    WAIT = auto()
    PLAN = auto()
    #: Its limit passed while nothing could run.
    MISS = auto()
    #: Due before the ledger, the campaign or its people were there: concerns nobody.
    PASS = auto()


def verdict(one: Planned, since: datetime, now: datetime) -> Verdict:
    """What becomes of a slot that has no mark yet; ``since`` is when its people became known."""
    due = due_instant(one)
    if now < due:
        return Verdict.WAIT
    if due < since:
        return Verdict.PASS
    if one.slot.due_at is None or one.slot.start_by is None or now <= one.slot.start_by:
        return Verdict.PLAN
    return Verdict.MISS


def near(agenda: Agenda, known: Sequence[OccurrenceRow], now: datetime) -> list[OccurrenceRow]:
    """Live occurrences that can have a slot due by now."""
    names = {campaign.name for campaign in agenda.campaigns}
    soon = now.date() + timedelta(days=2)
    over = now.date() - REACH
    return [
        row
        for row in known
        if row.campaign in names
        and row.state in (*LIVE, OccurrenceState.FINISHED)
        and (row.forced or row.date <= soon)
        # A place where somebody appears before its hour reopens what the others had finished.
        and (row.state is not OccurrenceState.FINISHED or row.date >= over)
    ]


def calendar_slots(
    agenda: Agenda, rows: Sequence[OccurrenceRow], places: Places
) -> dict[Season, list[Planned]]:
    """The calendar's slots of these occurrences."""
    by_name = {name: [one.place for one in found] for name, found in places.items()}
    seasons = {season_of(row) for row in rows}
    dates = [row.date for row in rows]
    # An edited date: the row has the old one, the calendar the new one.
    around = agenda.occurrences(min(dates) - REACH, max(dates) + REACH)
    dates += [one.date for one in around if season_of(one) in seasons]
    slots: dict[Season, list[Planned]] = {}
    for one in agenda.slots(min(dates), max(dates), by_name):
        slots.setdefault(season_of(one.occurrence), []).append(one)
    return slots


def rulings(
    agenda: Agenda,
    row: OccurrenceRow,
    slots: Sequence[Planned],
    places: Places,
    marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
    since: datetime,
    now: datetime,
) -> tuple[list[Ruling], list[Planned]]:
    """What is to be settled now, whoever goes before first; and the slots not due yet."""
    found = [
        (one, verdict(one, max(since, _since(one, places)), now), False)
        for one in slots
        if (row.occurrence_id, key_of(one)) not in marks and one.audience not in row.forced
    ]
    # Begun in time, and cut short: it is never missed.
    found += [
        (one, Verdict.PLAN, False)
        for one in slots
        if (mark := marks.get((row.occurrence_id, key_of(one)))) is not None and mark.planning
        if one.audience not in row.forced
    ]
    found += [
        (one, Verdict.PLAN if due_instant(one) <= now else Verdict.WAIT, True)
        for one in forced_slots(agenda, row, places, marks)
    ]
    order = agenda.configuration.audiences
    due = sorted(
        (each for each in found if each[1] is not Verdict.WAIT),
        key=lambda each: giving_way.turn(each[0], order),
    )
    return due, [one for one, word, _ in found if word is Verdict.WAIT]


def _since(one: Planned, places: Places) -> datetime:
    """Since when the ledger knows somebody of this audience in this place."""
    return next(row.since for row in places[one.audience] if row.place == one.place)
