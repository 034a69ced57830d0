"""What a process has done since its start, counted and timed, for monitoring: by words of our own,
never a person. How it is shown is the reader's affair."""

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from enum import StrEnum

from scheduler.domain.showing.small_numbers import is_step
from scheduler.domain.showing.traced import Traces, Work
from scheduler.domain.values import frozen


class Tally(StrEnum):
    """What is counted."""

    #: By channel and what became of the try: sent, failed, uncertain, again.
    SENDS = "sends"
    #: What people refused, by route.
    OPT_OUTS = "opt-outs"
    #: Reports that were proven ours, by kind and reason.
    BOUNCES = "bounces"


class Span(StrEnum):
    """What is timed."""

    #: From a line's taking a message to its answer, by channel.
    HAND_OVER = "hand-over"
    #: A transaction, by what it does: read or write.
    LEDGER = "ledger"


#: Upper ends in seconds; beyond the last there is one more.
BOUNDS: Mapping[Span, tuple[float, ...]] = {
    Span.HAND_OVER: (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 600.0),
    Span.LEDGER: (0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
}


@frozen
class Times:
    """How many were at or under each bound, and all of them last; and the seconds of all."""

    at_most: tuple[int, ...]
    seconds: float
    #: What those took that a small figure tells of: at its latest step.
    told_seconds: float


class Counted:
    """Of one process; any thread may add."""

    def __init__(self) -> None:
        #: What is told span by span; None where nobody asked for it, which then costs nothing.
        self.traces: Traces | None = None
        self._lock = threading.Lock()
        self._counts: dict[Tally, Counter[tuple[str, ...]]] = {one: Counter() for one in Tally}
        self._fallen: dict[tuple[Span, str], list[int]] = {}
        self._seconds: defaultdict[tuple[Span, str], float] = defaultdict(float)
        self._told: defaultdict[tuple[Span, str], float] = defaultdict(float)

    def add(self, tally: Tally, *words: str) -> None:
        with self._lock:
            self._counts[tally][words] += 1

    def took(self, span: Span, word: str, seconds: float) -> None:
        with self._lock:
            self._took(span, word, seconds)

    def tried(self, channel: str, came_of_it: str, seconds: float | None) -> None:
        """A message's try, and how long its answer took, if a line had taken it."""
        with self._lock:
            self._counts[Tally.SENDS][channel, came_of_it] += 1
            if seconds is not None:
                self._took(Span.HAND_OVER, channel, seconds)

    def _took(self, span: Span, word: str, seconds: float) -> None:
        one = (span, word)
        fallen = self._fallen.get(one)
        if fallen is None:
            fallen = self._fallen[one] = [0] * (len(BOUNDS[span]) + 1)
        fallen[bisect_left(BOUNDS[span], seconds)] += 1
        self._seconds[one] += seconds
        if is_step(sum(fallen)):
            self._told[one] = self._seconds[one]

    def trace(self, work: Work, seconds: float, *, name: str = "", word: str = "") -> None:
        """Where spans are told: one of them, maybe."""
        if self.traces is not None:
            self.traces.took(work, seconds, name=name, word=word)

    def counts(self, tally: Tally) -> Mapping[tuple[str, ...], int]:
        with self._lock:
            return dict(sorted(self._counts[tally].items()))

    def times(self, span: Span) -> Mapping[str, Times]:
        with self._lock:
            return {
                word: Times(
                    at_most=_summed(fallen),
                    seconds=self._seconds[one, word],
                    told_seconds=self._told[one, word],
                )
                for (one, word), fallen in sorted(self._fallen.items())
                if one is span
            }


def _summed(fallen: list[int]) -> tuple[int, ...]:
    total, sums = 0, []
    for count in fallen:
        total += count
        sums.append(total)
    return tuple(sums)
