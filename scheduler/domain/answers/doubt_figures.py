"""What became of messages in doubt, by what left them so: counted by the proof, where the other
side keeps a list of its own. For a person who has to decide; a sample, and no promise.

`make proof` prints this table; docs/reliability.md shows it, and a test compares the two.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.domain.answers.uncertain import Cause
from scheduler.domain.values import frozen


@frozen
class Found:
    """Of so many in doubt, so many had arrived."""

    of: int
    arrived: int

    @property
    def percent(self) -> int:
        return round(100 * self.arrived / self.of)


#: When the proof counted them.
COUNTED_ON = "2026-11-29"
FOUND: Mapping[Cause, Found] = {
    Cause.KILLED: Found(of=40, arrived=25),
    Cause.POWER_CUT: Found(of=24, arrived=0),
    Cause.LOST: Found(of=3, arrived=0),
}


def by_cause(reasons: Iterable[str]) -> list[tuple[Cause, int, Found | None]]:
    """How many of these rows' reasons stand for each cause, and what the proof found of its kind;
    None: it had none."""
    counts = Counter(map(Cause.of, reasons))
    return [(cause, counts[cause], FOUND.get(cause)) for cause in Cause if counts[cause]]
