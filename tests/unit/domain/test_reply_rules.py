"""What a person may make of a reply, and how long one may wait for a person."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.answers.decisions import ReplyDecision
from scheduler.domain.answers.replies import DECISION_WORDS, KIND_WORDS, decisions_on, has_waited
from scheduler.domain.calendar.holidays import LEGAL
from scheduler.domain.hearing.kinds import ReplyKind


def test_every_decision_and_kind_has_its_words() -> None:
    assert set(DECISION_WORDS) == set(ReplyDecision)
    assert set(KIND_WORDS) == set(ReplyKind)


def test_only_what_is_closed_can_be_reopened() -> None:
    assert ReplyDecision.REOPEN in decisions_on("deceased")
    assert ReplyDecision.REOPEN not in decisions_on("doubt")
    assert ReplyDecision.OPT_OUT in decisions_on("doubt")
    assert set(decisions_on("leaves-series")) == set(ReplyDecision)


@pytest.mark.parametrize(
    ("came", "late"),
    [
        # Monday noon: two working days later.
        (datetime(2026, 10, 5, 10, tzinfo=UTC), datetime(2026, 10, 7, 10, tzinfo=UTC)),
        # Friday evening: over the week-end.
        (datetime(2026, 10, 9, 18, tzinfo=UTC), datetime(2026, 10, 13, 18, tzinfo=UTC)),
        # Saturday: it begins to wait on Monday.
        (datetime(2026, 10, 10, 10, tzinfo=UTC), datetime(2026, 10, 13, 22, tzinfo=UTC)),
        # Before All Saints' and a holiday: Tuesday 10 November, the 11th is none.
        (datetime(2026, 11, 10, 9, tzinfo=UTC), datetime(2026, 11, 13, 9, tzinfo=UTC)),
        # Clocks go back on the Sunday between.
        (datetime(2026, 10, 23, 10, tzinfo=UTC), datetime(2026, 10, 27, 11, tzinfo=UTC)),
    ],
)
def test_two_working_days_are_whole_ones(came: datetime, late: datetime) -> None:
    assert not has_waited(came, late, "Europe/Paris", LEGAL)
    assert has_waited(came, late.replace(minute=1), "Europe/Paris", LEGAL)
