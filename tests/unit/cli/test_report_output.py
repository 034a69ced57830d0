"""How a report tells what became of what was sent, as people read it."""

import pytest

from scheduler.cli.output.counts import print_counts
from scheduler.cli.output.printing import print_table
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.report import Count
from scheduler.domain.showing.small_numbers import EXACT


def count(rows: int, arrival: Arrival) -> Count:
    return Count(
        occurrence="cybermois/un/2026-10-04",
        audience="staff",
        channel="sms",
        territory="FR",
        state=DeliveryState.SENT,
        reason="",
        rows=rows,
        segments=rows,
        cost=0,
        arrival=arrival,
    )


def test_three_that_did_not_arrive_are_not_plainly_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_counts(
        [count(30, Arrival.DELIVERED), count(3, Arrival.UNDELIVERED), count(7, Arrival.UNKNOWN)],
        EXACT,
    )

    told = " ".join(capsys.readouterr().out.split())
    assert "40 planned, 40 sent (30 delivered, 3 undelivered, 7 unknown)" in told


def test_a_rehearsal_of_which_nobody_speaks_tells_what_is_sent_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_counts([count(40, Arrival.UNKNOWN)], EXACT)

    assert "40 planned, 40 sent, 40 SMS parts" in capsys.readouterr().out


def test_a_table_shows_the_spaces_of_french_typography(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(("Name",), [("« 3\u202f040\u00a0€ »\u200b\x1b[0m",)])

    assert "« 3\u202f040\u00a0€ »··[0m" in capsys.readouterr().out
