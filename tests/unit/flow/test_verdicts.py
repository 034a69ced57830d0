"""What becomes of each slot at a look, by the instant that decides, and which are asked at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import Occurrence, Place, SlotTime
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.ids import OccurrenceId, SlotId
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.flow.agenda import Agenda
from scheduler.flow.slot_plans import REACH, is_owed
from scheduler.flow.steering.by_hand import forced_slots
from scheduler.flow.verdicts import Verdict, near, rulings, verdict
from tests.flow_world import ON_DEMAND, SERIES, utc, write_installation

PARIS = Place(zone="Europe/Paris", territory="FR")
A_MOMENT = timedelta(microseconds=1)
DUE, START_BY = utc(4, 8), utc(5, 8)
#: Long before.
SINCE = utc(1, 8, month=9)
SCHEDULED, FINISHED = OccurrenceState.SCHEDULED, OccurrenceState.FINISHED
ROW = OccurrenceRow(
    occurrence_id=OccurrenceId(1),
    campaign="cybermois",
    episode="un",
    season="2026",
    date=date(2026, 10, 4),
    state=SCHEDULED,
)
PEOPLE: Mapping[str, list[PlaceRow]] = {
    name: [PlaceRow(place=PARIS, since=SINCE, people=1)] for name in ("staff", "patients")
}


@pytest.fixture
def agenda(tmp_path: Path) -> Agenda:
    on_demand = ON_DEMAND.lstrip("\n")
    return Agenda(load(write_installation(tmp_path, SERIES + on_demand), {}))


def slot(agenda: Agenda, channel: str = "email", audience: str = "staff") -> Planned:
    campaign = agenda.configuration.campaign("cybermois")
    return Planned(
        occurrence=Occurrence(
            campaign="cybermois", episode="un", season="2026", date=date(2026, 10, 4)
        ),
        campaign=campaign,
        episode=campaign.episodes[0],
        channel=channel,
        audience=audience,
        place=PARIS,
        slot=SlotTime(due_at=DUE, start_by=START_BY, not_after=utc(6, 8)),
    )


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        (SINCE, DUE - A_MOMENT, Verdict.WAIT),
        (SINCE, DUE, Verdict.PLAN),
        (SINCE, START_BY, Verdict.PLAN),
        (SINCE, START_BY + A_MOMENT, Verdict.MISS),
        # Whoever came at that very instant is one of its people.
        (DUE, DUE, Verdict.PLAN),
        (DUE + A_MOMENT, DUE + A_MOMENT, Verdict.PASS),
        (DUE + A_MOMENT, START_BY + A_MOMENT, Verdict.PASS),
    ],
)
def test_a_slot_waits_is_planned_missed_or_concerns_nobody(
    agenda: Agenda, since: datetime, now: datetime, expected: Verdict
) -> None:
    assert verdict(slot(agenda), since, now) is expected


def test_a_slot_without_an_hour_is_planned_for_all_to_have_their_reason(agenda: Agenda) -> None:
    never = replace(slot(agenda), slot=SlotTime(due_at=None, reason="jamais"))

    assert verdict(never, SINCE, utc(31, 8)) is Verdict.PLAN


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROW, True),
        (replace(ROW, date=date(2026, 10, 6)), True),
        (replace(ROW, date=date(2026, 10, 7)), False),
        # Brought forward by hand, whatever its day.
        (replace(ROW, date=date(2026, 10, 7), forced={"staff": DUE}), True),
        (replace(ROW, campaign="autre"), False),
        (replace(ROW, state=OccurrenceState.PAUSED), False),
        (replace(ROW, state=OccurrenceState.CANCELLED), False),
        (replace(ROW, state=OccurrenceState.HELD), True),
        # One that waits is looked at however long ago its day was; one that ended, no longer.
        (replace(ROW, date=date(2026, 10, 4) - REACH - timedelta(days=9)), True),
        (replace(ROW, state=FINISHED, date=date(2026, 10, 4) - REACH), True),
        (replace(ROW, state=FINISHED, date=date(2026, 10, 3) - REACH), False),
    ],
)
def test_a_look_is_at_what_can_have_a_slot_by_now(
    agenda: Agenda, row: OccurrenceRow, expected: bool
) -> None:
    assert near(agenda, [row], DUE) == ([row] if expected else [])


def marked(key: SlotKey, planned_at: datetime, *, missed: bool = False) -> SlotRow:
    return SlotRow(
        slot_id=SlotId(1),
        occurrence_id=ROW.occurrence_id,
        key=key,
        due_at=DUE,
        not_after=utc(6, 8),
        planned_at=planned_at,
        missed=missed,
    )


def test_what_has_its_mark_or_was_brought_forward_is_not_asked_of_the_calendar(
    agenda: Agenda,
) -> None:
    slots = [slot(agenda, channel, who) for who in PEOPLE for channel in ("email", "sms")]
    key = SlotKey(channel="sms", audience="patients", place=PARIS)
    marks = {(ROW.occurrence_id, key): marked(key, DUE)}

    due, to_come = rulings(agenda, ROW, slots, PEOPLE, marks, SINCE, DUE)

    assert [(one.audience, one.channel) for one, _, _ in due] == [
        ("staff", "email"),
        ("staff", "sms"),
        ("patients", "email"),
    ]
    assert to_come == []
    _, to_come = rulings(agenda, ROW, slots, PEOPLE, marks, SINCE, DUE - A_MOMENT)
    assert len(to_come) == 3


def test_people_who_came_after_the_hour_are_not_concerned(agenda: Agenda) -> None:
    late = {**PEOPLE, "staff": [PlaceRow(place=PARIS, since=DUE + A_MOMENT, people=1)]}
    slots = [slot(agenda), slot(agenda, audience="patients")]

    due, _ = rulings(agenda, ROW, slots, late, {}, SINCE, START_BY)

    assert {one.audience: word for one, word, _ in due} == {
        "staff": Verdict.PASS,
        "patients": Verdict.PLAN,
    }


@pytest.mark.parametrize(
    ("planned_at", "missed", "again"),
    [
        (DUE - A_MOMENT, False, True),
        # Planned since a person asked for it: once is enough.
        (DUE, False, False),
        (DUE + A_MOMENT, False, False),
        (DUE + A_MOMENT, True, True),
    ],
)
def test_by_hand_is_planned_what_was_not_since_or_was_missed(
    agenda: Agenda, planned_at: datetime, missed: bool, again: bool
) -> None:
    row = replace(ROW, campaign="avis", episode="essai", forced={"staff": DUE})
    key = SlotKey(channel="email", audience="staff", place=PARIS)
    marks = {(row.occurrence_id, key): marked(key, planned_at, missed=missed)}

    found = list(forced_slots(agenda, row, PEOPLE, marks))

    assert [(one.channel, one.audience) for one in found] == ([("email", "staff")] if again else [])


@pytest.mark.parametrize(
    ("topic", "channel", "owed"),
    [
        ("", "email", True),
        # The operators' charter wants consent all the same.
        ("", "sms", False),
        ("october", "email", False),
        ("october", "sms", False),
    ],
)
def test_what_is_owed_is_a_service_message_by_email(
    agenda: Agenda, topic: str, channel: str, owed: bool
) -> None:
    campaign = replace(agenda.configuration.campaign("cybermois"), topic=topic)

    assert is_owed(campaign, channel) is owed
