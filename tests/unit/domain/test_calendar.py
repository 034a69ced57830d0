from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, Particular, Rank
from scheduler.domain.calendar.dates import (
    check_when,
    current,
    event_day,
    event_start,
    find,
    is_past,
    occurrences,
    season_of,
)
from scheduler.domain.calendar.holidays import HolidayCalendar

SERIES_RULES = ("announcement", "sunday-1", "sunday-2", "sunday-3", "sunday-4", "recap")


def wall(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time: its zone is the campaign's."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def episode(when: str, months: Sequence[int] = ()) -> Episode:
    return Episode(name=when, message=f"messages/{when}", when=when, months=months)


def campaign(
    kind: CampaignKind,
    *episodes: Episode,
    rule: str = "first-4",
    month: int = 10,
    starts: datetime | None = None,
    ends: datetime | None = None,
    zone: str = "Europe/Paris",
) -> Campaign:
    return Campaign(
        name="campagne",
        kind=kind,
        topic="sujet",
        rank=Rank.EPISODE,
        audiences=("staff",),
        channels=("email",),
        episodes=episodes,
        rule=rule,
        month=month,
        starts=starts,
        ends=ends,
        zone=zone,
    )


def series(rule: str = "first-4", month: int = 10) -> Campaign:
    return campaign(CampaignKind.SERIES, *map(episode, SERIES_RULES), rule=rule, month=month)


def reminder(when: str, *months: int) -> Campaign:
    return campaign(CampaignKind.REMINDER, episode(when, months))


def event(*rules: str, ends: datetime | None = None) -> Campaign:
    starts = wall(2026, 10, 13, 14, 30)
    return campaign(CampaignKind.EVENT, *map(episode, rules), starts=starts, ends=ends)


def dates_of(found: Campaign, year: int) -> dict[str, date]:
    return {
        one.episode: one.date
        for one in occurrences(found, date(year - 1, 1, 1), date(year + 1, 12, 31))
        if one.season == f"{year}"
    }


def days_of(found: Campaign, year: int) -> list[date]:
    return [one.date for one in occurrences(found, date(year, 1, 1), date(year, 12, 31))]


@pytest.mark.parametrize(
    ("year", "first_four"),
    [
        (2025, [5, 12, 19, 26]),
        (2026, [4, 11, 18, 25]),
        (2027, [3, 10, 17, 24]),
        (2028, [1, 8, 15, 22]),
        (2029, [7, 14, 21, 28]),
        (2030, [6, 13, 20, 27]),
    ],
)
def test_the_episodes_fall_on_the_first_four_sundays(year: int, first_four: list[int]) -> None:
    dates = dates_of(series(), year)

    assert [dates[f"sunday-{n}"] for n in (1, 2, 3, 4)] == [date(year, 10, d) for d in first_four]


@pytest.mark.parametrize(
    ("year", "last_four"),
    [(2026, [4, 11, 18, 25]), (2027, [10, 17, 24, 31]), (2028, [8, 15, 22, 29])],
)
def test_the_last_four_sundays_can_be_asked_for(year: int, last_four: list[int]) -> None:
    dates = dates_of(series("last-4"), year)

    assert [dates[f"sunday-{n}"] for n in (1, 2, 3, 4)] == [date(year, 10, d) for d in last_four]


@pytest.mark.parametrize(
    ("year", "day"),
    [(2026, date(2026, 10, 2)), (2027, date(2027, 10, 1)), (2028, date(2028, 9, 29))],
)
def test_the_announcement_is_on_the_last_working_day_before(year: int, day: date) -> None:
    assert dates_of(series(), year)["announcement"] == day


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("first-4", 2026, date(2026, 11, 5)),
        ("first-4", 2027, date(2027, 10, 31)),
        ("first-4", 2028, date(2028, 10, 29)),
        ("last-4", 2026, date(2026, 11, 5)),
        ("last-4", 2027, date(2027, 11, 4)),
    ],
)
def test_the_recap_is_the_fifth_sunday_or_a_working_thursday(
    rule: str, year: int, day: date
) -> None:
    assert dates_of(series(rule), year)["recap"] == day


def test_the_recap_avoids_a_thursday_that_is_a_holiday() -> None:
    holidays = HolidayCalendar(added={"FR": {date(2026, 11, 5): "Fermeture"}})

    found = occurrences(series(), date(2026, 11, 1), date(2026, 11, 30), holidays)

    assert [one.date for one in found] == [date(2026, 11, 12)]


