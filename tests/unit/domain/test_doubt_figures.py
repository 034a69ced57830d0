"""The shares shown to whoever decides are those that the proof's table has."""

import re
from pathlib import Path

import pytest

from scheduler.domain.answers.doubt_figures import COUNTED_ON, FOUND, by_cause
from scheduler.domain.answers.uncertain import (
    INTERRUPTED,
    OWNER_SILENT,
    STOPPED,
    WITHOUT_JOURNAL,
    Cause,
)

PAGE = Path(__file__).parents[3] / "docs" / "reliability.md"


def test_the_page_and_the_program_show_the_same_figures() -> None:
    text = PAGE.read_text(encoding="utf-8")
    block = text.partition("<!-- proof, doubts: begin")[2].partition("<!-- proof, doubts: end")[0]
    rows = re.findall(r"^\| ([\w-]+) \| (\d+) \| (\d+) \|$", block, re.MULTILINE)

    assert {Cause(cause): (int(of), int(arrived)) for cause, of, arrived in rows} == {
        cause: (one.of, one.arrived) for cause, one in FOUND.items()
    }
    assert COUNTED_ON in block


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (INTERRUPTED, Cause.KILLED),
        (WITHOUT_JOURNAL, Cause.POWER_CUT),
        (OWNER_SILENT, Cause.TAKEN_OVER),
        (STOPPED, Cause.STOPPED),
        ("lost after the final dot: the relay closed the connection", Cause.LOST),
        ("timeout no answer in time after the request", Cause.LOST),
        ("http 502", Cause.OTHER),
        ("", Cause.OTHER),
    ],
)
def test_a_rows_reason_tells_its_cause(reason: str, cause: Cause) -> None:
    ((found, count, _),) = by_cause([reason])

    assert (found, count) == (cause, 1)
