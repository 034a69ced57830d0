"""A clock that was put back: from how much on it is worth a word."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.processes.clock import APART, WORTH_A_WORD, found_back, set_back, words

NOW = datetime(2026, 10, 4, 8, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
NOTHING = timedelta(0)


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (NOTHING, NOTHING),
        (-timedelta(hours=1), NOTHING),
        (WORTH_A_WORD, NOTHING),
        (WORTH_A_WORD + A_MOMENT, WORTH_A_WORD + A_MOMENT),
        (timedelta(hours=2), timedelta(hours=2)),
    ],
)
def test_a_clock_that_is_trimmed_is_no_clock_that_was_put_back(
    back: timedelta, expected: timedelta
) -> None:
    passed = timedelta(seconds=2)

    assert set_back(NOW, passed, NOW + passed - back) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(NOTHING, NOTHING), (APART, NOTHING), (APART + A_MOMENT, APART + A_MOMENT)],
)
def test_two_machines_clocks_may_be_a_minute_apart(ahead: timedelta, expected: timedelta) -> None:
    assert found_back(NOW + ahead, NOW) == expected


def test_a_first_start_finds_nothing() -> None:
    assert found_back(None, NOW) == NOTHING


def test_the_alarm_says_by_how_much_in_whole_seconds_or_that_only_dates_were_found() -> None:
    assert words(timedelta(hours=2, milliseconds=400), NOW) == (
        "by 2:00:00, to 2026-10-04 08:00:00 UTC"
    )
    assert words(NOTHING, NOW) == (
        "found at 2026-10-04 08:00:00 UTC: dates further ahead than any wait"
    )