def test_a_series_over_the_new_year_keeps_one_season() -> None:
    assert dates_of(series(month=12), 2026)["recap"] == date(2027, 1, 7)
    assert dates_of(series(month=1), 2028)["announcement"] == date(2027, 12, 31)


def test_a_range_of_one_month_holds_what_another_years_series_left_there() -> None:
    january = occurrences(series(month=12), date(2027, 1, 1), date(2027, 1, 31))
    december = occurrences(series(month=1), date(2027, 12, 1), date(2027, 12, 31))

    assert [(one.episode, one.season) for one in january] == [("recap", "2026")]
    assert [(one.episode, one.season) for one in december] == [("announcement", "2028")]


def test_occurrences_come_in_order_with_both_ends_included() -> None:
    found = occurrences(series(), date(2026, 10, 2), date(2026, 10, 11))

    assert [one.id for one in found] == [
        "campagne/announcement/2026-10-02",
        "campagne/sunday-1/2026-10-04",
        "campagne/sunday-2/2026-10-11",
    ]


@pytest.mark.parametrize(
    ("month", "day"),
    [(1, 5), (2, 2), (3, 2), (4, 6), (5, 4), (6, 1), (7, 6), (8, 3), (9, 7), (11, 2), (12, 7)],
)
def test_first_working_tuesdays_of_2027(month: int, day: int) -> None:
    assert days_of(reminder("first-working-tuesday", month), 2027) == [date(2027, month, day)]


def test_the_first_working_tuesday_is_no_national_holiday() -> None:
    assert days_of(reminder("first-working-tuesday", 5), 2029) == [date(2029, 5, 15)]
    assert days_of(reminder("first-tuesday", 5), 2029) == [date(2029, 5, 1)]


def test_a_territorys_holiday_does_not_move_the_nominal_date() -> None:
    assert days_of(reminder("first-working-friday", 3), 2027) == [date(2027, 3, 5)]


@pytest.mark.parametrize("when", ["day-31", "last-day"])
def test_a_shorter_month_uses_its_last_day_and_none_is_skipped(when: str) -> None:
    last_days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    assert days_of(reminder(when), 2028) == [
        date(2028, month, day) for month, day in enumerate(last_days, start=1)
    ]


@pytest.mark.parametrize(("when", "february"), [("day-29", 28), ("day-30", 28), ("day-28", 28)])
def test_the_end_of_february(when: str, february: int) -> None:
    assert days_of(reminder(when, 2), 2027) == [date(2027, 2, february)]


def test_a_reminder_recurs_only_in_its_months() -> None:
    assert days_of(reminder("day-15", 3, 9), 2027) == [date(2027, 3, 15), date(2027, 9, 15)]


@pytest.mark.parametrize(
    ("months", "season"),
    [
        ((), "2026-11"),
        ((11,), "2026-11"),
        ((5, 11), "2026-11"),
        ((2, 5, 8, 11), "2026-q4"),
        ((1, 6, 9, 11), "2026-q4"),
        ((1, 2, 8, 11), "2026-11"),
    ],
)
def test_a_reminders_season_is_the_month_or_the_quarter(
    months: tuple[int, ...], season: str
) -> None:
    found = occurrences(reminder("day-3", *months), date(2026, 11, 1), date(2026, 11, 30))

    assert [one.season for one in found] == [season]


def test_the_other_kinds_have_a_year_or_one_season_for_ever() -> None:
    day = date(2026, 10, 4)

    assert season_of(series(), episode("sunday-1"), day) == "2026"
    assert season_of(event("j-7"), episode("j-7"), day) == ""
    assert season_of(campaign(CampaignKind.ON_DEMAND), episode("by-hand"), day) == ""


def test_an_event_is_announced_and_thanked_for() -> None:
    found = occurrences(
        event("invitation", "j-30", "j-7", "j-1", "thanks", "by-hand"), date.min, date.max
    )

    assert [(one.episode, one.date, one.season) for one in found] == [
        ("j-30", date(2026, 9, 13), ""),
        ("invitation", date(2026, 9, 22), ""),
        ("j-7", date(2026, 10, 6), ""),
        ("j-1", date(2026, 10, 12), ""),
        ("thanks", date(2026, 10, 14), ""),
    ]


def test_thanks_wait_for_the_end_and_a_working_day() -> None:
    ends = wall(2026, 10, 16, 17)

    found = occurrences(event("thanks", ends=ends), date.min, date.max)

    assert [one.date for one in found] == [date(2026, 10, 19)]


