"""What a change, or config.yaml, says, told in a line to somebody who compares."""

from datetime import time
from typing import Any

import pytest

from scheduler.domain.words.changes import open_hours, told


@pytest.mark.parametrize(
    ("says", "line"),
    [
        (None, ""),
        ({}, ""),
        ({"at": "11:00"}, "à 11 h"),
        ({"on": "2026-10-12"}, "lundi 12 octobre 2026"),
        ({"skip": True}, "sauté : oui"),
        ({"enabled": False}, "active : non"),
        ({"cancelled": True}, "annulé : oui"),
        (
            {
                "starts": "2026-10-13T14:30",
                "ends": "2026-10-13T16:00",
                "place": "salle B",
                "values": {"lien": "https://www.example.org"},
                # An event's own hour of sending is no hour of the event.
                "at": "10:00",
            },
            "mardi 13 octobre 2026 à 14 h 30, jusqu’à 16 h, salle B, lien : https://www.example.org",
        ),
        # A later version says it in its own way.
        ({"starts": "le 13"}, "{'starts': 'le 13'}"),
        ({"at": 11}, "{'at': 11}"),
    ],
)
def test_what_is_said(says: dict[str, Any] | None, line: str) -> None:
    assert told(says).replace("\u00a0", " ").replace("\u202f", " ") == line


def test_the_hours_of_channels() -> None:
    hours = {"email": (time(7), time(21)), "sms": (time(8), time(20, 30))}

    assert open_hours(hours).replace("\u00a0", " ") == (
        "Courriel de 7 h à 21 h, SMS de 8 h à 20 h 30"
    )
