"""How an occurrence ends: somebody was reached, or nobody was in time."""

from collections.abc import Mapping

from scheduler.domain.delivery import DeliveryState, LeftOut

#: Deliveries by state and reason.
Tally = Mapping[tuple[DeliveryState, str], int]
#: Why somebody whom it concerned got nothing: their time was over.
_TOO_LATE = frozenset({LeftOut.NO_WINDOW.value, LeftOut.NO_TEXT.value})
#: What a delivery that outlived its slot says first.
EXPIRED = "expired"


def nobody_in_time(tally: Tally, *, any_missed: bool) -> bool:
    """Nobody got anything, and time is why for at least one of them."""
    late = any_missed
    for (state, reason), rows in tally.items():
        expired = state is DeliveryState.FAILED and reason.startswith(EXPIRED)
        if rows and state is not DeliveryState.LEFT_OUT and not expired:
            return False
        late = late or bool(rows and (expired or reason in _TOO_LATE))
    return late
