"""Whose entry counts, which week is theirs, what a series tells them already, and when too many
come at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scheduler.domain.calendar import newcomers
from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    ChannelTerms,
    Episode,
    Occurrence,
    Place,
    Rank,
)
from scheduler.domain.calendar.conflicts import Planned, plan
from scheduler.domain.calendar.dates import check_when, find, occurrences, season_of
from scheduler.domain.calendar.newcomers import Entry, Newcomer
from scheduler.domain.calendar.windows import Hours

TITLES = ("1-porte", "2-cles", "3-frappe", "4-devoiler")


def welcome(*days: int, said: bool = True) -> Campaign:
    return Campaign(
        name="accueil",
        kind=CampaignKind.ONBOARDING,
        topic="reminders",
        rank=Rank.REMINDER,
        audiences=["staff"],
        channels=["email"],
        episodes=[
            Episode(
                name=name,
                message=f"accueil/{name}",
                when=f"after-{day}",
                same_as=f"cybermois/{name}" if said else "",
            )
            for name, day in zip(TITLES, days or (1, 8, 15, 22), strict=False)
        ],
    )


def sundays(*days: date) -> list[Occurrence]:
    return [
        Occurrence(campaign="cybermois", episode=name, season=f"{day.year}", date=day)
        for name, day in zip(TITLES, days, strict=False)
    ]


OCTOBER = sundays(*(date(2026, 10, day) for day in (4, 11, 18, 25)))


def left(campaign: Campaign, entered: date, series: Sequence[Occurrence] = OCTOBER) -> list[str]:
    """The steps that whoever enters on that day gets."""
    week = newcomers.week_of(entered)
    return [
        one.name
        for one in campaign.episodes
        if not newcomers.is_excepted(campaign, one, week, series)
    ]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 9), "2026-w46"),
        (date(2026, 11, 15), "2026-w46"),
        (date(2026, 11, 16), "2026-w47"),
        # The first days of January are the old year's last week, and the other way round.
        (date(2027, 1, 3), "2026-w53"),
        (date(2024, 12, 30), "2025-w01"),
    ],
)
def test_a_season_is_the_iso_week(day: date, week: str) -> None:
    assert newcomers.week_of(day) == week
    assert newcomers.week_of(newcomers.end_of(week)) == week


@pytest.mark.parametrize("entered", [date(2026, 11, 9) + timedelta(days=n) for n in range(7)])
def test_all_four_steps_come_in_the_first_four_weeks(entered: date) -> None:
    week = newcomers.week_of(entered)

    days = [newcomers.step_date(one.when, week) - entered for one in welcome().episodes]

    assert days == sorted(days)
    assert timedelta(days=1) <= days[0]
    assert days[-1] <= timedelta(weeks=4)


def test_the_calendar_has_a_step_a_week_whatever_the_range() -> None:
    campaign, first, last = welcome(1), date(2026, 11, 1), date(2026, 12, 31)

    found = occurrences(campaign, first, last)

    assert [one.date.weekday() for one in found] == [0] * len(found)
    assert {one.season for one in found} == {
        newcomers.week_of(one.date - timedelta(days=1)) for one in found
    }
    for one in found:
        assert occurrences(campaign, one.date, one.date) == [one]
        assert find(campaign, one.episode, one.season) == one
    assert season_of(campaign, campaign.episodes[0], date(2026, 11, 12)) == "2026-w46"


def test_a_range_at_the_end_of_the_calendar_has_no_step() -> None:
    campaign = welcome(1)

    assert occurrences(campaign, date.min, date.min + timedelta(days=3)) == []
    assert occurrences(campaign, date.max - timedelta(days=3), date.max) == []


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        *(("after-1", True), ("after-49", True), ("after-0", False), ("after-50", False)),
        *(("sunday-1", False), ("by-hand", False), ("after-", False)),
    ],
)
def test_a_step_is_days_after(when: str, fits: bool) -> None:
    assert (check_when(CampaignKind.ONBOARDING, when) is None) is fits


@pytest.mark.parametrize(
    ("entered", "today", "week"),
    [
        # Known in their own week.
        (date(2026, 11, 12), date(2026, 11, 13), "2026-w46"),
        # Known later, before their week's first step.
        (date(2026, 11, 9), date(2026, 11, 15), "2026-w46"),
        # On its day, and after it: they would miss it.
        (date(2026, 11, 12), date(2026, 11, 16), "2026-w47"),
        (date(2026, 11, 12), date(2026, 12, 2), "2026-w49"),
    ],
)
def test_who_is_known_late_gets_the_week_of_that_day(entered: date, today: date, week: str) -> None:
    assert newcomers.week_for(welcome(), entered, today) == week


@pytest.mark.parametrize(
    ("ago", "counts"),
    [(0, True), (29, True), (30, False), (400, False), (-60, True), (-400, False)],
)
def test_an_entry_is_young_under_thirty_days(ago: int, counts: bool) -> None:
    today = date(2026, 11, 12)

    assert newcomers.may_count(today - timedelta(days=ago), today) is counts


@pytest.mark.parametrize(
    ("entered", "steps"),
    [
        # Their first weeks end before the series begins, or begin after it.
        (date(2026, 8, 24), list(TITLES)),
        (date(2026, 10, 26), list(TITLES)),
        # All of October is still to come to them.
        (date(2026, 9, 14), []),
        (date(2026, 9, 28), []),
        # Two episodes are to come; the two that were before they came are ours.
        (date(2026, 10, 15), ["1-porte", "2-cles"]),
        (date(2026, 10, 25), ["1-porte", "2-cles", "3-frappe"]),
    ],
)
def test_october_and_the_welcome_tell_each_reflex_once(entered: date, steps: list[str]) -> None:
    assert left(welcome(), entered) == steps


def test_a_step_that_says_nothing_of_the_series_gives_way_to_it_whole() -> None:
    assert left(welcome(said=False), date(2026, 10, 15)) == []
    assert left(welcome(said=False), date(2026, 11, 2)) == list(TITLES)


def test_no_reflex_twice_and_none_missing_whenever_one_enters() -> None:
    campaign = welcome()
    for entered in (date(2026, 1, 1) + timedelta(days=number) for number in range(365)):
        monday = newcomers.end_of(newcomers.week_of(entered)) - timedelta(days=6)
        last = newcomers.step_date("after-22", newcomers.week_of(entered))
        meet = any(monday <= one.date <= last for one in OCTOBER)

        mine = left(campaign, entered)
        theirs = [one.episode for one in OCTOBER if one.date >= monday] if meet else []

        assert sorted([*mine, *theirs]) == sorted(TITLES), entered


def newcomer(
    contact: int, state: Entry = Entry.NEW, file: int = 1, entered: date = date(2026, 11, 10)
) -> Newcomer:
    return Newcomer(
        contact=contact,
        entered=entered,
        today=date(2026, 11, 12),
        state=state,
        audiences=frozenset({"staff"}),
        file=file,
    )


def test_more_than_one_in_twenty_by_one_file_is_asked_about() -> None:
    five = [newcomer(number) for number in range(5)]
    more = newcomer(6)

    assert newcomers.ask_about(five, {"staff": 100}) == {}
    assert sorted(newcomers.ask_about([*five, more], {"staff": 100})) == [0, 1, 2, 3, 4, 6]
    assert newcomers.ask_about([*five, replace(more, file=2)], {"staff": 100}) == {}
    assert newcomers.ask_about([*five, replace(more, state=Entry.ALLOWED)], {"staff": 100}) == {}


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (newcomer(1), True),
        (newcomer(1, Entry.ALLOWED), True),
        (newcomer(1, Entry.HELD), False),
        (newcomer(1, entered=date(2026, 11, 12)), True),
        (newcomer(1, entered=date(2026, 11, 13)), False),
    ],
)
def test_one_enters_on_ones_day_unless_a_person_is_asked(one: Newcomer, due: bool) -> None:
    assert newcomers.is_due(one) is due


STAFF = Audience(
    name="staff",
    label="Personnel",
    source="staff",
    key="matricule",
    channels={"email": ChannelTerms(basis="legitimate-interest")},
)
PARIS = Place(zone="Europe/Paris", territory="FR")


def slots(*campaigns: Campaign) -> list[Planned]:
    return plan(
        campaigns,
        date(2026, 11, 1),
        date(2026, 12, 20),
        audiences={"staff": STAFF},
        places={"staff": [PARIS]},
        channels=lambda *one: ["email"],
        hours=Hours(),
    )


def reminder(when: str, rank: Rank = Rank.REMINDER) -> Campaign:
    return replace(
        welcome(),
        name="rappels",
        kind=CampaignKind.REMINDER,
        rank=rank,
        episodes=[Episode(name="un", message="rappels/un", when=when)],
    )


@pytest.mark.parametrize("rank", [Rank.REMINDER, Rank.INVITATION])
def test_what_goes_to_newcomers_moves_nobody_elses_message(rank: Rank) -> None:
    """Whatever the other's rank: three people's step doesn't put off everybody's."""
    found = slots(reminder("first-monday", rank), welcome())

    others = [one for one in found if one.campaign.name == "rappels"]
    assert [one.due_there.date() for one in others if one.due_there] == [
        date(2026, 11, 2),
        date(2026, 12, 7),
    ]
    moved = {
        one.due_there.date()
        for one in found
        if one.campaign.name == "accueil" and one.occurrence.date == date(2026, 11, 2)
        if one.due_there
    }
    assert moved == {date(2026, 11, 3)}


def test_weeks_dont_stand_in_each_others_way_and_steps_of_one_do() -> None:
    apart = slots(welcome(1, 8, 15, 22))
    meeting = [one for one in slots(welcome(1, 1)) if one.occurrence.date == date(2026, 11, 9)]

    assert all(one.due_there and one.due_there.date() == one.occurrence.date for one in apart)
    assert len({one.occurrence.date for one in apart}) * 4 == len(apart)
    assert sorted(one.due_there.date() for one in meeting if one.due_there) == [
        date(2026, 11, 9),
        date(2026, 11, 10),
    ]
