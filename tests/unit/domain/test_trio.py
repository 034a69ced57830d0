"""What three people read, and what their form says."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.writing.trio import (
    LONGEST,
    MOST_PARAGRAPHS,
    Mark,
    NoTrio,
    ending,
    marks_of,
    paragraphs_of,
    why_none,
)

NOW = datetime(2026, 10, 1, tzinfo=UTC)
MAIL = """Fermer sa porte\r
===============\r
\r
Bonjour Camille,\r
\r
14 h 05. L’écran est\r
resté ouvert.\r
\r
1. Verrouiller sa session\r
   (Windows+L).\r
\r
------------------------------------------------------------\r
Centre hospitalier d’Essai\r
"""


def test_a_mail_is_its_paragraphs_without_its_foot() -> None:
    assert paragraphs_of(MAIL) == [
        "Fermer sa porte",
        "Bonjour Camille,",
        "14 h 05. L’écran est resté ouvert.",
        "1. Verrouiller sa session (Windows+L).",
    ]
    assert paragraphs_of("Un SMS.\n") == ["Un SMS."]
    assert paragraphs_of("\n \n") == []


def test_too_much_or_nothing_is_given_to_nobody() -> None:
    assert why_none(["Un"]) is None
    assert why_none([]) is NoTrio.UNREADABLE
    assert why_none(["x" * (LONGEST + 1)]) is NoTrio.TOO_LONG
    assert why_none(["x"] * (MOST_PARAGRAPHS + 1)) is NoTrio.TOO_LONG


def test_a_form_speaks_of_the_paragraphs_that_there_are() -> None:
    form = {
        "clear-0": "yes",
        "smile-0": "on",
        "clear-1": "no",
        "clear-2": "perhaps",
        "smile-2": "off",
        "clear-9": "yes",
        "clear-99999": "yes",
        "clear--1": "yes",
        "clear-²": "yes",
        "sheet": "x",
    }

    assert marks_of(form, 3) == [Mark(clear=True, smile=True), Mark(clear=False), Mark()]
    assert marks_of({}, 0) == []


def test_it_ends_after_one_of_the_lengths() -> None:
    assert ending(7, NOW) == NOW + timedelta(days=7)
    with pytest.raises(ValueError, match="8"):
        ending(8, NOW)
