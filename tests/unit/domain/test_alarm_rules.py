"""From when on something needs a person: at the very figure and instant that decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.alarms.raising import (
    MAIL_EVERY,
    SILENT_FOR,
    SPOKEN_OF,
    Facts,
    Returned,
    Thresholds,
    following,
    of_another_day,
    to_mail,
)
from scheduler.domain.calendar.windows import Hours
from scheduler.domain.showing.report import AlarmRow

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
THRESHOLDS = Thresholds(
    backlog=timedelta(minutes=15),
    disk_free=500,
    certificate=timedelta(days=14),
    bounce_rate=Decimal(5),
    complaint_rate=Decimal("0.1"),
    rate_messages=100,
)
NOTHING = Facts(uncertain={}, overdue=(), free={}, certificates={}, returned={})


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        (NOTHING, []),
        (replace(NOTHING, uncertain={"email": 0}), []),
        (replace(NOTHING, uncertain={"email": 1}), [AlarmKind.DELIVERIES_UNCERTAIN]),
        (replace(NOTHING, free={"ledger": 500}), []),
        (replace(NOTHING, free={"ledger": 499}), [AlarmKind.DISK_LOW]),
        (replace(NOTHING, certificates={"email": NOW + THRESHOLDS.certificate}), []),
        (
            replace(NOTHING, certificates={"email": NOW + THRESHOLDS.certificate - A_MOMENT}),
            [AlarmKind.CERTIFICATE_EXPIRES],
        ),
        (replace(NOTHING, silent={"host": NOW - SILENT_FOR}), []),
        (
            replace(NOTHING, silent={"host": NOW - SILENT_FOR - A_MOMENT}),
            [AlarmKind.REPLICA_SILENT],
        ),
        (replace(NOTHING, silent={"host": NOW - SPOKEN_OF}), []),
    ],
)
def test_what_a_look_found_calls_for(facts: Facts, kinds: list[AlarmKind]) -> None:
    assert [one.kind for one in following(facts, THRESHOLDS, Hours(), NOW)] == kinds


@pytest.mark.parametrize(
    ("returned", "kinds"),
    [
        # Of too few, a share says nothing.
        (Returned(sent=99, hard=99, complaints=99), []),
        (Returned(sent=100, hard=5, complaints=0), []),
        (Returned(sent=100, hard=6, complaints=0), [AlarmKind.BOUNCE_RATE]),
        (Returned(sent=1000, hard=0, complaints=1), []),
        (Returned(sent=1000, hard=0, complaints=2), [AlarmKind.COMPLAINT_RATE]),
    ],
)
def test_a_share_of_enough_messages_calls_a_person_above_its_bound(
    returned: Returned, kinds: list[AlarmKind]
) -> None:
    facts = replace(NOTHING, returned={"email": returned})

    assert [one.kind for one in following(facts, THRESHOLDS, Hours(), NOW)] == kinds


def alarm(kind: AlarmKind, raised_at: datetime = NOW, subject: str = "sms") -> AlarmRow:
    return AlarmRow(kind=kind, subject=subject, detail="", raised_at=raised_at)


@pytest.mark.parametrize(
    ("mailed", "told"),
    [
        ({}, True),
        ({"backlog": NOW - MAIL_EVERY}, True),
        ({"backlog": NOW - MAIL_EVERY + A_MOMENT}, False),
        # Nothing was raised since the last mail.
        ({"backlog": NOW}, False),
        # Mailed in the time to come, by a clock that was put back since.
        ({"backlog": NOW + timedelta(days=1)}, True),
    ],
)
def test_a_kind_is_mailed_once_an_hour_and_for_something_new(
    mailed: Mapping[str, datetime], told: bool
) -> None:
    found = to_mail([alarm(AlarmKind.BACKLOG)], mailed, NOW)

    assert list(found) == (["backlog"] if told else [])


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (alarm(AlarmKind.STOPPED_BY_HAND), False),
        (alarm(AlarmKind.CHANNEL_STOPPED, subject="email"), False),
        (alarm(AlarmKind.CHANNEL_STOPPED, subject="sms"), True),
    ],
)
def test_nothing_is_mailed_while_e_mail_itself_has_stopped(beside: AlarmRow, told: bool) -> None:
    assert bool(to_mail([alarm(AlarmKind.BACKLOG), beside], {}, NOW)) is told


def test_what_was_of_a_day_is_over_with_that_local_day() -> None:
    # 22:00 UTC is midnight in Paris, in summer.
    late = datetime(2026, 10, 4, 21, 59, tzinfo=UTC)
    midnight = datetime(2026, 10, 4, 22, tzinfo=UTC)
    standing = [
        alarm(AlarmKind.SPEND_CAP, late),
        alarm(AlarmKind.SPEND_CAP, midnight, subject="email"),
        alarm(AlarmKind.BACKLOG, late),
    ]

    assert of_another_day(standing, NOW, "Europe/Paris") == [standing[0]]
