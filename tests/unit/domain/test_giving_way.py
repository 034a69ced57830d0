"""Whom the people of a slot give way to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    ChannelTerms,
    Episode,
    Occurrence,
    Place,
    Rank,
    SlotTime,
)
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.giving_way import SPARE, awaited, foreseen, turn

LIMIT = datetime(2026, 10, 4, 18, tzinfo=UTC)
PARIS = Place(zone="Europe/Paris", territory="FR")
REUNION = Place(zone="Indian/Reunion", territory="974")
EPISODE = Episode(name="un", message="essai", when="sunday-1")
CAMPAIGN = Campaign(
    name="cybermois",
    kind=CampaignKind.SERIES,
    topic="october",
    rank=Rank.EPISODE,
    audiences=("staff", "patients"),
    channels=("email", "sms"),
    episodes=(EPISODE,),
)


def audience(name: str) -> Audience:
    terms = ChannelTerms(basis="consent")
    return Audience(name=name, label=name, source=name, key="id", channels={"email": terms})


STAFF, PATIENTS, GUESTS = audience("staff"), audience("patients"), audience("guests")
ORDER = (STAFF, PATIENTS, GUESTS)


def slot(
    audience: str, due_at: datetime | None, place: Place = PARIS, channel: str = "email"
) -> Planned:
    return Planned(
        occurrence=Occurrence(
            campaign="cybermois", episode="un", season="2026", date=date(2026, 10, 4)
        ),
        campaign=CAMPAIGN,
        episode=EPISODE,
        channel=channel,
        audience=audience,
        place=place,
        slot=SlotTime(due_at=due_at),
    )


@pytest.mark.parametrize(
    ("early", "names"),
    [
        (SPARE + timedelta(microseconds=1), ["staff"]),
        (SPARE, ["staff"]),
        (SPARE - timedelta(microseconds=1), []),
    ],
)
def test_a_slot_to_come_is_awaited_only_if_the_others_have_two_hours_left(
    early: timedelta, names: list[str]
) -> None:
    found = awaited("email", "patients", LIMIT, [slot("staff", LIMIT - early)], ORDER)

    assert [one.audience.name for one in found] == names


def test_nobody_waits_for_who_comes_after_another_channel_or_no_hour_at_all() -> None:
    soon = LIMIT - timedelta(hours=6)
    to_come = [slot("guests", soon), slot("staff", soon, channel="sms"), slot("staff", None)]

    assert awaited("email", "patients", LIMIT, to_come, ORDER) == ()


def test_in_one_audience_the_earlier_known_go_before_and_places_stand_together() -> None:
    soon = LIMIT - timedelta(hours=6)
    to_come = [slot("staff", soon), slot("patients", soon), slot("staff", soon, REUNION)]

    found = awaited("email", "patients", LIMIT, to_come, ORDER)

    assert [(one.audience.name, one.earlier) for one in found] == [
        ("staff", False),
        ("patients", True),
    ]
    assert found[0].places == (PARIS, REUNION)


def test_who_gives_way_is_planned_after_and_an_sms_after_the_email() -> None:
    due = [
        slot("patients", LIMIT, channel="sms"),
        slot("patients", LIMIT),
        slot("staff", LIMIT, channel="sms"),
        slot("staff", LIMIT),
    ]

    found = sorted(due, key=lambda one: turn(one, ORDER))

    assert [(one.audience, one.channel) for one in found] == [
        ("staff", "email"),
        ("staff", "sms"),
        ("patients", "email"),
        ("patients", "sms"),
    ]


def before(one: Planned, *others: Planned) -> list[tuple[str, tuple[Place, ...], bool]]:
    found = foreseen(one, [*others, one], ORDER)
    return [(each.audience.name, each.places, each.earlier) for each in found]


#: A day for each, as a slot has it that has no limit of its own.
MORNING, EVENING = LIMIT - timedelta(hours=8), LIMIT


def within_a_day(one: Planned) -> Planned:
    assert one.slot.due_at is not None
    return replace(one, slot=replace(one.slot, not_after=one.slot.due_at + timedelta(days=1)))


def test_of_what_nothing_is_planned_yet_the_first_audience_goes_before_whichever_leaves_first() -> (
    None
):
    early, late = (within_a_day(slot("staff", at)) for at in (MORNING, EVENING))
    for theirs, ours in ((early, slot("patients", EVENING)), (late, slot("patients", MORNING))):
        patients = within_a_day(ours)
        assert before(patients, theirs) == [("staff", (PARIS,), False)]
        assert before(theirs, patients) == []


def test_two_places_of_one_audience_give_way_to_the_earlier_known_whichever_leaves_first() -> None:
    paris, reunion = (
        within_a_day(slot("staff", EVENING)),
        within_a_day(slot("staff", MORNING, REUNION)),
    )

    assert before(paris, reunion) == [("staff", (REUNION,), True)]
    assert before(reunion, paris) == [("staff", (PARIS,), True)]


def test_who_leaves_first_and_cannot_wait_goes_before_whatever_the_order() -> None:
    patients, staff = slot("patients", MORNING), slot("staff", EVENING)

    assert before(staff, patients) == [("patients", (PARIS,), False)]
    assert before(patients, staff) == []
    paris, reunion = slot("staff", EVENING), slot("staff", MORNING, REUNION)
    assert before(paris, reunion) == [("staff", (REUNION,), False)]
    assert before(reunion, paris) == []


def test_of_another_channel_or_without_an_hour_nobody_goes_before() -> None:
    sms, never = slot("staff", MORNING, channel="sms"), slot("staff", None)

    assert before(slot("patients", EVENING), sms, never) == []
    assert before(never, slot("patients", EVENING)) == []
