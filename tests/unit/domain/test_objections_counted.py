"""How many opted out, by week and by message: people, not clicks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.ids import AddressId
from scheduler.domain.showing.objections_counted import (
    WEEKS,
    Objected,
    Occasion,
    by_message,
    by_week,
    first_week,
)

PARIS = ZoneInfo("Europe/Paris")
FIRST: Occasion = ("cybermois", "un", "2026", date(2026, 10, 4))
SECOND: Occasion = ("cybermois", "deux", "2026", date(2026, 10, 11))
#: A Wednesday.
TODAY = date(2026, 10, 14)


def objected(address: int, day: int, after: Occasion | None = None, hour: int = 8) -> Objected:
    return Objected(
        address=AddressId(address), at=datetime(2026, 10, day, hour, tzinfo=UTC), after=after
    )


def test_a_person_counts_once_a_week() -> None:
    found = by_week([objected(1, 5), objected(1, 6), objected(2, 6), objected(1, 12)], PARIS, TODAY)

    assert len(found) == WEEKS
    assert list(found.items())[:3] == [
        (date(2026, 10, 12), 1),
        (date(2026, 10, 5), 2),
        (date(2026, 9, 28), 0),
    ]


@pytest.mark.parametrize(("hour", "week"), [(21, date(2026, 10, 5)), (22, date(2026, 10, 12))])
def test_a_week_begins_where_the_organisation_is(hour: int, week: date) -> None:
    found = by_week([objected(1, 11, hour=hour)], PARIS, TODAY)

    assert [monday for monday, people in found.items() if people] == [week]


def test_the_first_week_is_whole() -> None:
    assert first_week(TODAY) == min(by_week([], PARIS, TODAY))


def test_a_person_counts_once_a_message_and_most_come_first() -> None:
    found = by_message(
        [
            objected(1, 5, FIRST),
            objected(1, 6, FIRST),
            objected(2, 12, SECOND),
            objected(3, 12, SECOND),
            objected(4, 12),
            objected(3, 13),
        ]
    )

    assert list(found.items()) == [(SECOND, 2), (FIRST, 1), (None, 1)]
