"""What of a process's work is told span by span, where somebody asked for it: its name, when it
ended and how long it took, never of whom.

A span says at what moment something was. So the ledger's transactions are told by their names where
they are the daemon's own work on the calendar and the queue, and where the small figures let a name
be counted; what one person may have set off (an opt-out, a page, an import) is « ledger » like any
other. Of the transactions a share is told, never all: who counts the spans learns no more than from
the figures.
"""

from collections import deque
from collections.abc import Callable, Mapping
from enum import StrEnum

from scheduler.domain.showing.small_numbers import Figures, Veil
from scheduler.domain.values import frozen

#: Spans that wait for the receiver; beyond them the oldest are dropped.
MOST = 2048
#: Of transactions, at most: with more of them their number could be worked out.
LARGEST_SHARE = 0.1
#: Seconds: a turn that took longer is always told.
LONG = 1.0
#: Homes of the statements that the daemon runs by itself, for many at once. What isn't here is not
#: told by name: a new home is silent until somebody has looked at it.
OWN_WORK = frozenset(
    {
        *("batching", "breakers", "claiming", "contents", "due_rows", "gauges", "held_texts"),
        *(
            "leases",
            "ledger",
            "occurrences",
            "passes",
            "queue",
            "replanning",
            "replica_ledger",
            "replicas",
        ),
        *("send_ledger", "settling", "stragglers"),
    }
)


class Work(StrEnum):
    """What took its time; also what it is called where its name isn't told."""

    #: A look at the calendar.
    LOOK = "look"
    #: A turn of a sender: outcomes told, the next intents taken.
    TURN = "turn"
    #: A transaction on the ledger.
    LEDGER = "ledger"


@frozen
class Traced:
    """``name``: of a transaction, as the figures call it; ``word``: its kind, or a turn's
    channel."""

    work: Work
    name: str = ""
    word: str = ""
    #: Nanoseconds since 1970.
    ended: int
    seconds: float

    @property
    def began(self) -> int:
        return self.ended - round(self.seconds * 1e9)


class Traces:
    """Of one process; any thread may add, and nobody waits."""

    def __init__(self, share: float, chance: Callable[[], float], clock: Callable[[], int]) -> None:
        """``share`` of what takes no longer than a second, and of all transactions; ``chance``
        gives a figure from 0 up to 1; ``clock`` nanoseconds since 1970."""
        self._share = min(share, LARGEST_SHARE)
        self._chance = chance
        self._clock = clock
        self._kept: deque[Traced] = deque(maxlen=MOST)

    def took(self, work: Work, seconds: float, *, name: str = "", word: str = "") -> None:
        is_long = work is not Work.LEDGER and seconds > LONG
        if is_long or self._chance() < self._share:
            self._kept.append(
                Traced(work=work, name=name, word=word, ended=self._clock(), seconds=seconds)
            )

    def take(self) -> list[Traced]:
        """All that wait, the oldest first: they wait no more."""
        taken = []
        while self._kept:
            taken.append(self._kept.popleft())
        return taken


def told_name(one: Traced, times: Mapping[str, int], figures: Figures) -> str:
    """``times``: how many transactions there were, by name."""
    if one.work is not Work.LEDGER:
        return one.work.value
    is_own = one.name.partition(".")[0] in OWN_WORK
    # This one at least there was.
    is_few = isinstance(figures.of(max(1, times.get(one.name, 0))), Veil)
    return one.name if figures.exact or (is_own and not is_few) else one.work.value
