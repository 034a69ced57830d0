"""What a sender and the ledger tell each other: what came of some, and who may leave next.

One transaction for both, so that a sender that never rests costs the ledger one sync a turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Claim, Lane, Rest
from scheduler.domain.values import frozen


@frozen
class Told:
    """Outcomes, and what they say of addresses."""

    outcomes: Sequence[Outcome] = ()
    #: By address id.
    suppressions: Sequence[tuple[int, OptOut]] = ()
    #: Where it may be the whole domain's fault: the ledger decides what it comes to.
    refusals: Sequence[Refusal] = ()


class Candidate(NamedTuple):
    """A rendered message that asks to leave."""

    delivery: DeliveryId
    #: What it takes of a pace: one, or its segments.
    tokens: int = 1
    #: In ten-thousandths of a euro.
    cost: int = 0


@frozen
class Wanted:
    """Intents that a sender asks for, of one batch that it holds."""

    claim: Claim
    lane: Lane
    candidates: Sequence[Candidate]
    #: A bucket's name -> tokens a second.
    rates: Mapping[str, float] = field(default_factory=dict)
    #: One message is to show whether the lane's rest is over.
    is_trial: bool = False
    #: They are numbers: a country may be closed.
    is_by_number: bool = False


@frozen
class Turned:
    """What the ledger answers. Durable."""

    #: Those that may leave.
    taken: frozenset[int] = frozenset()
    #: How many of the candidates, from the first on, were asked for: whom the pace lets leave.
    asked: int = 0
    #: Why nothing was asked for: the lane's breakers that aren't closed.
    rests: Sequence[Rest] = ()
    #: Countries that nothing leaves for on the channel, with the provider's words.
    closed: Mapping[str, str] = field(default_factory=dict)
