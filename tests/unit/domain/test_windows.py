from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.calendar.channel_hours import (
    EMAIL_HOURS,
    SMS_HOURS,
    ChannelHours,
    Window,
)
from scheduler.domain.calendar.windows import (
    Hours,
    check_wall_time,
    instant,
    is_open,
    next_opening,
    window,
)

#: ``traffic: service``, as settings make it: Sundays have Saturday's hours.
SERVICE_HOURS = replace(SMS_HOURS, sunday=SMS_HOURS.saturday, holidays=True)

HOURS = Hours()
PARIS = Place(zone="Europe/Paris", territory="FR")
REUNION = Place(zone="Indian/Reunion", territory="974")
GUADELOUPE = Place(zone="America/Guadeloupe", territory="971")
STRASBOURG = Place(zone="Europe/Paris", territory="67")
SUNDAY = date(2026, 10, 4)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Wallis", utc(2026, 10, 3, 22)),
        ("Pacific/Noumea", utc(2026, 10, 3, 23)),
        ("Indian/Reunion", utc(2026, 10, 4, 6)),
        ("Indian/Mayotte", utc(2026, 10, 4, 7)),
        ("Europe/Paris", utc(2026, 10, 4, 8)),
        ("America/Miquelon", utc(2026, 10, 4, 12)),
        ("America/Cayenne", utc(2026, 10, 4, 13)),
        ("America/Martinique", utc(2026, 10, 4, 14)),
        ("America/Guadeloupe", utc(2026, 10, 4, 14)),
        ("America/St_Barthelemy", utc(2026, 10, 4, 14)),
        ("America/Marigot", utc(2026, 10, 4, 14)),
        ("Pacific/Gambier", utc(2026, 10, 4, 19)),
        ("Pacific/Marquesas", utc(2026, 10, 4, 19, 30)),
        ("Pacific/Tahiti", utc(2026, 10, 4, 20)),
    ],
)
def test_ten_oclock_on_one_sunday_lasts_from_wallis_to_tahiti(
    zone: str, expected: datetime
) -> None:
    assert instant(SUNDAY, time(10), zone) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 26), utc(2026, 10, 26, 12)),
        (date(2026, 10, 31), utc(2026, 10, 31, 12)),
        (date(2026, 11, 1), utc(2026, 11, 1, 13)),
    ],
)
def test_miquelon_goes_back_on_the_first_sunday_of_november(day: date, expected: datetime) -> None:
    assert instant(day, time(10), "America/Miquelon") == expected


@pytest.mark.parametrize(
    "day",
    [
        (2025, 10, 26),
        (2026, 10, 25),
        (2027, 10, 31),
        (2028, 10, 29),
        (2029, 10, 28),
        (2030, 10, 27),
    ],
)
def test_an_hour_that_comes_twice_is_its_first_occurrence(day: tuple[int, int, int]) -> None:
    assert instant(date(*day), time(2, 30), "Europe/Paris") == utc(*day, 0, 30)
    assert instant(date(*day), time(2, 30, fold=1), "Europe/Paris") == utc(*day, 0, 30)
    assert instant(date(*day), time(3), "Europe/Paris") == utc(*day, 2)


@pytest.mark.parametrize("day", [(2026, 3, 29), (2027, 3, 28), (2028, 3, 26)])
def test_an_hour_that_never_comes_is_shifted_forward(day: tuple[int, int, int]) -> None:
    half_past_three_in_summer = utc(*day, 1, 30)

    assert instant(date(*day), time(2, 30), "Europe/Paris") == half_past_three_in_summer
    assert instant(date(*day), time(3, 30), "Europe/Paris") == half_past_three_in_summer


def test_the_window_of_the_day_the_clocks_go_back_is_in_winter_time() -> None:
    assert window("email", date(2026, 10, 25), PARIS, HOURS) == (
        utc(2026, 10, 25, 6),
        utc(2026, 10, 25, 20),
    )


