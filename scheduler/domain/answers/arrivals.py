"""What was learnt of a message after it was handed over: it arrived, it didn't, nobody said."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

#: A count, or what stands in its place.
N = TypeVar("N")


class Arrival(StrEnum):
    """Of a delivery that is ``sent``; the three add up to those."""

    #: The far end said so, or its reader answered for it.
    DELIVERED = "delivered"
    #: It came back, or the provider gave it up.
    UNDELIVERED = "undelivered"
    #: Nothing final was said. An e-mail that arrives mostly ends so.
    UNKNOWN = "unknown"


#: In French, of one and of several; a test finds it complete.
WORDS: Mapping[Arrival, tuple[str, str]] = {
    Arrival.DELIVERED: ("arrivé", "arrivés"),
    Arrival.UNDELIVERED: ("non arrivé", "non arrivés"),
    Arrival.UNKNOWN: ("sans nouvelle", "sans nouvelle"),
}


def told(counts: Mapping[Arrival, N]) -> list[tuple[Arrival, N]]:
    """Those to be shown beside what was sent: none where nothing was ever said."""
    if not counts.get(Arrival.DELIVERED) and not counts.get(Arrival.UNDELIVERED):
        return []
    return [(one, counts[one]) for one in Arrival if counts.get(one)]
