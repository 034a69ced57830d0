"""What became of one delivery that was put in hand, as the next turn tells the ledger."""

from datetime import datetime
from typing import NamedTuple

from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import Outcome
from scheduler.domain.errors import HandOverError
from scheduler.domain.sending import Due
from scheduler.flow import outcome


class Done(NamedTuple):
    """Each told once."""

    outcome: Outcome
    #: The address it tells something of, and what.
    suppression: tuple[int, OptOut] | None = None
    #: The same where it may be its domain that is at fault.
    refusal: Refusal | None = None
    error: HandOverError | None = None
    #: Of which it was.
    campaign: str = ""
    #: Nothing of it was told anybody, and it waits again: its turn didn't come, or it was asked
    #: again and may not leave.
    withheld: bool = False


def withheld(due: Due, now: datetime) -> Done:
    back = outcome.given_back(due, now, reason="not begun", untried=True)
    return Done(outcome=back, withheld=True)
