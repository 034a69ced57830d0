"""Counting copies by week: each once, whatever becomes of the folder."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.answers.reported import Copy, Upto, count

PARIS = ZoneInfo("Europe/Paris")
#: A Wednesday.
NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
MONDAY = date(2026, 10, 12)


def copy(number: int, ago: timedelta = timedelta(hours=1)) -> Copy:
    return Copy(number=number, at=NOW - ago)


def test_a_copy_is_of_the_week_in_which_it_came_here() -> None:
    # Sunday, 23:30 in Paris; and half an hour later, Monday there.
    late = Copy(number=1, at=datetime(2026, 10, 11, 21, 30, tzinfo=UTC))
    early = Copy(number=2, at=datetime(2026, 10, 11, 22, 0, tzinfo=UTC))

    found = count([late, early], "7", Upto(), NOW, PARIS)

    assert found.weeks == {date(2026, 10, 5): 1, MONDAY: 1}
    assert found.upto == Upto(validity="7", number=2, at=early.at)


def test_what_was_counted_isnt_counted_again() -> None:
    first = count([copy(1), copy(2)], "7", Upto(), NOW, PARIS)

    assert count([copy(1), copy(2)], "7", first.upto, NOW, PARIS).weeks == {}
    # An old message that is copied today is new in the folder.
    again = count([copy(3, timedelta(days=9))], "7", first.upto, NOW, PARIS)
    assert again.weeks == {date(2026, 10, 5): 1}
    assert again.upto == Upto(validity="7", number=3, at=first.upto.at)


def test_of_a_folder_made_anew_only_what_came_later_is_new() -> None:
    first = count([copy(8), copy(9)], "7", Upto(), NOW, PARIS)

    later = [copy(1), copy(2, -timedelta(minutes=5))]
    found = count(later, "8", first.upto, NOW, PARIS)

    assert found.weeks == {MONDAY: 1}
    assert (found.upto.validity, found.upto.number) == ("8", 2)
    assert count(later, "8", found.upto, NOW, PARIS).weeks == {}


def test_a_date_far_ahead_is_todays() -> None:
    found = count([copy(1, -timedelta(days=4000))], "7", Upto(), NOW, PARIS)

    assert found.weeks == {MONDAY: 1}
    assert found.upto.at == NOW


def test_an_empty_folder_counts_nothing() -> None:
    assert count([], "7", Upto(), NOW, PARIS).weeks == {}
