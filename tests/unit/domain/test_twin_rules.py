"""Where a message may lead from a wall, and when a post is advised."""

from datetime import date

import pytest

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.holidays import LEGAL
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.showing.published import Showing
from scheduler.domain.twins import (
    Posting,
    Twin,
    gives_address,
    open_word,
    post_days,
    post_is_due,
    tells_staff,
    words_of,
)

ADVICE, SERVICE = MessageClass.AWARENESS, MessageClass.SERVICE


@pytest.mark.parametrize(
    ("kind", "web", "message_class", "people", "allowed", "given"),
    [
        (Twin.POSTER, OnWeb.UNSAID, ADVICE, People.PATIENTS, False, True),
        (Twin.SCREEN, OnWeb.LISTED, ADVICE, People.STAFF, False, True),
        # What staff got is for staff: on their own wall, never on a network.
        (Twin.POSTER, OnWeb.UNSAID, ADVICE, People.STAFF, False, True),
        (Twin.SCREEN, OnWeb.UNSAID, ADVICE, People.STAFF, False, False),
        (Twin.POST, OnWeb.UNSAID, ADVICE, People.STAFF, False, False),
        (Twin.POSTER, OnWeb.UNSAID, SERVICE, People.STAFF, False, False),
        (Twin.POSTER, OnWeb.UNSAID, SERVICE, People.PATIENTS, False, False),
        (Twin.POSTER, OnWeb.UNLISTED, ADVICE, People.PATIENTS, False, False),
        (Twin.POSTER, OnWeb.UNLISTED, ADVICE, People.PATIENTS, True, True),
        # There is no page: nobody can allow it.
        (Twin.POSTER, OnWeb.NONE, ADVICE, People.PATIENTS, True, False),
        (Twin.POSTER, OnWeb.NONE, ADVICE, People.STAFF, False, False),
    ],
)
def test_a_twin_leads_where_its_message_says(
    kind: Twin,
    web: OnWeb,
    message_class: MessageClass,
    people: People,
    allowed: bool,
    given: bool,
) -> None:
    assert gives_address(kind, web, message_class, people, allowed=allowed) is given


@pytest.mark.parametrize("kind", list(Twin))
def test_the_staffs_line_is_on_their_own_twins_alone(kind: Twin) -> None:
    assert not tells_staff(kind, People.PATIENTS)
    assert not tells_staff(kind, People.UNSAID)
    assert tells_staff(kind, People.STAFF) is (kind not in (Twin.SCREEN, Twin.POST))


@pytest.mark.parametrize(
    ("sent_on", "advised"),
    [
        (date(2027, 10, 3), date(2027, 10, 5)),  # a Sunday
        (date(2027, 2, 2), date(2027, 2, 3)),  # a Tuesday
        (date(2027, 1, 7), date(2027, 1, 12)),  # a Thursday
        (date(2026, 11, 10), date(2026, 11, 12)),  # before 11 November
    ],
)
def test_a_post_comes_after_its_message_on_a_working_day_in_the_middle_of_a_week(
    sent_on: date, advised: date
) -> None:
    one = Posting(message="a", sent_on=sent_on)

    assert post_days([one], LEGAL) == {one: advised}


@pytest.mark.parametrize(
    ("sent_on", "advised"),
    [
        (date(2026, 10, 2), date(2026, 10, 1)),  # a Friday
        (date(2027, 2, 2), date(2027, 2, 2)),  # a Tuesday
        (date(2026, 11, 11), date(2026, 11, 10)),  # 11 November
    ],
)
def test_what_announces_is_posted_before_what_it_announces(sent_on: date, advised: date) -> None:
    one = Posting(message="a", sent_on=sent_on, announces=True)

    assert post_days([one], LEGAL) == {one: advised}


def test_no_two_posts_have_one_day() -> None:
    sundays = [Posting(message=name, sent_on=date(2026, 10, 4)) for name in "abc"]
    fridays = [
        Posting(message=name, sent_on=date(2026, 10, 2), announces=True) for name in ("d", "e")
    ]

    days = post_days([*sundays, *fridays, *sundays], LEGAL)

    assert sorted(days.values()) == [
        date(2026, 9, 30),
        date(2026, 10, 1),
        date(2026, 10, 6),
        date(2026, 10, 7),
        date(2026, 10, 8),
    ]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 10, 4), False),
        (date(2027, 10, 5), True),
        (date(2027, 10, 7), True),
        (date(2027, 10, 8), False),
    ],
)
def test_a_person_is_reminded_of_a_post_for_three_days(today: date, due: bool) -> None:
    assert post_is_due(date(2027, 10, 5), today) is due


class Keyed:
    def twin(self, message: str, audience: str, variant: str) -> list[str]:
        return [f"{message[:1]}{audience[:1]}{variant}2345"]


def test_only_what_is_for_everybody_has_a_word_that_can_be_guessed() -> None:
    text = ("cybermois/annonce", "staff", "fr")
    guessed = open_word("https://cyber.example.org", *text)

    assert words_of("https://cyber.example.org", Keyed(), text, Showing.TEXT)[0] == guessed
    assert guessed not in words_of("https://cyber.example.org", Keyed(), text, Showing.SUBJECT)
