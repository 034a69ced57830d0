"""When a source of people is read again, and which of its answers a person is asked about."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.people.contacts import Noted, Told
from scheduler.domain.people.file_notes import NAMED, FileNotes
from scheduler.domain.people.imports import Departures, too_many_leave
from scheduler.domain.people.sourced import (
    RETRY,
    Cause,
    Outcome,
    SourceLook,
    is_as_confirmed,
    is_less_than_half,
    is_time,
)
from tests.samples.ledger import person

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def look(
    outcome: Outcome, ago: timedelta, *, people: int | None = None, confirmed: str = ""
) -> SourceLook:
    return SourceLook(
        number=1,
        audience="staff",
        kind="folder",
        at=NOW - ago,
        outcome=outcome,
        people=people,
        cause=Cause.MANY_LEAVE if outcome is Outcome.REFUSED else "",
        confirmed_by=confirmed,
    )


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (look(Outcome.TAKEN, DAY), True),
        (look(Outcome.TAKEN, timedelta(hours=23)), False),
        # A reading that failed is tried again soon, one that was refused in its own time.
        (look(Outcome.FAILED, RETRY), True),
        (look(Outcome.FAILED, RETRY / 2), False),
        (look(Outcome.BEGUN, RETRY), True),
        (look(Outcome.REFUSED, RETRY), False),
        # What somebody confirmed is read at once.
        (look(Outcome.REFUSED, timedelta(0), people=9, confirmed="Camille"), True),
        # The clock was set back.
        (look(Outcome.TAKEN, -DAY), True),
    ],
)
def test_a_source_is_read_in_its_time(last: SourceLook | None, due: bool) -> None:
    assert is_time(last, DAY, NOW) is due


@pytest.mark.parametrize(
    ("people", "last", "holds"),
    [
        (90, look(Outcome.REFUSED, DAY, people=100, confirmed="Camille"), True),
        (89, look(Outcome.REFUSED, DAY, people=100, confirmed="Camille"), False),
        (100, look(Outcome.REFUSED, DAY, confirmed="Camille"), False),
        (100, look(Outcome.REFUSED, DAY, people=100), False),
        (100, look(Outcome.TAKEN, DAY, people=100, confirmed="Camille"), False),
        (100, None, False),
    ],
)
def test_a_confirmation_holds_unless_it_is_smaller_still(
    people: int, last: SourceLook | None, holds: bool
) -> None:
    assert is_as_confirmed(people, last) is holds


def test_a_person_confirms_once_and_only_what_may_be_right() -> None:
    assert look(Outcome.REFUSED, DAY, people=9).may_be_confirmed
    assert not look(Outcome.REFUSED, DAY, people=0).may_be_confirmed
    assert not look(Outcome.REFUSED, DAY, people=9, confirmed="Camille").may_be_confirmed
    assert not look(Outcome.FAILED, DAY, people=9).may_be_confirmed
    assert is_less_than_half(49, 100)
    assert not is_less_than_half(50, 100)
    assert not is_less_than_half(0, None)


def leaving(people: int = 100, dead: int = 0, aside: int = 0, of: int = 0, members: int = 0) -> str:
    return too_many_leave(
        Departures(people=people, dead=dead, aside=aside, aside_members=of, members=members)
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (leaving(dead=20), ""),
        (leaving(dead=21), "21 people of 100"),
        (leaving(people=1000, dead=50, members=1000), ""),
        (leaving(aside=5, of=5, members=10), ""),
        (leaving(aside=6, of=6, members=10), "6 of 10 people"),
        (leaving(aside=50), ""),
        (leaving(aside=51), "51 of the 100 people"),
        (leaving(aside=51, members=100), ""),
    ],
)
def test_a_column_of_deaths_that_is_misread_empties_no_audience(told: str, why: str) -> None:
    assert bool(told) is bool(why)
    assert why in told


def test_the_first_rows_of_each_kind_are_named_and_the_others_counted() -> None:
    notes = FileNotes()
    gone = person(2)

    notes.note(Noted(number=number, what=Told.DECEASED) for number in range(10, 10 + NAMED + 2))
    notes.note([Noted(number=2, what=Told.DECEASED, person=gone)])

    assert notes.as_counts() == {Told.DECEASED.value: NAMED + 3}
    assert notes.rows[Told.DECEASED] == list(range(10, 10 + NAMED))
    assert notes.ended == ["K2"]
    notes.keep_members({"K2"})
    assert notes.ended == []