def test_an_undated_event_and_an_on_demand_campaign_have_no_date() -> None:
    undated = campaign(CampaignKind.EVENT, episode("invitation"))
    on_demand = campaign(CampaignKind.ON_DEMAND, episode("by-hand"))

    assert occurrences(undated, date.min, date.max) == []
    assert occurrences(on_demand, date.min, date.max) == []
    assert event_start(undated) is None
    assert not is_past(undated, date(2030, 1, 1))


def test_an_event_is_past_after_its_last_day() -> None:
    ends = wall(2026, 10, 14, 12)

    assert not is_past(event(), date(2026, 10, 13))
    assert is_past(event(), date(2026, 10, 14))
    assert not is_past(event(ends=ends), date(2026, 10, 14))
    assert is_past(event(ends=ends), date(2026, 10, 15))


def test_an_event_starts_at_its_own_wall_time() -> None:
    assert event_start(event()) == datetime(2026, 10, 13, 12, 30, tzinfo=UTC)


def test_a_seasons_occurrence_is_found() -> None:
    quarterly = reminder("day-3", 2, 5, 8, 11)

    assert (
        find(series(), "sunday-2", "2026")
        == occurrences(series(), date(2026, 10, 11), date(2026, 10, 11))[0]
    )
    assert find(quarterly, "day-3", "2026-q3") in occurrences(
        quarterly, date(2026, 8, 3), date(2026, 8, 3)
    )
    assert find(event("j-7"), "j-7", "") in occurrences(event("j-7"), date.min, date.max)


@pytest.mark.parametrize("season", ["", "2026-04", "2026-13", "nouvelle", "20"])
def test_a_season_without_an_occurrence_finds_none(season: str) -> None:
    assert find(reminder("day-3", 5), "day-3", season) is None


def test_sending_by_hand_takes_this_seasons_occurrence_or_the_next() -> None:
    november = reminder("first-working-tuesday", 11)
    its_episode = november.episodes[0]

    def date_on(today: date) -> date | None:
        found = current(november, its_episode, today)
        return found.date if found else None

    assert date_on(date(2026, 10, 20)) == date(2026, 11, 3)
    assert date_on(date(2026, 11, 20)) == date(2026, 11, 3)
    assert date_on(date(2026, 12, 1)) == date(2027, 11, 2)


def test_nothing_undated_can_be_brought_forward() -> None:
    undated = campaign(CampaignKind.EVENT, episode("invitation"))

    assert current(undated, undated.episodes[0], date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        (CampaignKind.SERIES, "sunday-5"),
        (CampaignKind.SERIES, "j-7"),
        (CampaignKind.REMINDER, "day-0"),
        (CampaignKind.REMINDER, "day-32"),
        (CampaignKind.REMINDER, "first-working-mardi"),
        (CampaignKind.EVENT, "j-0"),
        (CampaignKind.EVENT, "j-100"),
        (CampaignKind.ON_DEMAND, "invitation"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_choices(kind: CampaignKind, when: str) -> None:
    fault = check_when(kind, when)

    assert fault is not None
    assert f"« {when} »" in fault
    assert "au choix : " in fault
    with pytest.raises(ValueError, match="au choix"):
        occurrences(campaign(kind, episode(when)), date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        *((CampaignKind.SERIES, when) for when in SERIES_RULES),
        (CampaignKind.REMINDER, "first-working-tuesday"),
        (CampaignKind.REMINDER, "first-sunday"),
        (CampaignKind.REMINDER, "day-31"),
        (CampaignKind.EVENT, "j-21"),
        (CampaignKind.ON_DEMAND, "by-hand"),
    ],
)
def test_the_documented_rules_are_accepted(kind: CampaignKind, when: str) -> None:
    assert check_when(kind, when) is None


def test_a_day_decided_for_a_season_that_the_rule_does_not_know_is_nobodys() -> None:
    on = {("sunday-1", "2026"): Particular(on=date(2026, 10, 6))}
    lost = {("sunday-9", "2026"): Particular(on=date(2026, 10, 7))}

    found = occurrences(
        replace(series(), particulars=on | lost), date(2026, 10, 1), date(2026, 10, 10)
    )

    assert [(one.episode, one.date.day) for one in found] == [("announcement", 2), ("sunday-1", 6)]


@pytest.mark.parametrize(
    ("when", "first"),
    [("j-1", date(2026, 10, 13)), ("thanks", None), ("by-hand", None)],
)
def test_a_message_says_when_its_event_began_if_its_rule_does(
    when: str, first: date | None
) -> None:
    assert event_day(when, date(2026, 10, 12)) == first
