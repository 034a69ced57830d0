"""A room of the password battle: who is in it, what counts, and how little it says."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.quizzes.room import (
    LONGEST_NAME,
    MOST_NUMBERS,
    MOST_TEAMS,
    Refused,
    Room,
    Team,
    team_name,
    until,
)

NOW = datetime(2026, 10, 6, 12, tzinfo=UTC)


def room(rounds: int = 5) -> Room:
    return Room(code="abc234", rounds=rounds, ends_at=NOW + timedelta(hours=2))


def joined(one: Room, name: str) -> Team:
    team = one.join(name, f"key of {name}")
    assert isinstance(team, Team)
    return team


def test_points_count_while_their_round_is_open_and_the_last_ones_do() -> None:
    one = room()
    team = joined(one, "Urgences")

    assert not one.score(team.number, team.key, 1, 12)
    assert one.begin()
    assert one.score(team.number, team.key, 1, 12)
    assert one.score(team.number, team.key, 1, 7)
    assert not one.score(team.number, team.key, 2, 20)
    assert not one.score(team.number, "another key", 1, 20)
    assert not one.score(99, team.key, 1, 20)
    for wrong in (-1, 25):
        assert not one.score(team.number, team.key, 1, wrong)
    assert not one.begin()
    assert one.end()
    assert not one.end()
    assert not one.score(team.number, team.key, 1, 20)
    assert team.total == 7


def test_points_said_twice_are_no_news_to_the_other_telephones() -> None:
    one = room()
    team = joined(one, "Urgences")
    one.begin()
    one.score(team.number, team.key, 1, 12)
    known = one.version

    assert one.score(team.number, team.key, 1, 12)
    assert one.version == known
    assert one.score(team.number, team.key, 1, 13)
    assert one.version > known


def test_it_is_over_after_its_last_round() -> None:
    one = room(rounds=1)
    one.begin()
    assert not one.is_over
    one.end()

    assert one.is_over
    assert not one.begin()


def test_whoever_is_dropped_is_out_and_the_others_keep_their_numbers() -> None:
    one = room()
    first, second = joined(one, "Gros mot"), joined(one, "Bloc")
    one.begin()
    assert one.drop(first.number)
    assert not one.drop(first.number)

    assert not one.score(first.number, first.key, 1, 12)
    assert one.score(second.number, second.key, 1, 12)
    assert joined(one, "Gros mot").number == 3


def test_teams_of_one_name_are_told_apart_within_its_length() -> None:
    one = room()
    long = "é" * 40

    names = [joined(one, name).name for name in ("Bloc", "BLOC", "bloc", long, long)]

    assert names == ["Bloc", "BLOC 2", "bloc 3", "é" * 24, "é" * 22 + " 2"]


def test_a_room_takes_so_many_and_none_when_its_door_is_shut() -> None:
    one = room()
    assert [one.join(" \u200b ", "k"), one.join("!?", "k")] == [Refused.NAME] * 2
    for number in range(MOST_TEAMS):
        joined(one, f"équipe {number}")
    assert one.join("une de plus", "k") is Refused.FULL
    one.drop(1)
    one.take_teams(False)
    assert one.join("une de plus", "k") is Refused.CLOSED
    one.take_teams(True)
    assert joined(one, "une de plus").number == MOST_TEAMS + 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Les   Urgences\n", "Les Urgences"),
        ("\u202eecroF\u202c", "ecroF"),
        ("z\u0300\u0301\u0302\u0303algo", "zalgo"),
        ("e\u0301lan", "élan"),
        ("\u200bA\u200d", "A"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("<script>alert(1)</script>", "<script>alert(1)</script"),
        ("💥💥", ""),
    ],
)
def test_a_name_is_a_line_of_signs_that_can_be_seen(typed: str, shown: str) -> None:
    assert team_name(typed) == shown


@given(st.text(max_size=400))
def test_no_name_is_long_empty_or_of_two_lines(typed: str) -> None:
    name = team_name(typed)

    assert len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert name == name.strip()
    assert team_name(name) == name


def test_what_everybody_asks_for_is_under_a_thousand_octets_in_the_fullest_room() -> None:
    one = room(rounds=9)
    one.given = MOST_NUMBERS - MOST_TEAMS
    one.version = one.roster = 99_999
    teams = [joined(one, "é" * 24) for _ in range(MOST_TEAMS)]
    for turn in range(1, 10):
        one.begin()
        for team in teams:
            one.score(team.number, team.key, turn, 24)
        one.end()

    said = json.dumps(one.state(), separators=(",", ":"))

    assert len(said) < 1000
    assert "é" not in said
    assert "key" not in json.dumps([one.state(), one.names()])
    assert one.join("la millième", "k") is Refused.FULL


def test_hours_are_bounded() -> None:
    assert [until(NOW, hours) - NOW for hours in (-3, 2, 500)] == [
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=8),
    ]