@pytest.mark.parametrize(
    ("place", "opens", "closes"),
    [
        (PARIS, utc(2026, 10, 6, 6), utc(2026, 10, 6, 18)),
        (REUNION, utc(2026, 10, 6, 4), utc(2026, 10, 6, 16)),
        (GUADELOUPE, utc(2026, 10, 6, 12), utc(2026, 10, 7, 0)),
    ],
)
def test_sms_hours_of_a_weekday_are_local(place: Place, opens: datetime, closes: datetime) -> None:
    assert window("sms", date(2026, 10, 6), place, HOURS) == (opens, closes)


def test_sms_on_saturday_keep_to_ten_till_six() -> None:
    assert window("sms", date(2026, 10, 3), PARIS, HOURS) == (
        utc(2026, 10, 3, 8),
        utc(2026, 10, 3, 16),
    )


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (SUNDAY, PARIS),
        (date(2027, 11, 1), PARIS),
        (date(2027, 3, 26), STRASBOURG),
        (date(2027, 10, 9), Place(zone="America/St_Barthelemy", territory="BL")),
    ],
)
def test_no_sms_on_a_sunday_or_a_holiday_of_the_place(day: date, place: Place) -> None:
    assert window("sms", day, place, HOURS) is None
    assert window("email", day, place, HOURS) is not None


def test_good_friday_is_an_ordinary_day_in_paris() -> None:
    assert window("sms", date(2027, 3, 26), PARIS, HOURS) is not None


def test_service_traffic_has_sundays_and_holidays() -> None:
    hours = Hours(channels={"sms": SERVICE_HOURS})

    assert window("sms", SUNDAY, PARIS, hours) == (utc(2026, 10, 4, 8), utc(2026, 10, 4, 16))
    assert window("sms", date(2027, 11, 1), PARIS, hours) == (
        utc(2027, 11, 1, 7),
        utc(2027, 11, 1, 19),
    )


def test_a_channel_without_hours_of_its_own_is_as_strict_as_sms() -> None:
    assert window("pigeon", SUNDAY, PARIS, HOURS) is None
    assert window("pigeon", SUNDAY, PARIS, Hours(channels={"pigeon": EMAIL_HOURS})) is not None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (utc(2026, 10, 6, 5, 59), False),
        (utc(2026, 10, 6, 6), True),
        (utc(2026, 10, 6, 17, 59), True),
        (utc(2026, 10, 6, 18), False),
        (utc(2026, 10, 4, 10), False),
    ],
)
def test_a_window_includes_its_opening_and_not_its_close(now: datetime, expected: bool) -> None:
    assert is_open("sms", now, PARIS, HOURS) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (utc(2026, 10, 6, 5), utc(2026, 10, 6, 6)),
        (utc(2026, 10, 6, 9), utc(2026, 10, 6, 9)),
        (utc(2026, 10, 6, 18), utc(2026, 10, 7, 6)),
        (utc(2026, 10, 3, 16), utc(2026, 10, 5, 6)),
        (utc(2027, 10, 30, 17), utc(2027, 11, 2, 7)),
    ],
)
def test_the_next_opening_jumps_nights_sundays_and_holidays(
    now: datetime, expected: datetime
) -> None:
    assert next_opening("sms", now, PARIS, HOURS) == expected


def test_the_local_day_decides_not_the_utc_one() -> None:
    saturday_evening_in_utc = utc(2026, 10, 3, 22)

    wallis = Place(zone="Pacific/Wallis", territory="WF")

    assert next_opening("sms", saturday_evening_in_utc, wallis, HOURS) == utc(2026, 10, 4, 20)


def test_a_channel_closed_all_week_never_opens() -> None:
    hours = Hours(channels={"sms": ChannelHours(weekdays=None)})

    assert next_opening("sms", utc(2026, 10, 6), PARIS, hours) is None


def test_a_window_must_open_before_it_closes() -> None:
    with pytest.raises(ValueError, match="20h00–08h00"):
        Window(opens=time(20), closes=time(8))


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59, 59)])
def test_the_hour_of_clock_changes_is_refused(at: time) -> None:
    fault = check_wall_time(at)

    assert fault is not None
    assert "changement d'heure" in fault


@pytest.mark.parametrize("at", [time(1, 59), time(3), time(10)])
def test_other_hours_exist_every_day(at: time) -> None:
    assert check_wall_time(at) is None
