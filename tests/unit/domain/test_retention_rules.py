"""How old is too old: by the calendar, and to the instant."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.consent.subscriptions import message_of, request_of
from scheduler.domain.people.retention import Kept, RetentionRules, months_before

RULES = RetentionRules(
    contacts_years=3,
    leavers_days=30,
    proofs_years=5,
    deliveries_months=12,
    replies_months=6,
    rehearsal_days=31,
)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "months", "expected"),
    [
        (at(2026, 10, 4), 0, at(2026, 10, 4)),
        (at(2026, 10, 4), 9, at(2026, 1, 4)),
        (at(2026, 10, 4), 10, at(2025, 12, 4)),
        (at(2026, 1, 31), 12, at(2025, 1, 31)),
        # A shorter month ends sooner.
        (at(2026, 3, 31), 1, at(2026, 2, 28)),
        (at(2028, 3, 31), 1, at(2028, 2, 29)),
        (at(2028, 2, 29), 12, at(2027, 2, 28)),
        (at(2026, 12, 31), 1, at(2026, 11, 30)),
        (at(2026, 12, 4), 12, at(2025, 12, 4)),
    ],
)
def test_months_go_back_by_the_calendar(instant: datetime, months: int, expected: datetime) -> None:
    assert months_before(instant, months) == expected


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (Kept.CONTACTS, at(2023, 10, 4)),
        (Kept.LEAVERS, at(2026, 9, 4)),
        (Kept.PROOFS, at(2021, 10, 4)),
        (Kept.DELIVERIES, at(2025, 10, 4)),
        (Kept.LISTS, at(2025, 10, 4)),
        (Kept.TRIALS, at(2025, 10, 4)),
        (Kept.REQUESTS, at(2025, 10, 4)),
        (Kept.DRAFTS, at(2025, 10, 4)),
        (Kept.REPLIES, at(2026, 4, 4)),
        (Kept.REHEARSALS, at(2026, 9, 3)),
        (Kept.ADDRESSES, at(2026, 10, 4)),
    ],
)
def test_each_thing_has_its_own_age(kept: Kept, expected: datetime) -> None:
    assert RULES.limit(kept, at(2026, 10, 4)) == expected


def test_a_confirmation_is_counted_above_every_delivery_and_below_a_trial() -> None:
    first, last = message_of(0), message_of((1 << 61) - 1)

    assert (request_of(first), request_of(last)) == (0, (1 << 61) - 1)
    assert (request_of(first - 1), request_of(last + 1)) == (None, None)
