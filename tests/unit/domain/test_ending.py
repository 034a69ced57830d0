"""How an occurrence ends: somebody was reached, or nobody was in time."""

import pytest

from scheduler.domain.calendar.ending import EXPIRED, Tally, nobody_in_time
from scheduler.domain.delivery import DeliveryState, LeftOut

OUT = DeliveryState.LEFT_OUT
FAILED = DeliveryState.FAILED
NO_WINDOW, NO_TEXT = LeftOut.NO_WINDOW.value, LeftOut.NO_TEXT.value


@pytest.mark.parametrize(
    ("tally", "any_missed", "expected"),
    [
        ({}, False, False),
        ({}, True, True),
        ({(OUT, NO_WINDOW): 1}, False, True),
        ({(OUT, NO_TEXT): 1}, False, True),
        # Nobody was to get anything: no time was lost.
        ({(OUT, LeftOut.NO_CONSENT.value): 5}, False, False),
        ({(OUT, NO_WINDOW): 0}, False, False),
        ({(FAILED, f"{EXPIRED}, 450 4.2.1"): 1}, False, True),
        ({(FAILED, "550 5.1.1"): 1}, False, False),
        ({(FAILED, "550 5.1.1"): 1, (OUT, NO_WINDOW): 9}, True, False),
        ({(DeliveryState.SENT, ""): 1, (OUT, NO_WINDOW): 9}, True, False),
        ({(DeliveryState.SENT, ""): 0, (OUT, NO_WINDOW): 9}, False, True),
        ({(DeliveryState.UNCERTAIN, ""): 1, (OUT, NO_WINDOW): 9}, True, False),
    ],
)
def test_it_is_missed_when_time_is_why_and_nobody_got_anything(
    tally: Tally, any_missed: bool, expected: bool
) -> None:
    assert nobody_in_time(tally, any_missed=any_missed) is expected
