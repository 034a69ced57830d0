"""What of a group the pace lets leave, in the turn's own transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from scheduler.domain.intents import Candidate, Wanted
from scheduler.store.sending import buckets


def paced(connection: Connection, wanted: Wanted, now: datetime) -> Sequence[Candidate]:
    """As many of the candidates, from the first on, as may leave now; none when the first has to
    wait."""
    if not wanted.rates or not wanted.candidates:
        return wanted.candidates
    weights = [one.tokens for one in wanted.candidates]
    granted = buckets.take(connection, wanted.rates, sum(weights), weights[0], now)
    taken = 0
    for count, weight in enumerate(weights):
        if taken + weight > granted:
            # The first may be dearer than a full bucket: then there is nothing to give back.
            buckets.give_back(connection, wanted.rates, max(0, granted - taken))
            return wanted.candidates[:count]
        taken += weight
    return wanted.candidates
