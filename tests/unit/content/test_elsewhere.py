"""Whose hour an SMS shows."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from scheduler.content.composing.compose import SmsComposer
from scheduler.content.elsewhere import hour_elsewhere, is_elsewhere, with_elsewhere
from scheduler.content.sms import SmsSuffix, count
from tests.samples.content import email_content

WINTER = datetime(2027, 3, 16, 14, 30)  # noqa: DTZ001 - a wall time, as people type it
SUFFIX = SmsSuffix.of("CHESSAI", "https://sms.example.org")


def values(zone: str = "Europe/Paris", starts: datetime = WINTER) -> dict[str, str]:
    return with_elsewhere({"heure": "14h30"}, starts, zone)


@pytest.mark.parametrize(
    ("zone", "elsewhere"),
    [
        ("Europe/Paris", False),
        # Another name of the same hour.
        ("Europe/Brussels", False),
        ("Indian/Reunion", True),
        ("Pacific/Noumea", True),
        (None, True),
    ],
)
def test_only_another_hour_is_elsewhere(zone: str | None, *, elsewhere: bool) -> None:
    assert is_elsewhere(values(), zone) is elsewhere


def test_a_zone_that_agrees_in_winter_alone_is_elsewhere_in_summer() -> None:
    summer = datetime(2027, 7, 16, 14, 30)  # noqa: DTZ001 - the same

    assert not is_elsewhere(values(), "Africa/Lagos")
    assert is_elsewhere(values(starts=summer), "Africa/Lagos")


def test_a_text_without_an_hour_is_the_same_for_all() -> None:
    assert not is_elsewhere({"lieu": "en ligne"}, None)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Noumea", "America/St_Barthelemy"])
def test_the_place_costs_no_alphabet(zone: str) -> None:
    assert not count(hour_elsewhere("14h30", zone)).costly


def test_both_are_counted_with_their_suffix(tmp_path: Path) -> None:
    text = "x" * 120 + " {{ heure }}"
    content = replace(email_content(tmp_path), channel="sms", body=text, values=values())
    composer = SmsComposer(content, SUFFIX)

    here, away = (composer.fill("A7K2Q9XB", zone) for zone in ("Europe/Paris", "Indian/Reunion"))

    assert (here.segments, away.segments) == (1, 2)
    assert away.body == here.body.replace("14h30", "14h30 (Paris)")
